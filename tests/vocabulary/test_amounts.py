"""Amounts: exact, at least, at most, a range, about; read from words, kept as one line."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import FieldError, RefusedError, UnknownNameError
from archive.vocabulary import amounts
from archive.vocabulary.fields import MEASURE, MONEY, SHARE
from archive.vocabulary.units import UNITS, currencies

CNY, USD = {"currency": "CNY"}, {"currency": "USD"}


def money(text: object) -> dict[str, object]:
    return amounts.read(text, field="amount", unit="money")


def without_words(amount: dict[str, object]) -> dict[str, object]:
    return {part: value for part, value in amount.items() if part != "stated"}


MONEY_WORDS = {
    "2065000000 CNY": {"exact": "2065000000", **CNY},
    "20.65亿元": {"exact": "2065000000", **CNY},
    "US$13bn": {"exact": "13000000000", **USD},
    "$540 million": {"exact": "540000000", **USD},
    "5,000万美元": {"exact": "50000000", **USD},
    "HK$1.2bn": {"exact": "1200000000", "currency": "HKD"},
    "€3m": {"exact": "3000000", "currency": "EUR"},
    "至少10亿元": {"min": "1000000000", **CNY},
    "over $1bn": {"min": "1000000000", **USD},
    ">=5 USD": {"min": "5", **USD},
    "不超过36.35亿元": {"max": "3635000000", **CNY},
    "<=3.635bn CNY": {"max": "3635000000", **CNY},
    "1.8m..3m CNY": {"min": "1800000", "max": "3000000", **CNY},
    "180万至300万元": {"min": "1800000", "max": "3000000", **CNY},
    "约5.4亿美元": {"exact": "540000000", "approximate": True, **USD},
    "about 5 EUR": {"exact": "5", "approximate": True, "currency": "EUR"},
    "0.005 CNY": {"exact": "0.005", **CNY},
    "1万亿元": {"exact": "1000000000000", **CNY},
    "US$1,234,567.50": {"exact": "1234567.5", **USD},
}


@pytest.mark.parametrize(("words", "amount"), MONEY_WORDS.items(), ids=MONEY_WORDS)
def test_money_is_read_from_words(words: str, amount: dict[str, object]) -> None:
    assert without_words(money(words)) == amount


def test_the_words_of_a_person_are_kept_beside_the_number() -> None:
    assert money("20.65亿元")["stated"] == "20.65亿元"
    assert "stated" not in money("2065000000 CNY")
    assert money({"exact": "1", "currency": "CNY", "stated": "一块钱"})["stated"] == "一块钱"


def test_a_share_is_in_percent_whether_it_says_so_or_not() -> None:
    assert SHARE.read(">=51", field="share") == {"min": "51"}
    assert SHARE.read({"exact": "100", "unit": "%"}, field="share") == {"exact": "100"}
    assert without_words(amounts.read("3%", field="share", unit="share")) == {"exact": "3"}
    with pytest.raises(RefusedError):
        SHARE.read("5 CNY", field="share")


REFUSED = {
    "nothing": "",
    "no number": "数亿元",
    "no currency": "5",
    "two bounds, backwards": "5..3 CNY",
    "exact and a bound": {"exact": "1", "min": "0", "currency": "CNY"},
    "no figure": {"currency": "CNY"},
    "not finite": {"exact": "NaN", "currency": "CNY"},
    "infinite": {"max": "Infinity", "currency": "CNY"},
    "no decimal": {"exact": "1,5", "currency": "CNY"},
    "a decimal comma": "20,65亿元",
    "a truth": {"exact": True, "currency": "CNY"},
    "an unknown part": {"exact": "1", "currency": "CNY", "colour": "red"},
    "a list": ["5", "CNY"],
    "longer than anybody counts": {"exact": "1e999999999", "currency": "CNY"},
    "smaller than anybody counts": {"exact": "1e-999999999", "currency": "CNY"},
    "more digits than are kept": "9" * 60 + " CNY",
    "approximate in words": {"exact": "1", "currency": "CNY", "approximate": "false"},
    "endless words": {"exact": "1", "currency": "CNY", "stated": "x" * 5000},
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_is_no_amount_of_money_is_refused_by_field_value_and_what_is_accepted(
    raw: object,
) -> None:
    with pytest.raises(FieldError) as refused:
        money(raw)

    assert refused.value.field.split(".")[0] == "amount"
    assert (
        "CNY" in refused.value.words("zh")
        or "approximate" in refused.value.words("zh")
        or "字符" in refused.value.words("zh")
    )
    assert len(refused.value.words("en")) < 400


def test_an_unknown_currency_or_unit_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as of_money:
        money("5 CNQ")
    with pytest.raises(UnknownNameError) as of_measure:
        MEASURE.read("79 modles", field="value")

    assert "CNY" in of_money.value.nearest
    assert of_money.value.field == "amount"
    assert of_measure.value.nearest[0] == "models"


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_measure_is_read_as_it_is_said(unit: str, locale: str) -> None:
    key = MEASURE.key(MEASURE.read(f"13 {unit}", field="value"))

    again = MEASURE.read(MEASURE.words(key, locale), field="value")

    assert MEASURE.key(again) == key


@pytest.mark.parametrize("sign", ["-", "−"])
def test_less_than_nothing_is_read_with_a_hyphen_and_with_a_minus(sign: str) -> None:
    said = MEASURE.read(f"{sign}21%", field="value")

    assert MEASURE.words(MEASURE.key(said), "en") == "−21%"


def test_nothing_of_a_long_number_is_rounded_away() -> None:
    long = "1234567890123456789012345678.75"

    assert money(f"{long} CNY")["exact"] == long


# --- laws ---------------------------------------------------------------------------------------

numbers = st.decimals(
    min_value=Decimal("-1e15"), max_value=Decimal("1e15"), allow_nan=False, places=4
).map(amounts._plain)  # noqa: SLF001  # the canonical spelling is the point
shapes = st.one_of(
    st.fixed_dictionaries({"exact": numbers}),
    st.fixed_dictionaries({"min": numbers}),
    st.fixed_dictionaries({"max": numbers}),
    st.tuples(numbers, numbers)
    .map(lambda pair: sorted(pair, key=Decimal))
    .map(lambda pair: {"min": pair[0], "max": pair[1]}),
)
units = st.one_of(
    st.sampled_from(sorted(UNITS)).map(lambda name: {"unit": name}),
    st.sampled_from(sorted(currencies())).map(lambda name: {"currency": name}),
)
about = st.sampled_from([{}, {"approximate": True}])


@given(shape=shapes, unit=units, doubt=about)
def test_the_key_of_a_measure_reads_back_as_the_same_measure(
    shape: dict[str, object], unit: dict[str, object], doubt: dict[str, object]
) -> None:
    amount = MEASURE.read({**shape, **unit, **doubt}, field="value")
    assert isinstance(amount, dict)

    again = MEASURE.read(MEASURE.key(amount), field="value")

    assert again == amount
    assert MEASURE.key(again) == MEASURE.key(amount)


@given(shape=shapes, currency=st.sampled_from(sorted(currencies())), doubt=about)
def test_the_key_of_money_reads_back_as_the_same_money(
    shape: dict[str, object], currency: str, doubt: dict[str, object]
) -> None:
    amount = MONEY.read({**shape, "currency": currency, **doubt}, field="amount")

    assert MONEY.read(MONEY.key(amount), field="amount") == amount


@given(shape=shapes, doubt=about)
def test_the_key_of_a_share_reads_back_as_the_same_share(
    shape: dict[str, object], doubt: dict[str, object]
) -> None:
    amount = SHARE.read({**shape, **doubt}, field="share")

    assert SHARE.read(SHARE.key(amount), field="share") == amount


@given(shape=shapes, unit=units, doubt=about, locale=st.sampled_from(["zh", "en"]))
def test_every_amount_can_be_said(
    shape: dict[str, object], unit: dict[str, object], doubt: dict[str, object], locale: str
) -> None:
    amount = MEASURE.read({**shape, **unit, **doubt}, field="value")

    # The dinar of Jordan, 约旦, is not about anything.
    spoken = MEASURE.words(MEASURE.key(amount), locale).replace("约旦", "")

    assert any(letter.isdigit() for letter in spoken)
    assert ("约" in spoken or "about" in spoken) is bool(doubt)


def tried(text: str) -> dict[str, object] | RefusedError:
    try:
        return money(text)
    except RefusedError as error:
        return error


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    answer = tried(text)

    if isinstance(answer, RefusedError):
        assert answer.words("zh") != answer.words("en")
    else:
        assert {"exact", "min", "max"} & set(answer)


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2065000000 CNY", "20.65亿元", "2.065 billion CNY"),
        (">=51 percent", "至少51%", "at least 51%"),
        ("999949999 USD", "9.9995亿美元", "999.95 million USD"),
        ("999990000 USD", "9.9999亿美元", "999.99 million USD"),
        ("999999999 USD", "10亿美元", "1 billion USD"),
        ("-999999999.99 USD", "−10亿美元", "−1 billion USD"),
        ("9999.99999 USD", "1万美元", "10,000 USD"),
        ("<=3635000000 CNY", "不超过36.35亿元", "at most 3.635 billion CNY"),
        ("~540000000 USD", "约5.4亿美元", "about 540 million USD"),
        ("1800000..3000000 CNY", "180万至300万元", "1.8 million–3 million CNY"),
        ("79 models", "79个模型", "79 models"),
    ],
)
def test_an_amount_is_said_as_each_language_says_it(key: str, zh: str, en: str) -> None:
    assert MEASURE.words(key, "zh") == zh
    assert MEASURE.words(key, "en") == en


@given(
    st.decimals(min_value=-(10**14), max_value=10**14, places=7, allow_nan=False),
    st.sampled_from(["zh", "en"]),
)
def test_a_number_is_grouped_as_its_locale_groups_it(number: Decimal, locale: str) -> None:
    small = number / 10**9

    grouped = format_decimal(small, format="#,##0.####", locale=locale).replace("-", "−")
    assert amounts._grouped(small) == grouped  # noqa: SLF001 - what is said is made of it


def test_the_largest_amounts_are_said_too() -> None:
    said = amounts.words({"exact": "1" + "0" * 40, **CNY}, "en")

    assert said.endswith(" trillion CNY")


@pytest.mark.parametrize(
    ("unit", "said", "unsaid"), [("money", "US$13bn", "%"), ("share", "51%", "US$")]
)
def test_what_is_accepted_is_told_for_the_field_at_hand(unit: str, said: str, unsaid: str) -> None:
    with pytest.raises(FieldError) as refused:
        amounts.read("about a hundred or so", field="it", unit=unit)

    assert said in refused.value.words("en")
    assert unsaid not in refused.value.words("en")
    assert unsaid not in refused.value.words("zh")
