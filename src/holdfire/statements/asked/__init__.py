"""The extractor that asks a language model and believes only what it can show in the text."""

from holdfire.statements.asked.asking import Command, Endpoint
from holdfire.statements.asked.extractor import Asked

__all__ = ["Asked", "Command", "Endpoint"]
