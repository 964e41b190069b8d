"""How long a run takes, stage by stage, and what a user would take instead."""
