"""The only place that chooses the type of exact numbers. No float ever reaches a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Fraction"]

if TYPE_CHECKING:
    from fractions import Fraction
else:
    try:
        # The same arithmetic, compiled: half of the time of a large run went into fractions' type checks.
        from quicktions import Fraction
    except ImportError:  # pragma: no cover - a platform without the compiled package
        from fractions import Fraction
