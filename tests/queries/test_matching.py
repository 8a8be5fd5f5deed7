"""Words find the same whether few documents match them, or more than are worth handing over."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import (
    Choice,
    Filters,
    Window,
    Without,
    facets,
    find_entities,
    search,
    timeline,
    viewport,
)
from archive.queries.known import matching
from tests.builders import a_source, an_event, recorded

DAYS = Window(2459000, 2461000)
WORDS = ["Acme", "Acme 2", "公司", "nothing at all", "org"]


def answers(connection: Connection) -> Iterator[object]:
    known = head(connection)[0]
    for words in WORDS:
        for asked in (Filters(text=words), Choice(without=Without(text=words))):
            yield timeline(connection, filters=asked, known=known)
            yield viewport(connection, window=DAYS, filters=asked, known=known, most=4)
            yield facets(connection, window=DAYS, filters=asked, known=known)
        yield search(connection, text=words, known=known)
        yield find_entities(connection, text=words)


@pytest.mark.parametrize("few", [0, 3])
def test_many_matches_answer_as_few_do(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    told = [
        an_event(id=f"e{n}", when=f"2023-0{n}", title={"zh": f"公司 {n}", "en": f"Acme {n}"})
        for n in range(1, 7)
    ]
    recorded(connection, [a_source(), *told, an_event("model_released", id="a-model")])
    at_once = list(answers(connection))

    monkeypatch.setattr(matching, "_FEW", few)

    assert list(answers(connection)) == at_once
    found = timeline(connection, filters=Filters(text="Acme"), known=head(connection)[0])
    assert found.total == 6
