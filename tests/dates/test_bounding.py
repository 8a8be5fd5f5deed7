"""What a stored EDTF string says: bounds, beginning, end, shape."""

from datetime import date
from time import struct_time

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    Bounds,
    Precision,
    Qualifier,
    Shape,
    bounds,
    describe,
    ending,
    onset,
)
from archive.errors import UnreadableDateError


def days(*ends: str | None) -> Bounds:
    return Bounds(*(date.fromisoformat(end) if end else None for end in ends))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2022-05-14", "2022-05-14", "2022-05-14"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2022-30", "2022-12-01", "2023-02-28"),
        ("2022-34", "2022-04-01", "2022-06-30"),
        ("2022-34~", "2022-04-01", "2022-06-30"),
        ("2022-37", "2022-01-01", "2022-04-30"),
        ("2022-41", "2022-07-01", "2022-12-31"),
        ("2022-05~", "2022-05-01", "2022-05-31"),
        ("2022-05-~14", "2022-05-14", "2022-05-14"),
        ("2022-XX-05", "2022-01-05", "2022-12-05"),
        ("2022-02-3X", None, None),
        ("2022-1X", "2022-10-01", "2022-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("[2022-01..2022-04]", "2022-01-01", "2022-04-30"),
        ("[2022-02-08,2022-08-02]", "2022-02-08", "2022-08-02"),
        ("{1960,1961..1963}", "1960-01-01", "1963-12-31"),
        ("2022-01/2022-04", "2022-01-01", "2022-04-30"),
        ("2022/..", "2022-01-01", None),
        ("2022/", "2022-01-01", None),
        ("../2022", None, "2022-12-31"),
        ("/2022", None, "2022-12-31"),
        ("[..2022-05]", None, "2022-05-31"),
        ("[2022-05..]", "2022-05-01", None),
        ("{..2022-05}", None, "2022-05-31"),
    ],
)
def test_bounds_are_the_outermost_days(
    edtf: str, earliest: str | None, latest: str | None
) -> None:
    if earliest is None and latest is None:
        with pytest.raises(UnreadableDateError):
            bounds(edtf)
        return

    assert bounds(edtf) == days(earliest, latest)


@pytest.mark.parametrize(
    "edtf",
    [
        "", "yesterday", "2022-13", "2022-02-30", "2022-5", "22", "0000", "-0044", "Y12022",
        "2022-05/2021", "[2023..2022]", "2022-33/2022-35", "[2022-34]", "[2022-21..2022-22]",
        "/", "[]", "{}", "[..]", "[2022", "[2022,..2023]", "[2022..,2023]", "9999-24",
        "2022/2023/2024", "２０２２", "2022-05-14T10:00:00", "[2022..2023" + ",2024" * 60 + "]",
        "2022-34-05",
    ],
)  # fmt: skip
def test_what_is_no_edtf_is_refused(edtf: str) -> None:
    with pytest.raises(UnreadableDateError):
        describe(edtf)


@pytest.mark.parametrize(
    ("edtf", "begins", "ends"),
    [
        ("2022-05", days("2022-05-01", "2022-05-31"), None),
        ("2022-05/2023", days("2022-05-01", "2022-05-31"), days("2023-01-01", "2023-12-31")),
        ("2022/2022-05-08", days("2022-01-01", "2022-05-08"), days("2022-05-08", "2022-05-08")),
        ("2022-05-08/2022", days("2022-05-08", "2022-05-08"), days("2022-05-08", "2022-12-31")),
        ("2022/2022-05", days("2022-01-01", "2022-05-31"), days("2022-05-01", "2022-05-31")),
        ("2022-05/..", days("2022-05-01", "2022-05-31"), None),
        ("2022-05/", days("2022-05-01", "2022-05-31"), None),
        ("../2022-05", days(None, "2022-05-31"), days("2022-05-01", "2022-05-31")),
        ("[2022-05..2022-06]", days("2022-05-01", "2022-06-30"), None),
        ("[..2022-05]", days(None, "2022-05-31"), None),
    ],
)
def test_a_stretch_tells_when_it_began_and_when_it_ended(
    edtf: str, begins: Bounds, ends: Bounds | None
) -> None:
    assert (onset(edtf), ending(edtf)) == (begins, ends)


