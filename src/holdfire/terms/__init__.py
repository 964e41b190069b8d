"""The words of an agreement, as terms a program can test."""
