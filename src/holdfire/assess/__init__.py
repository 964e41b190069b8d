"""Holding incidents against clauses: three-valued answers with their reasons."""

from holdfire.assess.clause import Compiled, CompiledClause, compile_agreement
from holdfire.assess.findings import assess, explain
from holdfire.assess.zone import Geography

__all__ = ["Compiled", "CompiledClause", "Geography", "assess", "compile_agreement", "explain"]
