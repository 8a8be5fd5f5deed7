"""An address is read into a question; what cannot be read is told, with the nearest that can."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from archive.errors import FieldError
from archive.languages import Words
from archive.web.timelines.questions import Question, asked
from tests.web.marks import day

HEAD = 300


def known(words: str) -> int:
    if not words:
        return HEAD
    if words.isdecimal():
        return int(words)
    raise FieldError(field="known", value=words, accepted=Words("位次", "a position"))


def question(*pairs: tuple[str, str], locale: str = "en") -> Question:
    return asked(MultiDict(pairs), locale=locale, today=date(2026, 11, 21), known=known)


def test_an_empty_address_asks_for_everything_as_known_now() -> None:
    found = question()

    assert (found.first_day, found.last_day, found.known) == (None, None, HEAD)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        pytest.param("2023-07-14", "2023-07-14", "2023-07-14", id="a day"),
        pytest.param("2023-07", "2023-07-01", "2023-07-31", id="a month"),
        pytest.param("2023", "2023-01-01", "2023-12-31", id="a year"),
        pytest.param("2023年7月", "2023-07-01", "2023-07-31", id="Chinese words"),
        pytest.param("Q3 2023", "2023-07-01", "2023-09-30", id="English words"),
    ],
)
def test_words_begin_with_their_first_day_and_end_with_their_last(
    said: str, first: str, last: str
) -> None:
    found = question(("from", said), ("to", said))

    assert (found.first_day, found.last_day) == (day(first), day(last))


def test_filters_are_taken_from_the_address() -> None:
    found = question(
        ("kind", "deal_closed"), ("kind", "deal_announced"), ("group", "deals"),
        ("entity", "openai"), ("q", " 收购 "), ("disputed", "1"), ("lanes", "entity"),
    )  # fmt: skip

    assert found.filters.kinds == {"deal_closed", "deal_announced"}
    assert found.filters.groups == {"deals"}
    assert (found.filters.entity, found.filters.text) == ("openai", "收购")
    assert found.filters.disputed
    assert found.lanes == "entity"


@pytest.mark.parametrize(
    ("pair", "nearest"),
    [
        pytest.param(("from", "2023-02-30"), "2023-02", id="a day that does not exist"),
        pytest.param(("to", "nonsense"), "", id="no date at all"),
        pytest.param(("from", "xx 2023-01-01 yy"), "2023-01-01", id="a date among words"),
        pytest.param(("to", "foo2023-07-20"), "2023-07-20", id="a date behind letters"),
        pytest.param(("to", "-2023-07-20"), "2023-07-20", id="a date behind a sign"),
        pytest.param(("from", "不是2023年7月"), "2023-07", id="a month denied"),
        pytest.param(("kind", "deal_close"), "deal_closed", id="a kind"),
        pytest.param(("importance", "landmarks"), "landmark", id="an importance"),
        pytest.param(("known", "never"), "", id="a position"),
    ],
)
def test_what_cannot_be_taken_is_told_with_the_nearest_that_can(
    pair: tuple[str, str], nearest: str
) -> None:
    found = question(pair)

    assert [(problem.field, problem.value, problem.nearest) for problem in found.problems] == [
        (*pair, nearest)
    ]
    assert pair[1] in found.problems[0].sentence


def test_an_end_before_the_beginning_is_told_and_the_beginning_left_open() -> None:
    found = question(("from", "2024"), ("to", "2023"))

    assert found.first_day is None
    assert found.last_day == day("2023-12-31")
    assert "not after 2023" in found.problems[0].sentence


def test_problems_are_told_in_the_readers_language() -> None:
    found = question(("from", "胡说"), locale="zh")

    assert found.problems[0].sentence.startswith("从：")


def test_a_minus_before_a_word_leaves_out_what_it_names() -> None:
    found = question(
        ("kind", "-deal_closed"), ("group", "deals"), ("entity", "-openai"), ("source", "-a"),
        ("precision", "day"), ("precision", "-month"), ("disputed", "-1"),
        ("importance", "-minor"),
    )  # fmt: skip

    without, choice = found.choice.without, found.choice
    assert without.kinds == {"deal_closed"}
    assert without.entities == {"openai"}
    assert without.sources == {"a"}
    assert choice.precisions == {"day"}
    assert without.precisions == {"month"}
    assert without.importance == {"minor"}
    assert without.disputed
    assert found.filters.groups == {"deals"}
    assert not found.filters.disputed


def test_what_is_left_out_must_exist_too() -> None:
    found = question(("kind", "-deal_close"))

    assert [problem.nearest for problem in found.problems] == ["deal_closed"]


def test_the_margin_is_asked_by_a_date_or_by_the_number_of_a_day() -> None:
    by_date, by_number = question(("held", "2023-06-30")), question(("near", "2460126"))

    assert by_date.held == by_number.held == day("2023-06-30")
    assert question(("vs", "2022")).beside is None
    assert question(("held", "2023"), ("vs", "2022")).beside == day("2022-01-01")
