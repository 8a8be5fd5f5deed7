"""How many bytes an event takes: the log and each read model, against JSON lines."""

from typing import Final

import msgspec
from sqlalchemy import Connection, text

from archive.log.tables import events, kinds, streams
from archive.projections import ROSTER
from archive.storage import reading
from tests.benchmarks.growing import Grown
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Section, Table

TITLE: Final = "Bytes per event"
WORDS: Final = (
    "Pages of tables and their indexes as they stand when this measure comes, nothing vacuumed "
    "(after the measure of rebuilding they hold free pages too). The rival is the same events as "
    "JSON lines, without hashes, salts or positions."
)
_HEADING: Final = ("place", "what", "bytes an event", "JSON lines, bytes an event", "times")
_SQLITE: Final = text(
    "SELECT COALESCE(s.tbl_name, d.name), SUM(d.pgsize) FROM dbstat d "
    "LEFT JOIN sqlite_master s ON s.name = d.name GROUP BY 1"
)
_POSTGRES: Final = text(
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
)


def measure(plan: Plan) -> Section:
    """Return the bytes of the log and of each read model by database."""
    rows = [row for one in plan.grown() for row in _rows(one, plan)]
    return Section(TITLE, WORDS, (Table(_HEADING, rows),))


def _rows(grown: Grown, plan: Plan) -> list[tuple[str, ...]]:
    with reading(grown.engine) as connection:
        sizes = _sizes(connection)
    lines = sum(len(msgspec.json.encode(event)) + 1 for event in plan.events[: grown.events])
    rival = lines / grown.events
    tables = {"the log": [table.name for table in (events, streams, kinds)]}
    tables |= {f"read model: {one.name}": [t.name for t in one.tables] for one in ROSTER}
    # SQLite keeps the full-text index in tables of its own, and names their pages after them.
    tables["read model: search"] += [name for name in sizes if name.startswith("search_index")]
    weights = {
        what: sum(sizes.get(name, 0) for name in names) / grown.events
        for what, names in tables.items()
    }
    models = sum(weight for what, weight in weights.items() if what != "the log")
    weights["all read models"] = models
    return [
        (grown.place.name, what, f"{weight:,.0f}", f"{rival:,.0f}", f"{weight / rival:.2f}×")
        for what, weight in weights.items()
    ]


def _sizes(connection: Connection) -> dict[str, int]:
    query = _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE
    return {str(name): int(size) for name, size in connection.execute(query)}
