"""Tests of the formats and of the loop that reads them."""
