"""Who may do what in Clio Manage and Clio Grow, as data: rules are files, answers come from tables, and every answer says which rule
gave it, where that rule stands, and which section of the source document it comes from.

>>> from clio_rules import Firm, Rulebook
>>> firm = Firm.example(Rulebook.builtin())
>>> firm.can("wren", "create_bill").reason
'needs billing'
"""

from ._engine import (
    Decision,
    Decisions,
    Firm,
    Matrix,
    Review,
    Rulebook,
    Session,
    Verdict,
    __version__,
)
from ._error import ClioRulesError
from . import errors
from .errors import *

__all__ = [
    "ClioRulesError",
    "Decision",
    "Decisions",
    "Firm",
    "Matrix",
    "Review",
    "Rulebook",
    "Session",
    "Verdict",
    "__version__",
    "errors",
]
__all__ += errors.__all__
