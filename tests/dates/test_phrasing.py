"""A date in words, which read again gives the same date."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.dates import Style, bounds, describe, phrase, read, restated

REF = date(2023, 8, 15)


@pytest.mark.parametrize(
    ("edtf", "chinese", "english"),
    [
        ("2022-05-14", "2022年5月14日", "14 May 2022"),
        ("2022-05", "2022年5月", "May 2022"),
        ("2022", "2022年", "2022"),
        ("0987", "公元987年", "AD 987"),
        ("202X", "2020年代", "the 2020s"),
        ("19XX", "20世纪", "the 20th century"),
        ("2022-34", "2022年第二季度", "the second quarter of 2022"),
        ("2022-24", "2022年冬季", "winter 2022–2023"),
        ("2022-41", "2022年下半年", "the second half of 2022"),
        ("2019~", "约2019年", "about 2019"),
        ("2019?", "可能是2019年", "possibly 2019"),
        ("2019%", "可能约为2019年", "possibly about 2019"),
        ("[2022-01..2022-04]", "2022年初", "early 2022"),
        ("[2022-03-21..2022-03-31]", "2022年3月下旬", "late March 2022"),
        ("[1994..1996]", "1990年代中期", "the mid-1990s"),
        ("[1997..1999]", "1990年代后期", "the late 1990s"),
        ("[2022-05-09..2022-05-15]", "2022年5月9日当周", "the week of 9 May 2022"),
        ("[2022-05-14..2022-05-15]", "2022年5月14日那个周末", "the weekend of 14 May 2022"),
        ("[2022-01..2022-03]", "2022年1月至3月之间", "between January and March 2022"),
        ("2022-01/2022-03", "2022年1月至3月", "from January to March 2022"),
        ("2021/2022-03", "2021年至2022年3月", "from 2021 to March 2022"),
        ("2022/..", "自2022年起", "from 2022 onward"),
        ("2022/", "自2022年起，止期不详", "from 2022, end unknown"),
        ("/2022", "直到2022年，起期不详", "until 2022, start unknown"),
        ("../2022", "直到2022年", "until 2022"),
        ("[..2022-05]", "不晚于2022年5月", "no later than May 2022"),
        ("[2022-05..]", "不早于2022年5月", "no earlier than May 2022"),
        ("{2019,2021}", "2019年和2021年", "2019 and 2021"),
        (
            "[2022-02-08,2022-08-02]",
            "2022年2月8日或2022年8月2日",
            "8 February 2022 or 2 August 2022",
        ),
        ("2022-XX-05", "2022-XX-05", "2022-XX-05"),
        ("2022-37", "2022-37", "2022-37"),
        ("1950S2", "1950S2", "1950S2"),
        ("098X", "098X", "098X"),
        ("{1960,1961..1963}", "{1960,1961..1963}", "{1960,1961..1963}"),
    ],
)
def test_long_words_are_those_of_a_page(edtf: str, chinese: str, english: str) -> None:
    assert (phrase(edtf, locale="zh"), phrase(edtf, locale="en")) == (chinese, english)


@pytest.mark.parametrize(
    ("edtf", "chinese", "english"),
    [
        ("2022-05-14", "2022年5月14日", "14 May 2022"),
        ("0987-05-14", "公元987年5月14日", "14 May AD 987"),
        ("2022-05", "2022年5月", "May 2022"),
        ("2022", "2022年", "2022"),
        ("202X", "2020年代", "the 2020s"),
        ("19XX", "20世纪", "the 20th century"),
        ("2022-34", "2022年二季度", "Q2 2022"),
        ("2022-24", "2022年冬季", "winter 2022–2023"),
        ("2022-40", "2022年上半年", "H1 2022"),
        ("2019~", "约2019年", "c. 2019"),
        ("2019?", "2019年？", "2019?"),
        ("2019%", "约2019年？", "c. 2019?"),
        ("[2022-01..2022-04]", "2022年初", "early 2022"),
        ("[2022-01..2022-03]", "2022年1月至3月之间", "between January and March 2022"),
        (
            "[2023-03-01..2023-06-29]",
            "2023年3月1日至6月29日之间",
            "between 1 March and 29 June 2023",
        ),
        (
            "[2022-09..2023-08-02]",
            "2022年9月至2023年8月2日之间",
            "between September 2022 and 2 August 2023",
        ),
        ("2023-06-29~", "约2023年6月29日", "c. 29 June 2023"),
        ("2021/2022", "2021年至2022年", "2021 – 2022"),
        ("2022-05-14/2022-05-16", "2022年5月14日至5月16日", "14 May – 16 May 2022"),
        ("2021~/2022", "约2021年至2022年", "c. 2021 – 2022"),
        ("2021?/2022", "可能是2021年至2022年", "from possibly 2021 to 2022"),
        ("2022/..", "2022年起", "since 2022"),
        ("../2022", "直到2022年", "until 2022"),
        ("[..2022]", "不晚于2022年", "no later than 2022"),
        ("[2022..]", "不早于2022年", "no earlier than 2022"),
        ("{2019,2021}", "2019年和2021年", "2019 and 2021"),
        ("[2019,2021]", "2019年或2021年", "2019 or 2021"),
    ],
)
def test_short_words_fit_a_mark(edtf: str, chinese: str, english: str) -> None:
    short = [phrase(edtf, locale=locale, style=Style.SHORT) for locale in ("zh", "en")]

    assert short == [chinese, english]


@pytest.mark.parametrize(
    ("edtf", "chinese", "english"),
    [
        ("2022-05-14", "2022年5月14日", "14 May 2022"),
        ("2022-24", "2022年冬季", "winter 2022 to 2023"),
        ("2022-34", "2022年第二季度", "the second quarter of 2022"),
        ("2019%", "可能约为2019年", "possibly about 2019"),
        ("2021/2022", "2021年至2022年", "from 2021 to 2022"),
        ("[..2022]", "不晚于2022年", "no later than 2022"),
    ],
)
def test_spoken_words_hold_no_signs(edtf: str, chinese: str, english: str) -> None:
    spoken = [phrase(edtf, locale=locale, style=Style.SPOKEN) for locale in ("zh", "en")]

    assert spoken == [chinese, english]


YEARS = st.one_of(st.integers(1, 9998), st.integers(1900, 2100))
DAYS = st.dates(date(1, 1, 2), date(9998, 12, 30)).map(str)
MONTHS = st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12))
PLAIN = st.one_of(DAYS, MONTHS, YEARS.map("{:04}".format))
CODED = st.builds(
    "{:04}-{}".format, YEARS, st.sampled_from((21, 22, 23, 24, 33, 34, 35, 36, 40, 41))
)
UNITS = st.one_of(
    PLAIN, CODED, st.integers(100, 299).map("{}X".format), st.integers(1, 98).map("{:02}XX".format)
)
DOUBTS = st.sampled_from(("", "~", "?", "%"))
QUALIFIED = st.builds("{}{}".format, UNITS, DOUBTS)


def ordered(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other), key=_days)
    return first, second


def _days(unit: str) -> tuple[date, date]:
    found = bounds(unit)
    return found.earliest or date.min, found.latest or date.max


def of_week(day: date, first: int, last: int) -> str:
    monday = day - timedelta(days=day.weekday())
    return f"[{monday + timedelta(days=first)}..{monday + timedelta(days=last)}]"


def last_days(year: int, month: int, doubt: str) -> str:
    last = bounds(f"{year}-{month:02}").latest
    return f"[{year}-{month:02}-21{doubt}..{last}{doubt}]"


# Parts of months, years and decades; weeks and weekends.
VAGUE = st.one_of(
    st.builds(
        "[{0}-{1:02}-{2[0]:02}{3}..{0}-{1:02}-{2[1]:02}{3}]".format,
        st.integers(1000, 2999),
        st.integers(1, 12),
        st.sampled_from(((1, 10), (11, 20))),
        DOUBTS,
    ),
    st.builds(last_days, st.integers(1000, 2999), st.integers(1, 12), DOUBTS),
    st.builds(
        "[{0:04}-{1[0]:02}{2}..{0:04}-{1[1]:02}{2}]".format,
        YEARS,
        st.sampled_from(((1, 4), (5, 8), (9, 12))),
        DOUBTS,
    ),
    st.builds(
        "[{0}{1[0]}{2}..{0}{1[1]}{2}]".format,
        st.integers(100, 299),
        st.sampled_from(((0, 3), (4, 6), (7, 9))),
        DOUBTS,
    ),
    st.builds(
        of_week,
        st.dates(date(1000, 1, 9), date(2999, 12, 1)),
        st.sampled_from((0, 5)),
        st.just(6),
    ),
)
PAIRS = st.builds(ordered, PLAIN, PLAIN).filter(lambda pair: pair[0] != pair[1])
ALIKE = PAIRS.filter(lambda pair: len(pair[0]) == len(pair[1]))
OPEN = st.sampled_from(
    ("{0}{1}/..", "../{0}{1}", "{0}{1}/", "/{0}{1}", "[..{0}{1}]", "[{0}{1}..]")
)
STRETCHES = st.builds("{0[0]}{1}/{0[1]}{2}".format, PAIRS, DOUBTS, DOUBTS)
# A doubt of every member, or of one of them alone.
LISTED = st.sampled_from(
    (
        *("[{0[0]}{1},{0[1]}{1}]", "{{{0[0]}{1},{0[1]}{1}}}"),
        *("[{0[0]}{1},{0[1]}]", "{{{0[0]},{0[1]}{1}}}"),
    )
)
LONGER = st.builds(
    "{2[0]}{0},{1[0]},{1[1]}{2[1]}".format,
    st.integers(1, 999).map("{:04}".format),
    st.builds(ordered, PLAIN, PLAIN).filter(
        lambda pair: pair[0] != pair[1] and pair[0][:4] > "0999"
    ),
    st.sampled_from(("{}", "[]")),
)
EXACT = st.one_of(
    QUALIFIED,
    VAGUE,
    STRETCHES,
    LONGER,
    st.builds(str.format, OPEN, PLAIN, DOUBTS),
    st.builds(str.format, LISTED, PAIRS, DOUBTS),
    st.builds("[{0[0]}{1}..{0[1]}{1}]".format, ALIKE, DOUBTS),
)
# Ends are said in one grain, and a decade as an end by its years.
ROUNDED = st.one_of(
    st.builds("[{0[0]}..{0[1]}]".format, PAIRS),
    st.integers(100, 299).map("[..{}X]".format),
    st.integers(100, 299).map("[{}X..]".format),
)


@given(
    edtf=EXACT, locale=st.sampled_from(("zh", "en")), style=st.sampled_from(Style), ref=st.dates()
)
@example(edtf="[0001-01~,0001]", locale="zh", style=Style.SHORT, ref=date(2000, 1, 1))
def test_words_read_again_give_the_same_notation(
    edtf: str, locale: str, style: Style, ref: date
) -> None:
    words = phrase(edtf, locale=locale, style=style)

    reading = read(words, ref=ref, lang=locale)

    assert reading is not None, words
    assert reading.edtf == edtf, words


@given(
    edtf=ROUNDED,
    locale=st.sampled_from(("zh", "en")),
    style=st.sampled_from(Style),
    ref=st.dates(),
)
def test_words_with_ends_of_two_grains_give_the_same_days(
    edtf: str, locale: str, style: Style, ref: date
) -> None:
    words = phrase(edtf, locale=locale, style=style)

    reading = read(words, ref=ref, lang=locale)

    assert reading is not None, words
    assert (reading.earliest, reading.latest) == (bounds(edtf).earliest, bounds(edtf).latest)
    assert reading.shape is describe(edtf).shape


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("edtf", ["2022-24", "2022-24~", "1999-24"])
def test_a_winter_of_two_years_is_one_winter(edtf: str, locale: str, style: Style) -> None:
    reading = read(phrase(edtf, locale=locale, style=style), ref=REF)

    assert reading is not None
    assert reading.edtf == edtf


@given(st.one_of(EXACT, ROUNDED), st.sampled_from(("zh", "en")), st.sampled_from(Style))
def test_every_style_has_words(edtf: str, locale: str, style: Style) -> None:
    assert phrase(edtf, locale=locale, style=style)


@given(edtf=st.one_of(EXACT, ROUNDED), locale=st.sampled_from(("zh", "en")), ref=st.dates())
def test_what_is_put_into_a_box_is_read_as_the_very_same_date(
    edtf: str, locale: str, ref: date
) -> None:
    put = restated(edtf, locale=locale)

    reading = read(put, ref=ref)
    assert reading is not None, put
    assert reading.edtf == edtf, put


@pytest.mark.parametrize(
    ("edtf", "chinese", "english"),
    [
        ("2023-06-29", "2023年6月29日", "29 June 2023"),
        ("[2022-01..2022-04]", "2022年初", "early 2022"),
        ("[2022-09..2023-08-02]", "[2022-09..2023-08-02]", "[2022-09..2023-08-02]"),
        ("2022-XX-05", "2022-XX-05", "2022-XX-05"),
        ("../..", "../..", "../.."),
    ],
)
def test_a_box_holds_the_notation_only_where_no_words_mean_the_same(
    edtf: str, chinese: str, english: str
) -> None:
    assert (restated(edtf, locale="zh"), restated(edtf, locale="en")) == (chinese, english)
