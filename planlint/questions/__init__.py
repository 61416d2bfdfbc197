"""The closed list of questions that a rule can ask."""

from planlint.questions.agreement import AGREEMENT
from planlint.questions.assertions import RATIO, SUM
from planlint.questions.bounds import BOUNDS
from planlint.questions.capacity import CAPACITY
from planlint.questions.changes import CHANGE
from planlint.questions.columns import COLUMN
from planlint.questions.conversion import CONVERSION
from planlint.questions.differences import DIFFERENCE
from planlint.questions.direction import DIRECTION, OPERATOR
from planlint.questions.granularity import GRANULARITY
from planlint.questions.identity import IDENTITY
from planlint.questions.implied import IMPLIED
from planlint.questions.magnitude import UNIT
from planlint.questions.order import ORDER
from planlint.questions.periods import PERIOD
from planlint.questions.places import PLACE, QUOTE
from planlint.questions.points import POINTS_FOR_PERCENT
from planlint.questions.products import PRODUCT
from planlint.questions.reading import READING
from planlint.questions.unit_size import UNIT_SIZE
from planlint.verdicts import Question

QUESTIONS: dict[str, Question] = {
    "reading": READING,
    "points": POINTS_FOR_PERCENT,
    "unit": UNIT,
    "bounds": BOUNDS,
    "column": COLUMN,
    "difference": DIFFERENCE,
    "operator": OPERATOR,
    "direction": DIRECTION,
    "agreement": AGREEMENT,
    "identity": IDENTITY,
    "implied": IMPLIED,
    "granularity": GRANULARITY,
    "capacity": CAPACITY,
    "order": ORDER,
    "unit-size": UNIT_SIZE,
    "sum": SUM,
    "ratio": RATIO,
    "change": CHANGE,
    "product": PRODUCT,
    "conversion": CONVERSION,
    "period": PERIOD,
    "place": PLACE,
    "quote": QUOTE,
}
