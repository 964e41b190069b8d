"""From texts to a draft agreement and to reports, each field with its passage."""
