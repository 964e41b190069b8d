"""Who speaks: names, roles, parties, and the chain of sources."""

from holdfire.statements.people.case_roles import case_roles
from holdfire.statements.people.chains import chains
from holdfire.statements.people.resolve import resolve
from holdfire.statements.people.words import Words

__all__ = ["Words", "case_roles", "chains", "resolve"]
