"""The network of what a plan's figures and the catalogue say."""

from networks import network
from test_network_conflicts import DENSITIES, plan

from planlint.exact import Fraction
from planlint.network.build import monomial
from planlint.network.variables import Shape


def shown(found):
    """The constraints of a network by the ids of their variables."""
    return [
        (c.kind, c.shape, [(found.variables[t.variable].id, t.weight) for t in c.terms], c.constant)
        for c in found.constraints
    ]


def test_densities_are_tied_to_counts_and_a_population():
    """Beds and nurses share the population that nobody prints; all of it is counted one by one and not negative."""
    found = network(plan(*DENSITIES[:4]))
    people = "resident-population.2020.reported"

    assert shown(found) == [
        (
            "identity",
            Shape.PRODUCT,
            [("beds.2020.reported", -1), ("beds-density.2020.reported", 1), (people, 1)],
            1,
        ),
        (
            "identity",
            Shape.PRODUCT,
            [("registered-nurses.2020.reported", -1), ("registered-nurses-density.2020.reported", 1), (people, 1)],
            1,
        ),
    ]
    assert [(v.id, v.low, v.high, v.integral) for v in found.variables] == [
        ("beds-density.2020.reported", 0, Fraction(1, 10), False),
        ("beds.2020.reported", 0, None, True),
        ("registered-nurses-density.2020.reported", 0, Fraction(2, 25), False),
        ("registered-nurses.2020.reported", 0, None, True),
        (people, 0, None, True),
    ]
    assert (found.printed, found.touching) == (((0,), (1,), (2,), (3,), ()), ((0,), (0,), (1,), (1,), (0, 1)))


def test_a_part_is_at_most_its_whole():
    """Hospital beds are beds."""
    found = network(plan(DENSITIES[0], "indicator: 医院床位数, year: 2020, value: 5000 张"))

    assert [(kind, shape.value, terms) for kind, shape, terms, _ in shown(found)] == [
        ("part", "bound", [("hospital-beds.2020.reported", 1), ("beds.2020.reported", -1)])
    ]


def test_rejected_figures_are_left_out():
    """What earlier answers reject takes part in nothing."""
    from networks import facts_of, relations

    from planlint.network.assembly import network_of

    facts = facts_of(plan(*DENSITIES[:2]))

    assert network_of(facts, relations(), facts.figures).observations == ()


def test_monomials():
    """Only products and quotients of symbols are followed."""
    a, b = ("sym", "a"), ("sym", "b")

    assert monomial(("/", ("*", a, b), ("sym", "c"))) == {"a": 1, "b": 1, "c": -1}
    assert [monomial(expr) for expr in (("+", a, b), ("*", a, a), ("num", "2"))] == [None, None, None]
