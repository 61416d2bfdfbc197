"""What the figures of a plan say together: implied values, contradictions told in full, and what would repair them."""

from planlint.network.build import Relations
from planlint.network.conflicts import Argument, Conflict, Implied, implied_figures, network_of, study
from planlint.network.corrections import Correction, Repair
from planlint.network.slips import Slip
from planlint.network.variables import Constraint, Network, Observation, Printing, Variable

__all__ = [
    "Argument",
    "Conflict",
    "Constraint",
    "Correction",
    "Implied",
    "Network",
    "Observation",
    "Printing",
    "Relations",
    "Repair",
    "Slip",
    "Variable",
    "implied_figures",
    "network_of",
    "study",
]
