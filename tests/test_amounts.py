"""Amounts as printed: operator, digits, unit and hedges, all kept; and what is no amount."""

import unicodedata
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import amounts
from planlint.amounts import (
    EACH,
    SENTENCE,
    Amount,
    Change,
    Hedge,
    Kind,
    NotAnAmount,
    Number,
    Operator,
    Rounding,
    fold,
    in_unit,
    measured,
    parse,
    parse_below,
    split_unit,
)
from planlint.exact import Fraction
from planlint.intervals import Interval, point
from planlint.units import PRINTED, UnknownUnit

AT_LEAST, ABOVE, AT_MOST, BELOW = Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW
ABOUT, ODD, NEARLY = Hedge.ABOUT, Hedge.ODD, Hedge.NEARLY


def ones(value):
    """A number printed in ones."""
    return Number(Fraction(value), Fraction(1), True)


def number(value, quantum):
    """A number printed with decimals or in 万: its value and the worth of its last digit."""
    return Number(Fraction(value), Fraction(quantum), False)


def value(text, printed, unit="", operator=Operator.NONE, hedge=None, words=()):
    """The amount of one printed number."""
    return Amount(text, Kind.VALUE, operator, printed, None, unit, hedge, frozenset(words), None)


def span(text, low, high, unit="", operator=Operator.NONE, hedge=None, words=()):
    """The amount of a printed range."""
    return Amount(text, Kind.RANGE, operator, low, high, unit, hedge, frozenset(words), None)


def change(text, printed, unit, said, operator=Operator.NONE, hedge=None, words=()):
    """The amount of a printed change."""
    return Amount(text, Kind.RELATIVE, operator, printed, None, unit, hedge, frozenset(words), said)


def words(text, said=None):
    """The amount of words without a number."""
    return Amount(text, Kind.WORDS, words=frozenset({said or text}))


THE_MANUAL = [
    value("≥80", ones(80), operator=AT_LEAST),
    value(">3.56", number("3.56", "0.01"), operator=ABOVE),
    value("25%以上", ones(25), "%", AT_LEAST, words=["以上"]),
    value("3.5‰以下", number("3.5", "0.1"), "‰", AT_MOST, words=["以下"]),
    value("不低于500张", ones(500), "张", AT_LEAST, words=["不低于"]),
    value("约12.71亩", number("12.71", "0.01"), "亩", hedge=ABOUT, words=["约"]),
    value("2000余万元", number(20_000_000, 10_000), "元", hedge=ODD, words=["余"]),
    value("40多个", ones(40), "个", hedge=ODD, words=["多"]),
    value("26左右", ones(26), hedge=ABOUT, words=["左右"]),
    value("10/10万", ones(10), "/10万"),
    value("132.54/十万", number("132.54", "0.01"), "/十万"),
    span("1万平方米—1.2万平方米", number(10_000, 10_000), number(12_000, 1_000), "平方米"),
    span("15-17年", ones(15), ones(17), "年"),
    change("在2020基础上增加30%", ones(30), "%", Change(True, 2020, False)),
    change(
        "每年降低0.5个百分点以上", number("0.5", "0.1"), "个百分点", Change(False, None, True), AT_LEAST, words=["以上"]
    ),
    change("翻一番", None, "", Change(True, None, False, Fraction(2))),
    words("逐步提高"),
    words("下降"),
    Amount("-", Kind.ABSENT),
    Amount("—", Kind.ABSENT),
    Amount("", Kind.ABSENT),
    Amount("待定", Kind.PENDING),
    words("%"),
    value("1,000", ones(1000)),
]

