"""What a new case starts with."""
