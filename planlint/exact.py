"""The only place that chooses the type of exact numbers. No float ever reaches a verdict.

The standard library's Fraction, with its arithmetic written out for the case that is nearly all there is here: a
fraction with a fraction or a whole number. Whatever else meets it is the library's business, and every result is the
library's to the digit. (A compiled drop-in was faster still and was dropped: after str() of a zero it had turned the
NUL character of the interpreter itself into a "0".)
"""

from __future__ import annotations

import fractions
import sys
from math import gcd
from typing import TYPE_CHECKING

__all__ = ["Fraction", "ratio"]

if TYPE_CHECKING:
    from fractions import Fraction

    def ratio(above: int, below: int) -> Fraction:
        """Return a fraction of two whole numbers, the lower one positive, in lowest terms."""
        ...

else:
    _Library = fractions.Fraction
    _new = object.__new__
    _MODULUS = sys.hash_info.modulus
    _MOST_INVERSES = 4096
    _inverses = {}
    """The inverses of small divisors, which the library works out anew for each hash."""

    def ratio(above, below):
        """Return a fraction of two whole numbers, the lower one positive, in lowest terms."""
        if below != 1:
            common = gcd(above, below)
            if common != 1:
                above //= common
                below //= common
        number = _new(Fraction)
        number._numerator = above
        number._denominator = below
        return number

    class Fraction(_Library):
        """An exact rational number."""

        __slots__ = ()
        # The library wraps them in properties; the slots themselves are read without a call.
        numerator = _Library._numerator
        denominator = _Library._denominator

        def __new__(cls, numerator=0, denominator=None):
            """Return a number as fractions.Fraction makes it."""
            if denominator is None:
                if type(numerator) is int:
                    number = _new(cls)
                    number._numerator = numerator
                    number._denominator = 1
                    return number
                if type(numerator) is Fraction:
                    return numerator
            elif type(numerator) is int and type(denominator) is int and denominator > 0:
                return ratio(numerator, denominator)
            return _Library.__new__(cls, numerator, denominator)

        def __add__(a, b):
            if type(b) is Fraction:
                below = a._denominator
                if below == b._denominator:
                    return ratio(a._numerator + b._numerator, below)
                return ratio(a._numerator * b._denominator + b._numerator * below, below * b._denominator)
            if type(b) is int:
                return ratio(a._numerator + b * a._denominator, a._denominator)
            return _Library.__add__(a, b)

        def __sub__(a, b):
            if type(b) is Fraction:
                below = a._denominator
                if below == b._denominator:
                    return ratio(a._numerator - b._numerator, below)
                return ratio(a._numerator * b._denominator - b._numerator * below, below * b._denominator)
            if type(b) is int:
                return ratio(a._numerator - b * a._denominator, a._denominator)
            return _Library.__sub__(a, b)

        def __mul__(a, b):
            if type(b) is Fraction:
                return ratio(a._numerator * b._numerator, a._denominator * b._denominator)
            if type(b) is int:
                return ratio(a._numerator * b, a._denominator)
            return _Library.__mul__(a, b)

        def __truediv__(a, b):
            if type(b) is Fraction:
                above, below = a._numerator * b._denominator, a._denominator * b._numerator
            elif type(b) is int:
                above, below = a._numerator, a._denominator * b
            else:
                return _Library.__truediv__(a, b)
            if below > 0:
                return ratio(above, below)
            if below < 0:
                return ratio(-above, -below)
            raise ZeroDivisionError(f"{a} / 0")

        def __radd__(a, b):
            return a + b if type(b) is int else _Library.__radd__(a, b)

        def __rsub__(a, b):
            return Fraction(b) - a if type(b) is int else _Library.__rsub__(a, b)

        def __rmul__(a, b):
            return a * b if type(b) is int else _Library.__rmul__(a, b)

        def __rtruediv__(a, b):
            return Fraction(b) / a if type(b) is int else _Library.__rtruediv__(a, b)

        def __neg__(a):
            return ratio(-a._numerator, a._denominator)

        def __abs__(a):
            return a if a._numerator >= 0 else ratio(-a._numerator, a._denominator)

        def __eq__(a, b):
            if type(b) is int:
                return a._numerator == b and a._denominator == 1
            if type(b) is Fraction:
                return a._numerator == b._numerator and a._denominator == b._denominator
            return _Library.__eq__(a, b)

        def __hash__(a):
            below = a._denominator
            if below == 1:
                return hash(a._numerator)
            inverse = _inverses.get(below)
            if inverse is None:
                if below > _MOST_INVERSES:
                    return _Library.__hash__(a)
                inverse = _inverses[below] = pow(below, -1, _MODULUS)
            return hash(a._numerator * inverse)

        def __lt__(a, b):
            if type(b) is Fraction:
                return a._numerator * b._denominator < b._numerator * a._denominator
            return a._numerator < b * a._denominator if type(b) is int else _Library.__lt__(a, b)

        def __le__(a, b):
            if type(b) is Fraction:
                return a._numerator * b._denominator <= b._numerator * a._denominator
            return a._numerator <= b * a._denominator if type(b) is int else _Library.__le__(a, b)

        def __gt__(a, b):
            if type(b) is Fraction:
                return a._numerator * b._denominator > b._numerator * a._denominator
            return a._numerator > b * a._denominator if type(b) is int else _Library.__gt__(a, b)

        def __ge__(a, b):
            if type(b) is Fraction:
                return a._numerator * b._denominator >= b._numerator * a._denominator
            return a._numerator >= b * a._denominator if type(b) is int else _Library.__ge__(a, b)

        def __bool__(a):
            return a._numerator != 0
