"""The rules: cues and a small grammar over tokens that find attributions."""

from holdfire.statements.grammar.rules import Rules

__all__ = ["Rules"]