@pytest.mark.parametrize(
    ("edtf", "precision", "shape", "qualifier"),
    [
        ("2022-05-14", Precision.DAY, Shape.UNIT, Qualifier.NONE),
        ("2022-05~", Precision.MONTH, Shape.UNIT, Qualifier.APPROXIMATE),
        ("2022-33", Precision.QUARTER, Shape.UNIT, Qualifier.NONE),
        ("2022-21?", Precision.SEASON, Shape.UNIT, Qualifier.UNCERTAIN),
        ("2022-40", Precision.HALF, Shape.UNIT, Qualifier.NONE),
        ("2022%", Precision.YEAR, Shape.UNIT, Qualifier.BOTH),
        ("202X", Precision.DECADE, Shape.UNIT, Qualifier.NONE),
        ("19XX", Precision.CENTURY, Shape.UNIT, Qualifier.NONE),
        ("2022-05-XX", Precision.MONTH, Shape.UNIT, Qualifier.NONE),
        ("2022-XX", Precision.YEAR, Shape.UNIT, Qualifier.NONE),
        ("[2022-05..2022-06]", Precision.RANGE, Shape.ONE_OF, Qualifier.NONE),
        ("{2021,2022}", Precision.RANGE, Shape.ALL_OF, Qualifier.NONE),
        ("2021~/2022?", Precision.RANGE, Shape.STRETCH, Qualifier.BOTH),
        ("2021/..", Precision.OPEN, Shape.STRETCH, Qualifier.NONE),
        ("[..2021]", Precision.OPEN, Shape.BEFORE, Qualifier.NONE),
        ("[2021..]", Precision.OPEN, Shape.AFTER, Qualifier.NONE),
    ],
)
def test_a_reading_says_how_finely_and_how_surely(
    edtf: str, precision: Precision, shape: Shape, qualifier: Qualifier
) -> None:
    reading = describe(edtf)

    assert (reading.precision, reading.shape, reading.qualifier) == (precision, shape, qualifier)


def iso(moment: struct_time | float) -> str | None:
    return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}" if isinstance(moment, tuple) else None


YEARS = st.integers(1000, 2999)
MARKS = st.sampled_from("~?%")
UNITS = st.one_of(
    YEARS.map(str),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    # Seasons, northern and southern, but those of winter: the package ends them with the year.
    st.builds("{}-{}".format, YEARS, st.sampled_from((21, 22, 23, 25, 26, 27, 29, 31, 32))),
    st.builds("{}-{}".format, YEARS, st.integers(33, 41)),
    st.builds("{}-XX".format, YEARS),
    st.builds("{}-XX-XX".format, YEARS),
    st.builds("{}-{:02}-XX".format, YEARS, st.integers(1, 12)),
    st.builds("{}-XX-{:02}".format, YEARS, st.integers(1, 28)),
    st.builds("{}X".format, st.integers(100, 299)),
    st.builds("{}XX".format, st.integers(10, 29)),
    st.builds("{}{}".format, YEARS, MARKS),
    st.builds("{}X{}".format, st.integers(100, 299), MARKS),
    st.builds("{}-{:02}{}".format, YEARS, st.integers(1, 12), MARKS),
    st.builds("{}-{:02}-{:02}{}".format, YEARS, st.integers(1, 12), st.integers(1, 28), MARKS),
    st.builds("{}-{}{:02}".format, YEARS, MARKS, st.integers(1, 12)),
    st.builds("{}{}-{:02}".format, YEARS, MARKS, st.integers(1, 12)),
    st.builds("{}-{:02}-{}{:02}".format, YEARS, st.integers(1, 12), MARKS, st.integers(1, 28)),
)


@given(UNITS)
def test_bounds_agree_with_the_edtf_package(edtf: str) -> None:
    oracle = parse_edtf(edtf)

    ours = bounds(edtf)

    assert str(ours.earliest) == iso(oracle.lower_strict())
    assert str(ours.latest) == iso(oracle.upper_strict())


MONTHS = st.builds("{}-{:02}".format, YEARS, st.integers(1, 12))
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
PAIRS = st.one_of(*(st.tuples(units, units) for units in (YEARS.map(str), MONTHS, DAYS)))
JOINTS = ("{}/{}", "{}~/{}?", "[{}..{}]", "{{{}..{}}}", "[{},{}]", "{{{},{}}}", "[{0},{0}..{1}]")


@given(PAIRS, st.sampled_from(JOINTS))
def test_bounds_of_several_agree_with_the_edtf_package(units: tuple[str, str], form: str) -> None:
    ends = sorted(units, key=lambda unit: bounds(unit).earliest or date.min)
    whole = form.format(*ends)
    oracle = parse_edtf(whole)

    ours = bounds(whole)

    assert str(ours.earliest) == iso(oracle.lower_strict())
    assert str(ours.latest) == iso(oracle.upper_strict())


@given(
    st.one_of(YEARS.map(str), MONTHS, DAYS),
    st.sampled_from(("{}/..", "../{}", "[{}..]", "[..{}]", "{{{}..}}", "{{..{}}}")),
)
def test_the_known_end_of_an_open_date_agrees_with_the_edtf_package(unit: str, form: str) -> None:
    oracle = parse_edtf(unit)
    assert parse_edtf(form.format(unit)) is not None

    ours = bounds(form.format(unit))

    if ours.earliest is None:
        assert str(ours.latest) == iso(oracle.upper_strict())
    else:
        assert (str(ours.earliest), ours.latest) == (iso(oracle.lower_strict()), None)


@given(UNITS)
def test_bounds_are_ordered(edtf: str) -> None:
    found = bounds(edtf)

    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= found.latest


@given(st.text(max_size=30))
def test_any_text_is_described_or_refused(text: str) -> None:
    try:
        reading = describe(text)
    except UnreadableDateError:
        return

    assert reading.edtf == text