OPERATORS = [
    value("≤4‰", ones(4), "‰", AT_MOST),
    value("≧4", ones(4), operator=AT_LEAST),
    value("⩽4", ones(4), operator=AT_MOST),
    value(">=4", ones(4), operator=AT_LEAST),
    value("<=4", ones(4), operator=AT_MOST),
    value("<4.5", number("4.5", "0.1"), operator=BELOW),
    value("＞3", ones(3), operator=ABOVE),
    value("＜3", ones(3), operator=BELOW),
    value("=5", ones(5)),
    value("≥ 95 %", ones(95), "%", AT_LEAST),
    value("不少于6人", ones(6), "人", AT_LEAST, words=["不少于"]),
    value("至少6人", ones(6), "人", AT_LEAST, words=["至少"]),
    value("不高于5%", ones(5), "%", AT_MOST, words=["不高于"]),
    value("不超过5%", ones(5), "%", AT_MOST, words=["不超过"]),
    value("不突破5%", ones(5), "%", AT_MOST, words=["不突破"]),
    value("超过5%", ones(5), "%", ABOVE, words=["超过"]),
    value("高于5%", ones(5), "%", ABOVE, words=["高于"]),
    value("大于等于5%", ones(5), "%", AT_LEAST, words=["大于等于"]),
    value("低于5%", ones(5), "%", BELOW, words=["低于"]),
    value("小于等于5%", ones(5), "%", AT_MOST, words=["小于等于"]),
    value("不足5%", ones(5), "%", BELOW, words=["不足"]),
    value("5%以内", ones(5), "%", AT_MOST, words=["以内"]),
    value("5年内", ones(5), "年", AT_MOST, words=["内"]),
    value("95%及以上", ones(95), "%", AT_LEAST, words=["及以上"]),
    value("95%及以下", ones(95), "%", AT_MOST, words=["及以下"]),
    value("达到95%", ones(95), "%", words=["达到"]),
    value("达到95%以上", ones(95), "%", AT_LEAST, words=["达到", "以上"]),
    value("保持95%以上", ones(95), "%", AT_LEAST, words=["保持", "以上"]),
    value("保持在95%", ones(95), "%", words=["保持在"]),
    value("控制在2.35%以内", number("2.35", "0.01"), "%", AT_MOST, words=["控制在", "以内"]),
    value("提高到80岁", ones(80), "岁", words=["提高到"]),
    value("力争达到80%", ones(80), "%", words=["力争达到"]),
    value("力争80%", ones(80), "%", words=["力争"]),
    value("提高并保持在 90%以上", ones(90), "%", AT_LEAST, words=["提高并保持在", "以上"]),
]

HEDGES = [
    value("约7", ones(7), hedge=ABOUT, words=["约"]),
    value("大约7", ones(7), hedge=ABOUT, words=["大约"]),
    value("近10年", ones(10), "年", hedge=NEARLY, words=["近"]),
    value("将近10年", ones(10), "年", hedge=NEARLY, words=["将近"]),
    value("260余人", ones(260), "人", hedge=ODD, words=["余"]),
    value("260人余", ones(260), "人", hedge=ODD, words=["余"]),
    value("30多万人", number(300_000, 10_000), "人", hedge=ODD, words=["多"]),
    value("26%左右", ones(26), "%", hedge=ABOUT, words=["左右"]),
    value("26岁上下", ones(26), "岁", hedge=ABOUT, words=["上下"]),
    value("约26%以上", ones(26), "%", AT_LEAST, ABOUT, ["约", "以上"]),
    value("全覆盖", ones(100), "%", words=["全覆盖"]),
    value("全部", ones(100), "%", words=["全部"]),
    value("一半", ones(50), "%", words=["一半"]),
]

DIGITS = [
    value("3.10", number("3.1", "0.01")),
    value("3.1", number("3.1", "0.1")),
    value("0", ones(0)),
    value("0.00", number(0, "0.01")),
    value("-0", ones(0)),
    value("-0.5", number("-0.5", "0.1")),
    value("−5", ones(-5)),
    value("－５", ones(-5)),
    value("017", ones(17)),
    value("３．１０", number("3.1", "0.01")),
    value("４．５％", number("4.5", "0.1"), "%"),
    value("１，０００人", ones(1000), "人"),
    value("1，000", ones(1000)),
    value("1,000,000.5元", number("1000000.5", "0.1"), "元"),
    value("16.26万人", number(162_600, 100), "人"),
    value("16.26 万人", number(162_600, 100), "人"),
    value("1.2亿元", number(120_000_000, 10_000_000), "元"),
    value("3千人次", number(3000, 1000), "人次"),
    value("5千万元", number(50_000_000, 10_000_000), "元"),
    value("2万亿元", number(2 * 10**12, 10**12), "元"),
    value("1千米", ones(1), "千米"),
    value("3千克", ones(3), "千克"),
    value("12个月", ones(12), "个月"),
    value("3个百分点", ones(3), "个百分点"),
    value("4.5㎡", number("4.5", "0.1"), "m2"),
    value("8437m²", ones(8437), "m2"),
    value("3.12 人/千人口", number("3.12", "0.01"), "人/千人口"),
    value("4名/10万人", ones(4), "名/10万人"),
    value("1/10万", ones(1), "/10万"),
    value("9.5每10万", number("9.5", "0.1"), "每10万"),
    value("1:1.15", number("1.15", "0.01"), "比"),
    value("1∶1.15", number("1.15", "0.01"), "比"),
    value("1：1.15", number("1.15", "0.01"), "比"),
    value("100：109", number("1.09", "0.01"), "比"),
    value("≥1:1.2", number("1.2", "0.1"), "比", AT_LEAST),
    value("约2:3", number("3/2", "1/2"), "比", hedge=ABOUT, words=["约"]),
]

