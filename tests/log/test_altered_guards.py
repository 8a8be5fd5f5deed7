"""Whoever takes a guard of the log away, or makes it weaker, is found out."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from archive.log import altered_guards, put_back_guards, strange_guards
from tests.builders import scratch

GUARDS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal",
}

# Of each guard all that it does.
DOES = {
    "sqlite": "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgenabled, pg_get_triggerdef(pg_trigger.oid), "
    "pg_get_functiondef(tgfoid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}

APPENDS = (
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc "
    "WHERE proname IN ('log_hold', 'log_append', 'log_append_one') ORDER BY proname"
)

DROP = {"sqlite": "DROP TRIGGER {name}", "postgresql": "DROP TRIGGER {name} ON {table}"}


def test_each_guard_that_is_gone_is_named_and_none_that_is_there(kept: Engine) -> None:
    drop = DROP[kept.dialect.name]
    gone = []
    with scratch(kept) as connection:
        assert altered_guards(connection) == []

        for name, table in connection.execute(text(GUARDS[kept.dialect.name])).all():
            connection.exec_driver_sql(drop.format(name=name, table=table))
            gone.append(name)
            assert altered_guards(connection) == sorted(gone)

    assert len(gone) >= 18


ON_FILE = "DROP TRIGGER event_delete"
ON_FILE_ANEW = "CREATE TRIGGER event_delete BEFORE DELETE ON event"
ON_SERVER_ANEW = (
    "CREATE TRIGGER event_delete {} DELETE ON event FOR EACH {} EXECUTE FUNCTION log_refuses()"
)
SAYS_YES = (
    "CREATE OR REPLACE FUNCTION log_refuses() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RETURN OLD; END $$"
)
ON_SERVER = "DROP TRIGGER event_delete ON event"
ALWAYS = "ALTER TABLE event ENABLE ALWAYS TRIGGER event_delete"
WEAKENED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "sqlite": {
        "of one event": [
            ON_FILE,
            f"{ON_FILE_ANEW} WHEN OLD.position = 1 BEGIN SELECT RAISE(ABORT, 'no'); END",
        ],
        "that says yes": [
            ON_FILE,
            f"{ON_FILE_ANEW} BEGIN SELECT 1; END",
        ],
    },
    "postgresql": {
        "of one event": [
            ON_SERVER,
            ON_SERVER_ANEW.format("BEFORE", "ROW WHEN (OLD.position = 1)"),
            ALWAYS,
        ],
        "that says yes": [
            SAYS_YES,
        ],
        "of another moment": [
            ON_SERVER,
            ON_SERVER_ANEW.format("AFTER", "STATEMENT"),
            ALWAYS,
        ],
        "switched off": ["ALTER TABLE event DISABLE TRIGGER event_delete"],
        "off for who calls itself a replica": ["ALTER TABLE event ENABLE TRIGGER event_delete"],
    },
}


# Names are one table's own on a server.
NAMESAKE: Mapping[str, Sequence[str]] = {
    "postgresql": [
        (
            "CREATE TRIGGER event_delete BEFORE DELETE ON tile FOR EACH ROW "
            "EXECUTE FUNCTION log_refuses()"
        ),
        (
            "CREATE TRIGGER tile_delete BEFORE DELETE ON event FOR EACH ROW "
            "EXECUTE FUNCTION log_refuses()"
        ),
    ]
}


def test_a_guard_that_was_made_weaker_is_named(kept: Engine) -> None:
    weakened = WEAKENED[kept.dialect.name]
    named = {}
    for how, statements in weakened.items():
        with scratch(kept) as connection:
            for one in statements:
                connection.exec_driver_sql(one)
            named[how] = "event_delete" in altered_guards(connection)

    assert named == dict.fromkeys(weakened, True)


def test_guards_are_put_back_as_the_migrations_made_them(kept: Engine) -> None:
    dialect = kept.dialect.name
    with scratch(kept) as connection:
        made = connection.execute(text(DOES[dialect])).all()
        for name, table in connection.execute(text(GUARDS[dialect])).all():
            connection.exec_driver_sql(DROP[dialect].format(name=name, table=table))
        gone = altered_guards(connection)

        put_back = put_back_guards(connection)

        assert put_back == gone
        assert len(gone) >= 18
        assert connection.execute(text(DOES[dialect])).all() == made
        assert put_back_guards(connection) == []
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text("DELETE FROM event WHERE position = 1"))


def test_a_guard_that_was_made_weaker_is_put_back(kept: Engine) -> None:
    for statements in WEAKENED[kept.dialect.name].values():
        with scratch(kept) as connection:
            for one in statements:
                connection.exec_driver_sql(one)

            assert "event_delete" in put_back_guards(connection)

            assert altered_guards(connection) == []


def test_a_guard_is_not_taken_for_one_of_its_name_on_another_table(kept: Engine) -> None:
    statements = NAMESAKE.get(kept.dialect.name, ())
    with scratch(kept) as connection:
        for one in statements:
            connection.exec_driver_sql(one)

        assert altered_guards(connection) == []


# What an append runs, and what replaces it: each still tells a position and an instant.
REPLACED: Mapping[str, Sequence[str]] = {
    "log_hold": [
        (
            "CREATE OR REPLACE FUNCTION log_hold(OUT after bigint, OUT instant bigint) "
            "LANGUAGE plpgsql AS $$ "
            "BEGIN SELECT position, recorded_at INTO after, instant FROM log_head; END $$"
        )
    ],
    "log_append": ["DROP FUNCTION log_append"],
    "log_append_one": ["ALTER FUNCTION log_append_one SECURITY DEFINER"],
}


@pytest.mark.parametrize("kept", ["postgres"], indirect=True)
def test_what_appends_is_named_where_it_was_replaced_and_put_back(kept: Engine) -> None:
    with scratch(kept) as connection:
        made = connection.execute(text(APPENDS)).all()
        for statements in REPLACED.values():
            for one in statements:
                connection.exec_driver_sql(one)

        put_back = put_back_guards(connection)

        assert put_back == sorted(REPLACED)
        assert altered_guards(connection) == strange_guards(connection) == []
        assert connection.execute(text(APPENDS)).all() == made


@pytest.mark.parametrize("kept", ["postgres"], indirect=True)
def test_a_namesake_of_what_appends_is_named(kept: Engine) -> None:
    taken = ", ".join(["text"] * 17)
    with scratch(kept) as connection:
        connection.exec_driver_sql(
            f"CREATE FUNCTION log_append_one({taken}, OUT after bigint, OUT ended int) "
            "LANGUAGE plpgsql AS $$ BEGIN END $$"
        )

        assert strange_guards(connection) == ["log_append_one"]
        assert altered_guards(connection) == []


SKIPS = "CREATE FUNCTION skips() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
STRANGE: Mapping[str, Sequence[str]] = {
    "sqlite": ["CREATE TRIGGER quiet BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END"],
    "postgresql": [
        "CREATE TRIGGER quiet BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION skips()",
        "CREATE RULE quiet AS ON INSERT TO event DO INSTEAD NOTHING",
    ],
}
COPIES = "CREATE TRIGGER copies AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION skips()"


def test_what_stands_on_the_log_beside_its_guards_is_named(kept: Engine) -> None:
    on_server = kept.dialect.name == "postgresql"
    for added in STRANGE[kept.dialect.name]:
        with scratch(kept) as connection:
            if on_server:
                connection.exec_driver_sql(SKIPS)
                connection.exec_driver_sql(COPIES)
            assert strange_guards(connection) == []

            connection.exec_driver_sql(added)

            assert strange_guards(connection) == ["quiet"]
            assert altered_guards(connection) == []
