import pytest
from sqlalchemy import create_engine, text

from archive.projections import ROSTER
from tests.cli.conftest import Run, document


def spoil(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def test_a_rebuild_brings_the_read_models_back(filled: Run, database_url: str) -> None:
    before = document(filled("timeline", "--json"))
    spoil(database_url, "UPDATE occurrence SET v = 0")

    result = filled("rebuild")

    assert result.exit_code == 0
    assert "position 3" in result.stderr
    assert document(filled("timeline", "--json")) == before


def test_read_models_are_rebuilt_by_name(filled: Run) -> None:
    assert filled("rebuild", *[one.name for one in ROSTER]).exit_code == 0


def test_a_read_model_that_does_not_exist_is_refused(filled: Run) -> None:
    result = filled("rebuild", "timelines")

    assert result.exit_code == 1
    assert "timelines" in result.stderr


@pytest.mark.parametrize("arguments", [(), ("--json",)], ids=["words", "json"])
def test_a_whole_log_verifies(filled: Run, arguments: tuple[str, ...]) -> None:
    result = filled("verify", *arguments)

    assert result.exit_code == 0
    assert "3 events" in result.stderr


def test_read_models_that_differ_from_a_rebuild_are_found(filled: Run, database_url: str) -> None:
    filled("rebuild")
    sound = filled("verify", "--read-models")
    spoil(database_url, "UPDATE occurrence SET v = 0")

    spoilt = filled("verify", "--read-models")

    assert sound.exit_code == 0, sound.stderr
    assert spoilt.exit_code == 1
    assert "occurrence" in spoilt.stderr
    assert "archive rebuild" in spoilt.stderr


EMPTIED = {
    "sqlite": "INSERT INTO search_index (search_index) VALUES ('delete-all')",
    "postgresql": "UPDATE search_document SET tokens = ''",
}


def test_a_full_text_that_finds_nothing_any_more_is_found(filled: Run, database_url: str) -> None:
    before = filled("verify")
    spoil(database_url, EMPTIED[database_url.split(":", maxsplit=1)[0]])

    unlooked, spoilt = filled("verify"), filled("verify", "--read-models")

    assert before.exit_code == unlooked.exit_code == 0
    assert "--read-models compares them" in unlooked.stderr
    assert spoilt.exit_code == 1
    assert "search_" in spoilt.stderr
    assert filled("rebuild").exit_code == 0
    mended = filled("verify", "--read-models")
    assert "are what a rebuild makes of it" in mended.stderr


@pytest.mark.parametrize(
    ("locale", "said"),
    [("C", "holds 3 events, but the read models have seen 78"), ("zh_CN.UTF-8", "日志末尾缺失")],
)
def test_a_log_that_ends_before_what_was_seen_of_it_is_said_to_be_cut_off(
    filled: Run, database_url: str, locale: str, said: str
) -> None:
    spoil(database_url, "UPDATE checkpoint SET position = 78")

    result = filled("verify", locale=locale)

    assert result.exit_code == 1
    assert said in result.stderr
    assert "-75" not in result.stderr
    assert "archive rebuild" not in result.stderr


def test_read_models_that_lag_are_found(filled: Run, database_url: str) -> None:
    spoil(database_url, "UPDATE checkpoint SET position = 1")

    result = filled("verify")

    assert result.exit_code == 1
    assert "2 events behind" in result.stderr


def test_a_tampered_event_is_found(filled: Run, sqlite_url: str) -> None:
    filled("ingest", "-", url=sqlite_url, stdin=filled("export").stdout)
    for trigger in ("event_no_update", "event_is_append_only"):
        spoil(sqlite_url, f"DROP TRIGGER IF EXISTS {trigger}")
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event'")
        )
        for name in names.scalars().all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE event SET recorded_by = 'x' WHERE position = 2"))
    engine.dispose()

    result = filled("verify", url=sqlite_url)

    assert result.exit_code == 1
    assert "position 2" in result.stderr


WITHOUT_A_GUARD = {
    "sqlite": "DROP TRIGGER event_delete",
    "postgresql": "ALTER TABLE event DISABLE TRIGGER event_delete",
}


WITH_A_STRANGER = {
    "sqlite": "CREATE TRIGGER quiet BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END",
    "postgresql": "CREATE RULE quiet AS ON INSERT TO event DO INSTEAD NOTHING",
}


@pytest.mark.parametrize(("locale", "said"), [("C", "none of"), ("zh_CN.UTF-8", "不属于本档案")])
def test_a_log_on_which_something_strange_stands_does_not_verify(
    filled: Run, database_url: str, locale: str, said: str
) -> None:
    spoil(database_url, WITH_A_STRANGER[database_url.partition(":")[0]])

    result = filled("verify", locale=locale)

    assert result.exit_code == 1
    assert said in result.stderr
    assert "(quiet)" in result.stderr.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize(("locale", "said"), [("C", "append-only"), ("zh_CN.UTF-8", "只增不改")])
def test_a_log_whose_guards_were_taken_away_does_not_verify(
    filled: Run, database_url: str, locale: str, said: str
) -> None:
    spoil(database_url, WITHOUT_A_GUARD[database_url.partition(":")[0]])

    result = filled("verify", locale=locale)

    assert result.exit_code == 1
    assert said in result.stderr
    assert "(event_delete)" in result.stderr.replace("（", "(").replace("）", ")")
