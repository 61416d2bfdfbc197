"""The only place that finds what would end the contradictions that findings speak of, and looks at no others.

A finding may speak of a contradiction where it cites all that any of its repairs would change. Of most that is known
before a repair is worked out: the smallest sets of observations to release are at hand much sooner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planlint.network.cores import Part, Trials
from planlint.network.evidence import Evidence
from planlint.network.groups import Group, Mended, groups_of, mended, place_of
from planlint.network.repairs import Releases, Set, releases
from planlint.network.variables import Network


class _Disputed:
    """A part with its contradictions; what would end them is worked out when it is first asked for."""

    def __init__(self, network: Network, part: Part, most: int) -> None:
        self._trials = Trials(network, part)
        # Whoever asks for few corrections does not wait for many.
        self._released: Releases | None = releases(self._trials, most, solves=False)
        self.groups: list[Group] = groups_of(network, self._released, most) if self._released is not None else []
        self._mended: list[Mended] | None = None

    def mended(self, group: Group, evidence: Evidence) -> Mended:
        """Return one of its contradictions with what would end it."""
        if self._mended is None:
            self._mended = mended(self._trials, self.groups, self._released, evidence) if self._released else []
        return next(one for one in self._mended if one.group is group)


def remedies(
    network: Network,
    touched: Mapping[int, Sequence[Part]],
    changeable: Mapping[int, Set],
    evidence: Evidence,
    most: int,
) -> Iterator[tuple[int, Mended]]:
    """Yield for findings, by their indices, the contradiction that each speaks of, with what would end it.

    `touched` are the parts that each may speak of, `changeable` the observations. A contradiction that more than `most`
    figures must change to end is left out.
    """
    every = {part.variables: part for own in touched.values() for part in own}
    disputed = [_Disputed(network, every[variables], most) for variables in sorted(every)]
    ordered = sorted(
        ((group, dispute) for dispute in disputed for group in dispute.groups), key=lambda pair: place_of(pair[0])
    )
    for index in touched:
        near = [pair for pair in ordered if any(own <= changeable[index] for own in pair[0].sets)]
        while near and not near[-1][0].has_constraints:
            # Nothing is said of two printings of one figure, but they go before what stands behind them.
            near.pop()
        for group, dispute in near:
            one = dispute.mended(group, evidence)
            if one.repairs and one.changed <= changeable[index]:
                yield index, one
                break