CHINESE = [
    value("四项", ones(4), "项"),
    value("两位", ones(2), "位"),
    value("十万", number(100_000, 10_000)),
    value("三十万人", number(300_000, 10_000), "人"),
    value("二〇三五", ones(2035)),
    value("二〇三五年", ones(2035), "年"),
    value("三百五十六张", ones(356), "张"),
    value("十余家", ones(10), "家", hedge=ODD, words=["余"]),
    value("三十余万元", number(300_000, 10_000), "元", hedge=ODD, words=["余"]),
    value("不少于十家", ones(10), "家", AT_LEAST, words=["不少于"]),
    value("十家以上", ones(10), "家", AT_LEAST, words=["以上"]),
    value("百分之九十五", ones(95), "%"),
    value("百分之九十五点三", number("95.3", "0.1"), "%"),
    value("百分之95以上", ones(95), "%", AT_LEAST, words=["以上"]),
    value("达到百分之九十五以上", ones(95), "%", AT_LEAST, words=["达到", "以上"]),
    value("百分之百", ones(100), "%"),
    value("千分之五点二", number("5.2", "0.1"), "‰"),
    value("十万分之十二", ones(12), "/10万"),
]

CHANGES = [
    change("在2020年基础上增加30%", ones(30), "%", Change(True, 2020, False)),
    change("较2015年提高2.37岁", number("2.37", "0.01"), "岁", Change(True, 2015, False)),
    change("提高1岁", ones(1), "岁", Change(True, None, False)),
    change("年均增长10%", ones(10), "%", Change(True, None, True)),
    change("下降0.5个百分点", number("0.5", "0.1"), "个百分点", Change(False, None, False)),
    change("减少20%以上", ones(20), "%", Change(False, None, False), AT_LEAST, words=["以上"]),
    change("增长约10%", ones(10), "%", Change(True, None, False), hedge=ABOUT, words=["约"]),
    change("增长10%左右", ones(10), "%", Change(True, None, False), hedge=ABOUT, words=["左右"]),
    change("增长超过10%", ones(10), "%", Change(True, None, False), ABOVE, words=["超过"]),
    change("每年增长不低于5%", ones(5), "%", Change(True, None, True), AT_LEAST, words=["不低于"]),
    change("增加1000万元", number(10_000_000, 10_000), "元", Change(True, None, False)),
    change("增长百分之十", ones(10), "%", Change(True, None, False)),
    change("力争在2020基础上增加30%", ones(30), "%", Change(True, 2020, False), words=["力争"]),
    change("力争每年降低0.5个百分点", number("0.5", "0.1"), "个百分点", Change(False, None, True), words=["力争"]),
    change("2025年增长10%", ones(10), "%", Change(True, None, False)),
    change("翻两番", None, "", Change(True, None, False, Fraction(4))),
    change("翻了一番", None, "", Change(True, None, False, Fraction(2))),
    change("较2015年翻一番", None, "", Change(True, 2015, False, Fraction(2))),
    change("到2025年比2015年翻一番", None, "", Change(True, 2015, False, Fraction(2))),
    change("翻一番以上", None, "", Change(True, None, False, Fraction(2)), AT_LEAST, words=["以上"]),
    change("翻一番左右", None, "", Change(True, None, False, Fraction(2)), hedge=ABOUT, words=["左右"]),
]

RANGES = [
    *(span(f"4.5{dash}5人", number("4.5", "0.1"), ones(5), "人") for dash in "-‐‑‒–—―−─－﹣~～〜∼至到"),
    *(span(f"4.5{dash}5人", number("4.5", "0.1"), ones(5), "人") for dash in ("--", "——", " - ", " ～ ")),
    span("7.40—7.50", number("7.4", "0.01"), number("7.5", "0.01")),
    span("50%-60%", ones(50), ones(60), "%"),
    span("50-60％", ones(50), ones(60), "%"),
    span("3—10万人口", number(30_000, 10_000), number(100_000, 10_000), "人口"),
    span("1.5万-2万元", number(15_000, 1_000), number(20_000, 10_000), "元"),
    span("1,000-2,000张", ones(1000), ones(2000), "张"),
    span("约50-60张", ones(50), ones(60), "张", hedge=ABOUT, words=["约"]),
    span("50-60张左右", ones(50), ones(60), "张", hedge=ABOUT, words=["左右"]),
    span("5-5", ones(5), ones(5)),
]

