from tests.cli.conftest import Run, document


def test_words_find_entities_events_and_sources(filled: Run) -> None:
    answer = document(filled("search", "顶点", "--json"))

    assert [one["id"] for one in answer["entities"]] == ["acme"]
    assert "acme-founded" in [one["id"] for one in answer["events"]]


def test_a_table_names_what_was_found(filled: Run) -> None:
    result = filled("search", "paper")

    assert "paper" in result.stdout
    assert "1 sources" in result.stderr


def test_words_that_are_none_find_nothing(filled: Run) -> None:
    for words in ("'; DROP TABLE event", '"', "*", "的的的", "\\"):
        assert filled("search", words).exit_code == 0


def test_a_table_shows_entities_and_events(filled: Run) -> None:
    result = filled("search", "顶点", locale="zh_CN.UTF-8")

    assert "顶点成立" in result.stdout
    assert "acme" in result.stdout
