"""The closed list of questions that a rule can ask."""

from planlint.questions.agreement import AGREEMENT
from planlint.questions.assertions import RATIO, SUM
from planlint.questions.coverage import WHOLE
from planlint.questions.direction import DIRECTION, OPERATOR
from planlint.questions.horizons import BASE_YEAR, GOAL_YEAR
from planlint.questions.identity import IDENTITY
from planlint.questions.implied import IMPLIED
from planlint.questions.magnitude import BOUNDS, UNIT
from planlint.questions.months import MONTHS
from planlint.questions.outcomes import OUTCOME
from planlint.questions.periods import PERIOD
from planlint.questions.places import PLACE, QUOTE
from planlint.questions.reading import READING
from planlint.questions.schedules import ORDER, PRINTED, SPAN
from planlint.questions.standings import STANDING
from planlint.questions.states import HORIZON, STATE
from planlint.questions.verbs import SERIES, VERB
from planlint.verdicts import Question

QUESTIONS: dict[str, Question] = {
    "reading": READING,
    "unit": UNIT,
    "bounds": BOUNDS,
    "operator": OPERATOR,
    "direction": DIRECTION,
    "agreement": AGREEMENT,
    "identity": IDENTITY,
    "implied": IMPLIED,
    "sum": SUM,
    "ratio": RATIO,
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
}
