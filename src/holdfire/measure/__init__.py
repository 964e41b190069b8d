"""Counting, as intervals from what is certain to what is possible."""