OTHERS = [
    *(Amount(text, Kind.ABSENT) for text in (" ", "\u3000", "--", "——", "–", "－", "−", "/", "…", "……")),
    *(Amount(text, Kind.PENDING) for text in ("待定", " 待定 ", "暂缺", "待统计")),
    *(
        words(text)
        for text in ("持续改善", "若干", "四五家", "十几家", "三四十张", ".inf", "nan", "k人", "m人", "万万人")
    ),
    *(words(text) for text in ("千万人", "三点一", "百分之几", "\u202e", "增长", "人")),
    words("逐 步", "逐步"),
]


@pytest.mark.parametrize(
    "expected",
    [*THE_MANUAL, *OPERATORS, *HEDGES, *DIGITS, *CHINESE, *CHANGES, *RANGES, *OTHERS],
    ids=lambda amount: ascii(amount.text),
)
def test_an_amount_is_read_as_printed(expected):
    """Kind, operator, exact value, worth of the last digit, unit, hedge and words are all kept."""
    assert parse(expected.text) == expected


def test_the_last_digit_is_kept():
    """3.10 and 3.1 are the same number and different amounts."""
    longer, shorter = parse("3.10").number, parse("3.1").number
    assert longer.value == shorter.value
    assert (longer.quantum, shorter.quantum) == (Fraction(1, 100), Fraction(1, 10))


def test_only_a_single_number_is_a_value():
    """A range, a change, words, a dash and 待定 are no values; 0 is one."""
    assert [parse(text).is_value for text in ("0", "1-2", "提高1岁", "下降", "-", "待定")] == [True] + [False] * 5


LONG = "9" * 5000
UNREADABLE = [
    ("1,5", "comma", "1,5"),
    ("12,34人", "comma", "12,34人"),
    ("1,0000", "comma", "1,0000"),
    ("1000,000", "comma", "1000,000"),
    ("4，5", "comma", "4，5"),
    ("+5", "not-an-amount", "+5"),
    (".5", "not-an-amount", ".5"),
    ("5.", "not-an-amount", "5."),
    ("1.2.3", "not-an-amount", "1.2.3"),
    ("[300]", "not-an-amount", "[300]"),
    ("(5)", "not-an-amount", "(5)"),
    ("٣", "not-an-amount", "٣"),
    ("٣.٥", "not-an-amount", "٣.٥"),
    ("²", "not-an-amount", "²"),
    ("10²", "not-an-amount", "10²"),
    ("10⁶人", "not-an-amount", "10⁶人"),
    ("①", "not-an-amount", "①"),
    ("½", "not-an-amount", "½"),
    ("1½", "not-an-amount", "1½"),
    ("1 000", "not-an-amount", "1 000"),
    ("12 1/10万", "not-an-amount", "12 1/10万"),
    ("3\u30005人", "not-an-amount", "3\u30005人"),
    ("0:1", "not-an-amount", "0:1"),
    ("1:2:3", "not-an-amount", "1:2:3"),
    ("1:2人", "not-an-amount", "1:2人"),
    ("5-4", "range-upside-down", "5-4"),
    ("5人-6张", "two-units", "5人-6张"),
    ("不低于5%以下", "two-bounds", "不低于5%以下"),
    ("≤5以上", "two-bounds", "≤5以上"),
    ("增长不低于5%以内", "two-bounds", "增长不低于5%以内"),
    ("9" * 31, "too-many-digits", "9" * 12 + "…"),
    ("0." + "1" * 30, "too-many-digits", "0.1111111111…"),
    ("1-" + "9" * 31, "too-many-digits", "9" * 12 + "…"),
    ("增加" + "9" * 31, "too-many-digits", "9" * 12 + "…"),
    (LONG, "too-long", "9" * 20 + "…"),
    ("人" * 100_000, "too-long", "人" * 20 + "…"),
    ("5" + "人" * 100_000, "too-long", "5" + "人" * 19 + "…"),
]


