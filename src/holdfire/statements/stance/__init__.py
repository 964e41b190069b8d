"""What a statement says of the ceasefire: stance, conditions, time, place and occasion."""

from holdfire.statements.stance.judging import stances
from holdfire.statements.stance.naming import Ceasefire, about, main_ceasefire

__all__ = ["Ceasefire", "about", "main_ceasefire", "stances"]
