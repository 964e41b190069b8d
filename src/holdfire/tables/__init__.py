"""The tables between the stages: columns, units and allowed values."""
