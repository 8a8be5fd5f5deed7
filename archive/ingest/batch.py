"""Drafts → events in the log, all or none, twice as once; or only what would become of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from archive.commands.recording import append_all
from archive.errors import BatchError, RefusedError
from archive.ingest.draft import Draft, placed
from archive.ingest.judging import Fate, Judged, judged_together
from archive.ingest.known import Known
from archive.ingest.masked import demand_masked
from archive.log import Clock, hold, now
from archive.projections import Loader, no_circles
from archive.vocabulary import Event

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch brought: how many events are new, and how many were already there."""

    created: int
    already: int


def judge(
    connection: Connection,
    drafts: Iterable[Draft],
    *,
    ref: date | None = None,
    clock: Clock = now,
) -> Iterator[Judged]:
    """Yield what would become of each draft, in their order; nothing is written.

    *ref* is the day to read words against where neither the row nor its source gives one. What
    the archive says of itself (a source, a name) without a date gets the *clock*'s the first time.
    """
    known = Known(connection, today=clock().date(), ref=ref)
    for piece in _pieces(drafts):
        yield from judged_together(piece, known)
        known.condense()


def take_in(
    connection: Connection,
    drafts: Iterable[Draft],
    *,
    recorded_by: str,
    ref: date | None = None,
    clock: Clock = now,
    progress: Callable[[int], None] | None = None,
    expected: int = 0,
    made: Callable[[Judged], None] | None = None,
) -> Report:
    """Record every draft in the caller's transaction; raise BatchError with all that is wrong.

    Of a long run much is done once, at its end; *expected* says how many drafts there are, if that
    is known. *made* is told of each that is new, before it is recorded.
    """
    before, _instant = hold(connection)
    known = Known(connection, today=clock().date(), ref=ref, before=before)
    loader = Loader(connection, after=before)
    counted, source, done = _Counted(made), iter(drafts), 0

    def take_piece() -> int:
        piece = list(islice(source, _AT_ONCE))
        new = counted.creations(judged_together(piece, known))
        if new:
            # As many of the rest are likely new as of these.
            loader.expect(max(0, expected - done) * len(new) // len(piece))
            append_all(
                connection,
                new,
                recorded_by=recorded_by,
                clock=clock,
                masked=counted.masked,
                loader=loader,
            )
            known.forget()
        known.condense()
        return len(piece)

    while many := _spared(take_piece):
        done += many
        if progress:
            progress(done)
    if counted.errors:
        raise BatchError(counted.errors)
    loader.finish()
    demand_masked(connection, counted.masked)
    return Report(created=counted.fates[Fate.CREATE], already=counted.fates[Fate.ALREADY])


def _spared(take_piece: Callable[[], int]) -> int:
    """Return what *take_piece* does; what it leaves in circles is found before the next."""
    with no_circles():
        return take_piece()


class _Counted:
    """What became of the drafts so far."""

    def __init__(self, made: Callable[[Judged], None] | None) -> None:
        self.made = made
        self.fates = dict.fromkeys(Fate, 0)
        self.errors: list[RefusedError] = []
        self.masked: set[str] = set()

    def creations(self, piece: Iterable[Judged]) -> list[Event]:
        """Count what became of a piece, and return its new events, none after an error."""
        new: list[Event] = []
        for one in piece:
            self.fates[one.fate] += 1
            self.errors += placed(one.errors, place=one.place)
            if one.fate is Fate.CREATE and one.event:
                new.append(one.event)
                self.masked |= {one.id} if one.is_masked else set()
                if self.made and not one.is_masked:
                    self.made(one)
        return [] if self.errors else new


def _pieces(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    source = iter(drafts)
    while piece := list(islice(source, _AT_ONCE)):
        yield piece
