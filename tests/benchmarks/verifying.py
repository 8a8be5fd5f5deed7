"""Verifying the log, against bare SHA-256 over the same bytes."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection

from archive.log import read_log, verify
from archive.log.codec import encode
from archive.storage import reading
from tests.benchmarks.growing import Grown
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_second
from tests.benchmarks.timing import contest

TITLE: Final = "Verifying the log"
WORDS: Final = (
    "`verify` reads every event, checks density and order, and recomputes both hashes. The first "
    "rival hashes the same payloads and envelopes, joined and in memory beforehand, twice SHA-256 "
    "an event and no reading; the second also reads the rows by the bare driver."
)
HASHING: Final = "bare SHA-256, bytes in memory"
READING: Final = "raw scan and bare SHA-256"


def measure(plan: Plan) -> Section:
    """Return the cost of an event by database."""
    return Section(
        TITLE, WORDS, (per_second(line for one in plan.grown() for line in _lines(one, plan)),)
    )


def _lines(grown: Grown, plan: Plan) -> list[Line]:
    with reading(grown.engine) as connection:
        texts = _texts(connection)
        work: dict[str, Callable[[], object]] = {
            "verify": lambda: verify(connection),
            HASHING: lambda: _hash(texts),
            READING: lambda: _scan(connection),
        }
        costs = contest(work, rounds=plan.rounds, server=processor_of(connection))
    each = {name: cost.over(grown.events) for name, cost in costs.items()}
    what = f"{grown.place.name}, {grown.events:,} events"
    return [Line(what, rival, each["verify"], each[rival]) for rival in (HASHING, READING)]


def _texts(connection: Connection) -> list[tuple[bytes, bytes]]:
    """Return, for each event, bytes as many as its salt and payload, and as its envelope."""
    return [
        (
            bytes(24) + encode(one.event),
            (
                f"0000|1|{one.event.id}|{one.event.stream}|{one.event.kind}|1|"
                f"{one.event.occurred.edtf}|2457000|2457000|{one.microseconds}|{one.recorded_by}"
            ).encode()
            + bytes(12 * 4 + 32),
        )
        for one in read_log(connection)
    ]


def _hash(texts: list[tuple[bytes, bytes]]) -> None:
    for payload, envelope in texts:
        sha256(payload).digest()
        sha256(envelope).digest()


def _scan(connection: Connection) -> None:
    cursor: Any = connection.connection.cursor()
    cursor.execute(
        "SELECT e.position, e.salt, e.payload, e.id, e.edtf, e.recorded_by, e.leaf, "
        "e.payload_hash, s.name FROM event e JOIN stream s ON s.id = e.stream_id ORDER BY position"
    )
    for _position, salt, payload, name, edtf, by, leaf, digest, stream in cursor:
        sha256(salt + payload).digest()
        sha256(leaf + digest + f"{name}{edtf}{by}{stream}".encode()).digest()
