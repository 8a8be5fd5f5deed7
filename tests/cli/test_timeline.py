from typing import Any

import pytest

from tests.cli.conftest import Run, document


def ids(page: Any) -> list[str]:
    return [event["id"] for event in page["events"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["acme-founded", "big-buys-acme"]),
        (("--from", "2023-06"), ["big-buys-acme"]),
        (("--to", "2023年5月"), ["acme-founded"]),
        (("--kind", "deal_closed"), ["big-buys-acme"]),
        (("--entity", "big"), ["big-buys-acme"]),
        (("--entity", "acme"), ["acme-founded", "big-buys-acme"]),
        (("--text", "顶点成立"), ["acme-founded"]),
        (("--text", "nowhere"), []),
        (("--limit", "1"), ["acme-founded"]),
    ],
    ids=lambda value: " ".join(value) or "none",
)
def test_events_are_listed_in_order_of_occurrence(
    filled: Run, arguments: tuple[str, ...], found: list[str]
) -> None:
    assert ids(document(filled("timeline", "--json", *arguments))) == found


def test_a_cursor_goes_on_where_the_page_ended(filled: Run) -> None:
    first = document(filled("timeline", "--json", "--limit", "1"))

    second = document(filled("timeline", "--json", "--after", first["next"]))

    assert first["total"] == 2
    assert ids(second) == ["big-buys-acme"]
    assert second["next"] is None


def test_a_table_speaks_the_users_language(filled: Run) -> None:
    english, chinese = filled("timeline"), filled("timeline", locale="zh_CN.UTF-8")

    assert "Acme is founded" in english.stdout
    assert "February 2023" in english.stdout
    assert "2 of 2 events" in english.stderr
    assert "顶点成立" in chinese.stdout
    assert "2023年2月" in chinese.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "someday"), "someday"),
        (("--from", "2024", "--to", "2023"), "--from"),
        (("--kind", "org_foundet"), "org_founded"),
        (("--entity", "acne"), "acne"),
        (("--known", "never"), "known"),
        (("--known", "99"), "known"),
        (("--after", "nonsense"), "after"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_filters_are_refused(filled: Run, arguments: tuple[str, ...], said: str) -> None:
    result = filled("timeline", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
