"""The closed list of questions that a rule can ask."""

from planlint.questions.agreement import AGREEMENT
from planlint.questions.assertions import RATIO, SUM
from planlint.questions.changes import BASE, TWO_KINDS
from planlint.questions.direction import DIRECTION
from planlint.questions.drift import DRIFT
from planlint.questions.duplicates import TWICE
from planlint.questions.events import EVENTS
from planlint.questions.identity import IDENTITY, IMPLIED
from planlint.questions.levels import UPPER_TARGET, UPPER_VALUE
from planlint.questions.lists import LENGTH, SAME
from planlint.questions.magnitude import BOUNDS, UNIT
from planlint.questions.numbering import NUMBERING
from planlint.questions.operators import OPERATOR
from planlint.questions.pace import PACE
from planlint.questions.periods import PERIOD
from planlint.questions.places import PLACE, QUOTE
from planlint.questions.proportion import PROPORTION
from planlint.questions.reading import READING
from planlint.questions.regions import REGION, SISTER
from planlint.questions.tables import REPEAT
from planlint.questions.testability import BASELINE, BINDING, ROW, SCOPE, WORDS
from planlint.questions.vagueness import UNIT_GIVEN, VAGUE
from planlint.questions.wholes import PART
from planlint.verdicts import Question

QUESTIONS: dict[str, Question] = {
    "reading": READING,
    "unit": UNIT,
    "bounds": BOUNDS,
    "twice": TWICE,
    "operator": OPERATOR,
    "direction": DIRECTION,
    "agreement": AGREEMENT,
    "drift": DRIFT,
    "identity": IDENTITY,
    "implied": IMPLIED,
    "sum": SUM,
    "ratio": RATIO,
    "part": PART,
    "length": LENGTH,
    "same-names": SAME,
    "numbering": NUMBERING,
    "repeat": REPEAT,
    "upper-target": UPPER_TARGET,
    "upper-value": UPPER_VALUE,
    "region": REGION,
    "sister": SISTER,
    "period": PERIOD,
    "place": PLACE,
    "quote": QUOTE,
    "events": EVENTS,
    "pace": PACE,
    "proportion": PROPORTION,
    "without-baseline": BASELINE,
    "words-only": WORDS,
    "vague": VAGUE,
    "without-base": BASE,
    "unit-given": UNIT_GIVEN,
    "binding": BINDING,
    "scope-of-target": SCOPE,
    "without-row": ROW,
    "two-kinds": TWO_KINDS,
}