@pytest.mark.parametrize("text", ["每县（市、区）至少1所", "由6.5张调整为6.8张", "城市100、农村82", "〔1〕"])
def test_a_sentence_with_numbers_is_kept_as_words(text):
    """What says more than one amount is no slip of the pen: it is kept, marked, and compared with nothing."""
    assert (parse(text).kind, parse(text).words) == (Kind.WORDS, SENTENCE)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("将达到125万人", 1250000, "人"),
        ("每月860元", 860, "元/月"),
        ("每人每年84元", 84, "元/年"),
        ("六成以上", 60, "%"),
        ("近三成", 30, "%"),
        ("八成五", 85, "%"),
        ("1000张以上（其中市级600张）", 1000, "张"),
        ("1.2万剂次", 12000, "剂次"),
    ],
)
def test_words_around_an_amount_do_not_hide_it(text, number, unit):
    """How a plan says an amount is read where nothing else can be meant."""
    amount = parse(text)

    assert amount.number is not None
    assert (amount.number.value, amount.unit) == (number, unit)


def test_sixteen_pupils_to_a_teacher_are_rounded_before_the_colon():
    """16.97:1 is as exact as 1:1.15; the one is not rounded."""
    number = parse("16.97:1").number

    assert number is not None
    assert (number.value, number.quantum) == (Fraction(100, 1697), Fraction(100, 1697**2))


@pytest.mark.parametrize(("text", "reason", "shown"), UNREADABLE, ids=lambda part: ascii(part)[:30])
def test_what_is_no_amount_is_refused(text, reason, shown):
    """Digits that make no amount are refused with a reason and the text, never guessed at."""
    with pytest.raises(NotAnAmount) as refused:
        parse(text)
    assert (refused.value.reason, refused.value.shown) == (reason, shown)


@pytest.mark.parametrize(
    ("text", "unit", "near"),
    [
        ("1e400", "e400", ""),
        ("1e3", "e3", "m3"),
        ("9**9**9 人", "**9**9人", ""),
        ("5万万人", "万人", "人"),
        ("5k人", "k人", "人"),
        ("5m人", "m人", "人"),
        ("10\u202e人", "\u202e人", "人"),
        ("10\u200b人", "\u200b人", "人"),
        ("4.5℃", "°C", ""),
        ("4.5‽", "‽", ""),
        ("5人/0人口", "人/0人口", "人口"),
        ("5" + "x" * 150, "x" * 150, ""),
        ("提高5平方公理", "平方公理", "平方公里"),
        ("5 USD", "USD", ""),
        ("0x1F", "x1F", ""),
        ("1_000", "_000", "/1000"),
    ],
    ids=lambda part: ascii(part)[:30],
)
def test_an_unknown_unit_is_refused(text, unit, near):
    """A unit outside the closed table is refused by name, with the most similar name where there is one."""
    with pytest.raises(UnknownUnit) as refused:
        parse(text)
    assert (refused.value.text, refused.value.near) == (unit, near)


@pytest.mark.parametrize("unit", [name for name in PRINTED if not name[0].isdigit()])
def test_every_unit_can_stand_behind_a_number(unit):
    """No unit is taken for a multiplier, a hedge or a bound, with a bound behind it or without."""
    assert parse(f"3.5{unit}") == value(f"3.5{unit}", number("3.5", "0.1"), unit)
    assert parse(f"35{unit}以上") == value(f"35{unit}以上", ones(35), unit, AT_LEAST, words=["以上"])


def parts_of(thing):
    """Return everything that an amount is made of."""
    if isinstance(thing, Amount | Number | Change | Interval):
        return [part for name in type(thing).__match_args__ for part in parts_of(getattr(thing, name))]
    return [thing]


PIECES = [*"0123456789.,-—~:/%‰", *"人张个家元万亿千百十余多约近内", *"≥≤><=", " ", "\u3000", "²", "①", "٣"]
PIECES += [
    "以上",
    "以下",
    "左右",
    "不低于",
    "提高",
    "降低",
    "每年",
    "在2020基础上",
    "个百分点",
    "百分之",
    "翻一番",
    "四",
    "两",
]
PIECES += ["二〇", "10万", "人口", "３", "，", "∶", "\u202e", "\x00", "e", "待定"]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_any_text_is_an_amount_or_refused(text):
    """No text ends in anything but an amount that keeps it or a clear refusal, and no float appears."""
    try:
        amount = parse(text)
    except (NotAnAmount, UnknownUnit):
        return
    assert amount.text == text
    assert [part for part in parts_of(amount) if isinstance(part, float)] == []
    if amount.kind in (Kind.VALUE, Kind.RANGE):
        assert any(unicodedata.category(c) in ("Nd", "Nl") or c in "一二三四五六七八九十百千万亿两半全" for c in text)
        assert [type(part) for part in (amount.number.value, amount.number.quantum)] == [Fraction, Fraction]
        for rounding in Rounding:
            interval = measured(amount, rounding, exact=False)
            assert {type(end) for end in (interval.low, interval.high)} <= {Fraction, type(None)}
    elif amount.kind is not Kind.RELATIVE:
        assert (amount.number, amount.upper, amount.unit, amount.operator) == (None, None, "", Operator.NONE)


