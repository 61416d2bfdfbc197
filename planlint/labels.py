"""The only place that takes the name of a part off the amount behind it: 中央6000万元."""

from __future__ import annotations

from planlint import amounts
from planlint.amounts import NotAnAmount
from planlint.patterns import pattern
from planlint.units import UnknownUnit

_LABELLED = pattern(r"(?P<label>[\u4e00-\u9fff、（）()]{1,20}[:：]?)(?P<amount>[0-9].*)")
_NO_LABEL = pattern(r"[增减降升提超不未少约近至到每年均共以较比占翻余再第仅达过高低月日]")
"""Words that say something of the number and name nothing."""


def unlabelled(text: str) -> str:
    """Return a part of a sum without the name printed in front of it, anything else as it is."""
    if text[:1].isdigit():
        return text
    found = _LABELLED.fullmatch(text)
    if found is None or _NO_LABEL.search(found["label"]) or text.startswith(tuple(amounts.LEADING.get(text[0], ()))):
        return text
    try:
        amount = amounts.parse(found["amount"])
    except (NotAnAmount, UnknownUnit):
        return text
    return found["amount"] if amount.is_value and amount.unit else text
