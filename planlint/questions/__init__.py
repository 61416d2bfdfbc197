"""The closed list of questions that a rule can ask."""

from planlint.questions.agreement import AGREEMENT
from planlint.questions.assertions import RATIO, SUM
from planlint.questions.assigned import ASSIGNED
from planlint.questions.bounds import BOUNDS
from planlint.questions.capacity import CAPACITY
from planlint.questions.change_claims import CHANGE
from planlint.questions.changes import BASE, TWO_KINDS
from planlint.questions.columns import COLUMN
from planlint.questions.conversion import CONVERSION
from planlint.questions.coverage import WHOLE
from planlint.questions.differences import DIFFERENCE
from planlint.questions.direction import DIRECTION
from planlint.questions.drift import DRIFT
from planlint.questions.duplicates import TWICE
from planlint.questions.events import EVENTS
from planlint.questions.granularity import GRANULARITY
from planlint.questions.horizons import BASE_YEAR, GOAL_YEAR
from planlint.questions.identity import IDENTITY
from planlint.questions.implied import IMPLIED
from planlint.questions.later import LATER
from planlint.questions.levels import UPPER_TARGET, UPPER_VALUE
from planlint.questions.lists import LENGTH, SAME
from planlint.questions.magnitude import UNIT
from planlint.questions.months import MONTHS
from planlint.questions.numbering import NUMBERING
from planlint.questions.operators import OPERATOR
from planlint.questions.order import AT_MOST
from planlint.questions.outcomes import OUTCOME
from planlint.questions.pace import PACE
from planlint.questions.partition import PARTITION
from planlint.questions.periods import PERIOD
from planlint.questions.places import PLACE, QUOTE
from planlint.questions.points import POINTS_FOR_PERCENT
from planlint.questions.products import PRODUCT
from planlint.questions.proportion import PROPORTION
from planlint.questions.reading import READING
from planlint.questions.regions import REGION, SISTER
from planlint.questions.restated import RESTATED
from planlint.questions.schedules import ORDER, PRINTED, SPAN
from planlint.questions.standings import STANDING
from planlint.questions.states import HORIZON, STATE
from planlint.questions.tables import REPEAT
from planlint.questions.testability import BASELINE, BINDING, ROW, SCOPE, WORDS
from planlint.questions.unit_size import UNIT_SIZE
from planlint.questions.vagueness import UNIT_GIVEN, VAGUE
from planlint.questions.verbs import SERIES, VERB
from planlint.questions.wholes import PART
from planlint.verdicts import Question

QUESTIONS: dict[str, Question] = {
    "reading": READING,
    "points": POINTS_FOR_PERCENT,
    "unit": UNIT,
    "bounds": BOUNDS,
    "twice": TWICE,
    "column": COLUMN,
    "difference": DIFFERENCE,
    "operator": OPERATOR,
    "direction": DIRECTION,
    "later-target": LATER,
    "assigned": ASSIGNED,
    "agreement": AGREEMENT,
    "restated": RESTATED,
    "drift": DRIFT,
    "identity": IDENTITY,
    "implied": IMPLIED,
    "granularity": GRANULARITY,
    "capacity": CAPACITY,
    "at-most": AT_MOST,
    "unit-size": UNIT_SIZE,
    "sum": SUM,
    "ratio": RATIO,
    "part": PART,
    "partition": PARTITION,
    "length": LENGTH,
    "same-names": SAME,
    "numbering": NUMBERING,
    "repeat": REPEAT,
    "upper-target": UPPER_TARGET,
    "upper-value": UPPER_VALUE,
    "region": REGION,
    "sister": SISTER,
    "change": CHANGE,
    "product": PRODUCT,
    "conversion": CONVERSION,
    "period": PERIOD,
    "order": ORDER,
    "span": SPAN,
    "base-year": BASE_YEAR,
    "goal-year": GOAL_YEAR,
    "state": STATE,
    "months": MONTHS,
    "dated": PRINTED,
    "horizon": HORIZON,
    "outcome": OUTCOME,
    "verb": VERB,
    "standing": STANDING,
    "series": SERIES,
    "whole": WHOLE,
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