@settings(deadline=None, max_examples=300)
@given(st.from_regex(r"[≥≤]?[0-9]{1,9}(\.[0-9]{1,9})? ?[%‰人张岁个家名]?", fullmatch=True))
def test_the_quick_path_gives_what_the_grammar_gives(text):
    """What is read without the whole grammar is read by it in the same way."""
    quick = amounts._quick(text)
    assert quick is not None
    assert quick == amounts._stated(text, fold(text), frozenset())
    with mock.patch.object(amounts, "_quick", return_value=None):
        assert parse.__wrapped__(text) == quick


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from([*"0123456789.≥≤<%‰人张岁 -,万"]), max_size=6))
def test_the_quick_path_takes_nothing_that_the_grammar_refuses(text):
    """Near the commonest spellings, too, the quick path agrees with the grammar or leaves the text to it."""
    quick = amounts._quick(text)
    if quick is not None:
        with mock.patch.object(amounts, "_quick", return_value=None):
            assert parse.__wrapped__(text) == quick


@settings(deadline=None)
@given(
    st.text(st.sampled_from([*"012.≥<%人张 ,万"]), max_size=6)
    | st.sampled_from(["30%以上", "每县1所、每乡1所", "2000"]),
    st.sampled_from(["%", "万人", "张", "百万元", "没有"]),
)
def test_an_amount_below_a_unit_is_one_put_in_it(text, heading):
    """The quick path puts a number in the unit of its row as `in_unit` does, and refuses what it refuses."""

    def result(read):
        try:
            return read()
        except (NotAnAmount, UnknownUnit) as problem:
            return type(problem), str(problem)

    def put():
        amount = parse(text)
        return amount if amount.words is amounts.SENTENCE else in_unit(amount, heading)

    assert result(lambda: parse_below(text, heading)) == result(put)


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from(["", "人", "%", "/10万"]))
def test_a_printed_decimal_is_exact(digits, places, unit):
    """Value and quantum are those of the printed digits, with thousands separators or without."""
    whole, decimals = divmod(digits, 10**places)
    tail = f".{decimals:0{places}}" if places else ""
    expected = Number(Fraction(digits, 10**places), Fraction(1, 10**places), places == 0)
    assert [parse(f"{shown}{tail}{unit}").number for shown in (whole, f"{whole:,}")] == [expected, expected]


