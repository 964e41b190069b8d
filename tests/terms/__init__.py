"""Tests of the agreement language."""
