"""The only door to z3: smallest sets where a search in Python would take too long. It is an optional extra.

Only truth values and whole numbers are handed over, no quantity of a plan; what comes back is tried in the network.
"""

from __future__ import annotations

from collections.abc import Sequence

from planlint.findings import Text

_MILLISECONDS = 20_000
MISSING = Text(
    "要改的数字太多，逐个试不完；装上求解器（pip install 'planlint[solver]'）就能求出",
    "more figures must change than can be tried one by one; with the solver "
    "(pip install 'planlint[solver]') they can be found",
)
BEYOND = Text("要改的数字太多，求解器也没有求出", "more figures must change than the solver could find in time")


def is_installed() -> bool:
    """Tell whether the solver can be used."""
    try:
        import z3  # noqa: F401
    except ImportError:
        return False
    return True


def smallest(targets: Sequence[frozenset[int]]) -> frozenset[int] | None:
    """Return a smallest set that has a member in each target, None without a solver or where it takes too long."""
    if not is_installed():
        return None
    import z3

    members = sorted(frozenset[int]().union(*targets))
    chosen = {member: z3.Bool(f"c{member}") for member in members}
    optimizer = z3.Optimize()
    optimizer.set("timeout", _MILLISECONDS)
    for target in targets:
        optimizer.add(z3.Or([chosen[member] for member in sorted(target)]))
    optimizer.minimize(z3.Sum([z3.If(chosen[member], 1, 0) for member in members]))
    if optimizer.check() != z3.sat:
        return None
    model = optimizer.model()
    return frozenset(member for member in members if z3.is_true(model.eval(chosen[member])))
