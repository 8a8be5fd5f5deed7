"""What a text may cost: names, clauses and dates are looked at once, drafts only so many."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.dates import Reading
from archive.proposing import (
    Proposal,
    dating,
    laying,
    names_in,
    narrating,
    propose,
    propose_some,
    reading,
    staging,
)
from archive.proposing.dating import When
from archive.proposing.reading import MOST_DRAFTS
from archive.proposing.staging import Stage
from tests.proposing.gold import name_all, named

PUBLISHED = date(2024, 5, 20)
COMPANY = named("northwind-ai", "organization", "北风智能", "Northwind AI", "北风")
MODEL = named("osprey", "model", "鱼鹰大模型", "Osprey")


class Counting:
    """A pattern that counts how often it is looked for."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.asked, self.signs = pattern, 0, 0

    def search(self, text: str) -> re.Match[str] | None:
        self._count(text)
        return self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        self._count(text)
        return self.pattern.finditer(text)

    def _count(self, text: str) -> None:
        self.asked += 1
        self.signs += len(text)


CROWDED = "2023年3月8日，北风智能发布了鱼鹰大模型，融资20亿元，"


@pytest.mark.parametrize("name", ["CITED_BEFORE", "ADDRESSED", "RESTED_ON"])
def test_how_a_name_stands_is_looked_for_once_and_near_it(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    name_all(connection, [COMPANY, MODEL])
    counting = Counting(getattr(staging, name))
    monkeypatch.setattr(staging, name, counting)
    text = CROWDED * 100

    propose(connection, text, published=PUBLISHED)

    names = len(names_in(connection, text))
    assert names == 200
    assert counting.asked <= names
    assert counting.signs <= 60 * names


def test_the_clauses_of_a_sentence_are_found_once(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_all(connection, [COMPANY, MODEL])
    laying._joints.cache_clear()  # noqa: SLF001 - what an earlier test left there
    counting = Counting(laying._CLAUSE_END)  # noqa: SLF001 - to count how often it is asked
    monkeypatch.setattr(laying, "_CLAUSE_END", counting)
    text = "".join(f"{number}{CROWDED * 10}\n" for number in range(20))

    propose(connection, text, published=PUBLISHED)

    assert counting.signs <= len(text)


def test_a_date_leans_on_few_before_it_however_long_the_paragraph(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    def noted(words: str, before: Sequence[Reading], *, published: date) -> Reading | None:
        sizes.append(len(before))
        return narrating.mended(words, before, published=published)

    monkeypatch.setattr(dating, "mended", noted)

    propose(connection, "2023年3月8日。" * 200, published=PUBLISHED)

    assert len(sizes) == 200
    assert max(sizes) == 1


def test_a_day_without_its_month_goes_on_from_the_day_before_it(connection: Connection) -> None:
    name_all(connection, [COMPANY])
    text = "2023年3月8日，北风智能成立。什么都没有变。10日，北风智能宣布融资20亿元。"

    found = propose(connection, text, published=PUBLISHED)

    assert found[-1].edtf == "2023-03-10"


@given(most=st.integers(1, 40), lines=st.integers(0, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_the_parts_of_a_text_are_the_whole(connection: Connection, most: int, lines: int) -> None:
    text = "2024年3月，什么都没有改变。\n2024年4月1日，一月二月三月，再没有人来。" * lines
    part = propose_some(connection, text, published=PUBLISHED, most=most)
    parts = [part]

    while part.onward is not None:
        since = part.onward
        part = propose_some(connection, text, published=PUBLISHED, since=since, most=most)
        parts.append(part)

    assert max(len(one.found) for one in parts) < most + 12
    whole = propose(connection, text, published=PUBLISHED)
    assert tuple(found for one in parts for found in one.found) == whole


def test_what_is_beyond_the_cap_is_not_worked_out(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    drafted = reading._proposals  # noqa: SLF001 - to count how often it is asked

    def noted(stage: Stage, dates: Sequence[When]) -> Iterator[Proposal]:
        asked.append(stage)
        return drafted(stage, dates)

    monkeypatch.setattr(reading, "_proposals", noted)

    part = propose_some(connection, "2023年3月8日。" * 5000, published=PUBLISHED)

    assert len(part.found) == MOST_DRAFTS
    assert len(asked) == MOST_DRAFTS + 1
