"""From reports to incidents."""
