"""What a statement says of the ceasefire: stance, conditions, time, place and occasion."""
