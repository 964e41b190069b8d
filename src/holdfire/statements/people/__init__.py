"""Who speaks: names, roles, parties, and the chain of sources."""

from holdfire.statements.people.chains import chains
from holdfire.statements.people.resolve import resolve
from holdfire.statements.people.words import Words, case_roles

__all__ = ["Words", "case_roles", "chains", "resolve"]