@settings(deadline=None)
@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folded form as far as amounts go: no space, no full-width digit is left."""
    folded = fold(text)
    assert [c for c in folded if c.isspace() or c in "０１２３４５６７８９：，％∶−"] == []


def interval(low, high, low_open=False, high_open=False):
    """Return an interval of numbers as written, None for infinity."""
    return Interval(
        None if low is None else Fraction(low), None if high is None else Fraction(high), low_open, high_open
    )


@pytest.mark.parametrize(
    ("text", "nearest", "truncated", "loose"),
    [
        (
            "10.15",
            interval("10.145", "10.155"),
            interval("10.15", "10.16", high_open=True),
            interval("10.14", "10.16", True, True),
        ),
        (
            "3.10",
            interval("3.095", "3.105"),
            interval("3.1", "3.11", high_open=True),
            interval("3.09", "3.11", True, True),
        ),
        ("3.1", interval("3.05", "3.15"), interval("3.1", "3.2", high_open=True), interval("3", "3.2", True, True)),
        (
            "0.00",
            interval("-0.005", "0.005"),
            interval("0", "0.01", high_open=True),
            interval("-0.01", "0.01", True, True),
        ),
        ("-2.5", interval("-2.55", "-2.45"), interval("-2.6", "-2.5", True), interval("-2.6", "-2.4", True, True)),
        (
            "16.26万人",
            interval(162_550, 162_650),
            interval(162_600, 162_700, high_open=True),
            interval(162_500, 162_700, True, True),
        ),
        ("15-17年", interval("14.5", "17.5"), interval("15", "18", high_open=True), interval("14", "18", True, True)),
        (
            "1:1.15",
            interval("1.145", "1.155"),
            interval("1.15", "1.16", high_open=True),
            interval("1.14", "1.16", True, True),
        ),
    ],
)
def test_a_measured_amount_under_the_three_roundings(text, nearest, truncated, loose):
    """Half a unit of the last digit to each side, a whole unit upwards in size, or less than a unit to each side."""
    amount = parse(text)
    assert [measured(amount, rounding, exact=False) for rounding in Rounding] == [nearest, truncated, loose]


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14240 张", point(14240)),
        ("0 家", point(0)),
        ("四家", point(4)),
        ("29-31家", interval(29, 31)),
        ("14240张以上", interval(14240, None)),
        ("40多个", interval(40, 50, high_open=True)),
    ],
)
def test_a_count_printed_in_ones_is_exact(text, expected, rounding):
    """A whole number of things is itself under every rounding; a hedge still widens it."""
    assert measured(parse(text), rounding, exact=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16.26万人", interval(162_550, 162_650)),
        ("十万人", interval(95_000, 105_000)),
        ("14240.0 张", interval("14239.95", "14240.05")),
    ],
)
def test_a_count_not_printed_in_ones_is_an_interval(text, expected):
    """万 and decimals make a count a rounded number again."""
    assert measured(parse(text), Rounding.NEAREST, exact=True) == expected


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥80", interval(80, None)),
        (">3.56", interval("3.56", None, low_open=True)),
        ("≤4‰", interval(None, 4)),
        ("<4.5", interval(None, "4.5", high_open=True)),
        ("25%以上", interval(25, None)),
        ("3.5‰以下", interval(None, "3.5")),
        ("超过5%", interval(5, None, low_open=True)),
        ("不足5%", interval(None, 5, high_open=True)),
    ],
)
def test_a_bound_is_exact(text, expected, exact, rounding):
    """A threshold is never widened: ≤4 is no 4.5, whatever the rounding."""
    assert measured(parse(text), rounding, exact=exact) == expected


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约12.71亩", interval("12.70", "12.72")),
        ("26左右", interval(25, 27)),
        ("约260人", interval(250, 270)),
        ("2000余万元", interval(20_000_000, 30_000_000, high_open=True)),
        ("260余人", interval(260, 270, high_open=True)),
        ("近10年", interval(0, 10, low_open=True)),
        ("近300人", interval(200, 300, low_open=True)),
        ("约16.3万人", interval(162_000, 164_000)),
        ("约0", interval(-1, 1)),
    ],
)
def test_a_hedge_widens_by_the_last_digit_that_is_not_zero(text, expected, rounding):
    """约 and 左右 go both ways, 余 and 多 upwards, 近 downwards, by one unit of the last digit that is not zero."""
    assert measured(parse(text), rounding, exact=False) == expected


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(0, 3), st.sampled_from(["", "约", "近"]))
def test_the_tiers_contain_each_other(digits, places, hedge):
    """Nearest rounding and truncation both lie within the loose tier, and every tier holds what was printed."""
    shown = f"{'-' if digits < 0 else ''}{abs(digits) // 10**places}"
    shown += f".{abs(digits) % 10**places:0{places}}" if places else ""
    amount = parse(hedge + shown)
    nearest, truncated, loose = (measured(amount, rounding, exact=False) for rounding in Rounding)
    assert [amount.number.value in tier for tier in (nearest, truncated, loose)] == [True, True, True]
    assert (loose.hull(nearest), loose.hull(truncated)) == (loose, loose)


@pytest.mark.parametrize("text", ["提高1岁", "翻一番", "下降", "-", "待定"])
def test_what_has_no_value_is_not_measured(text):
    """A change, words and a dash stand for no true value."""
    with pytest.raises(ValueError, match="^" + repr(text) + " is no measured amount$"):
        measured(parse(text), Rounding.NEAREST, exact=False)


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("89632", "万元", value("89632", number(896_320_000, 10_000), "元")),
        ("8.96", "亿元", value("8.96", number(896_000_000, 1_000_000), "元")),
        ("130,000", "万元", value("130,000", number(1_300_000_000, 10_000), "元")),
        ("16.93", "%", value("16.93", number("16.93", "0.01"), "%")),
        ("16.93", "％", value("16.93", number("16.93", "0.01"), "%")),
        ("79", "岁", value("79", ones(79), "岁")),
        ("5", "千米", value("5", ones(5), "千米")),
        ("5", "千人", value("5", number(5000, 1000), "人")),
        ("3.12", "人/千人口", value("3.12", number("3.12", "0.01"), "人/千人口")),
        ("≥80", "%", value("≥80", ones(80), "%", AT_LEAST)),
        ("约3", "万平方米", value("约3", number(30_000, 10_000), "平方米", hedge=ABOUT, words=["约"])),
        ("1-2", "万元", span("1-2", number(10_000, 10_000), number(20_000, 10_000), "元")),
        ("10张", "万元", value("10张", ones(10), "张")),
        ("1:1.15", "%", value("1:1.15", number("1.15", "0.01"), "比")),
        ("提高1岁", "%", change("提高1岁", ones(1), "岁", Change(True, None, False))),
        ("提高1", "%", change("提高1", ones(1), "", Change(True, None, False))),
        ("-", "万元", Amount("-", Kind.ABSENT)),
        ("逐步提高", "%", words("逐步提高")),
    ],
)
def test_an_amount_in_the_unit_of_its_row(text, heading, expected):
    """A bare number takes the unit of its row, 万 and 亿 resolved; an amount with a unit of its own keeps it."""
    assert in_unit(parse(text), heading) == expected


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("元", (1, "元")),
        ("万元", (10**4, "元")),
        ("亿元", (10**8, "元")),
        ("万人次", (10**4, "人次")),
        ("千克", (1, "千克")),
        ("/10万", (1, "/10万")),
        ("㎡", (1, "m2")),
        ("万㎡", (10**4, "m2")),
    ],
)
def test_a_heading_is_a_multiplier_and_a_unit(heading, parts):
    """万元 is ten thousand 元; 千克 is a unit and no thousand."""
    assert split_unit(heading) == parts


@pytest.mark.parametrize("heading", ["万万元", "万", "", "k人", "人" * 100_000, "张/" + "1" * 5000 + "人口", "元，人"])
def test_an_unknown_heading_is_refused(heading):
    """A heading outside the closed table is refused whole, even above a cell without a number."""
    for text in ("5", "-"):
        with pytest.raises(UnknownUnit) as refused:
            in_unit(parse(text), heading)
        assert refused.value.text == heading


@pytest.mark.parametrize(
    ("text", "value", "unit", "operator"),
    [
        ("3年半", "7/2", "年", Operator.NONE),
        ("三年半", "7/2", "年", Operator.NONE),
        ("2年5个月", "29", "个月", Operator.NONE),
        ("一年零三个月", "15", "个月", Operator.NONE),
        ("28%以下（不含中药饮片）", "28", "%", Operator.AT_MOST),
        ("以乡镇（街道）为单位达到98%以上", "98", "%", Operator.AT_LEAST),
        ("每人每年不低于680元", "680", "元/年", Operator.AT_LEAST),
        ("在90%以上", "90", "%", Operator.AT_LEAST),
        ("保持在103—107之间", "103", "", Operator.NONE),
        ("3126家次", "3126", "家次", Operator.NONE),
        ("1比1.6", "8/5", "比", Operator.NONE),
        ("55例/10万", "55", "例/10万", Operator.NONE),
        ("5台(套)", "5", "台(套)", Operator.NONE),
    ],
)
def test_what_stands_around_a_number_is_taken_apart(text, value, unit, operator):
    """Spans of years and months are one number; remarks say nothing about how much."""
    amount = parse(text)

    assert (amount.number.value, amount.unit, amount.operator) == (Fraction(value), unit, operator)


@pytest.mark.parametrize("text", ["高于全市平均水平2个百分点", "达到2020年全省平均水平", "低于全国平均水平0.5个千分点"])
def test_a_distance_from_somebody_elses_value_is_words(text):
    """It is no amount of one's own, and no fault either."""
    assert parse(text).kind is Kind.WORDS


def test_what_every_township_must_reach_is_marked():
    """It is no figure of the county as a whole."""
    amount = parse("以乡镇为单位≥95%")

    assert (amount.text, amount.words, amount.operator) == ("以乡镇为单位≥95%", {EACH}, Operator.AT_LEAST)
    assert EACH not in parse("≥95%").words


@pytest.mark.parametrize(("text", "upward"), [("净增142人", True), ("净增加142人", True), ("净减少142人", False)])
def test_a_net_change_is_a_change(text, upward):
    """净 is part of the verb."""
    amount = parse(text)

    assert (amount.kind, amount.change.upward, amount.number.value) == (Kind.RELATIVE, upward, 142)
