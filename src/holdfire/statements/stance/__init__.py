"""What a statement says of the ceasefire: stance, conditions, time, place and occasion."""

from holdfire.statements.stance.judging import stances
from holdfire.statements.stance.naming import Ceasefire, about, main_ceasefire
from holdfire.statements.stance.occasions import circumstances
from holdfire.statements.stance.position import Position, Said, positions

__all__ = [
    "Ceasefire",
    "Position",
    "Said",
    "about",
    "circumstances",
    "main_ceasefire",
    "positions",
    "stances",
]
