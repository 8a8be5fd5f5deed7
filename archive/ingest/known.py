"""What is known while files are read: what commands know, and how words are dated."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.commands.knowing import Known as KnownToCommands
from archive.ingest.dating import day_of_publication
from archive.ingest.sameness import digest, says_the_same
from archive.log import RecordedEvent, head, read_by_ids
from archive.projections import Standing
from archive.queries import day_first
from archive.vocabulary import UNDATED, Event, KnownEntity, Occurred, Raw

_MANY: Final = 50_000


class Known(KnownToCommands):
    """Answers from the archive and the batch; ``today`` and ``ref`` date what gives no day.

    ``rows`` are the events of the rows that are not recorded yet, by id, digests of them once
    there are many; ``before`` is where the log ended when the first of them came, if they are
    recorded at all.
    """

    def __init__(
        self, connection: Connection, *, today: date, ref: date | None, before: int | None = None
    ) -> None:
        super().__init__(connection)
        self.today = today
        self.ref = ref
        self.before = before
        self.rows: dict[str, Event | bytes] = {}
        self._whole: list[Event] = []
        self._orders: dict[str, bool | None] = {}

    def published(self, slug: str) -> date | None:
        """Return the day on which the source came out, if the archive has both."""
        published = self.source(slug)
        return day_of_publication(published) if published else None

    def day_first(self, slug: str) -> bool | None:
        """Tell which order of day and month was chosen for the source before."""
        if slug not in self._orders:
            known = head(self._connection)[0]
            self._orders[slug] = day_first(self._connection, source=slug, known=known)
        return self._orders[slug]

    def recorded(self, ids: Iterable[str]) -> dict[str, RecordedEvent]:
        """Return the events of the log that bear *ids*, by id."""
        return read_by_ids(self._connection, list(ids))

    def said_before(self, event: Event) -> bool | None:
        """Tell whether a row that is not recorded yet says the same under the same id.

        False where it says otherwise; None where there is none, and *event* is the first.
        """
        first = self.rows.setdefault(event.id, event)
        if first is event:
            self._whole.append(event)
            return None
        if isinstance(first, bytes):
            return first == digest(event)
        return says_the_same(first, event)

    def condense(self) -> None:
        """Keep of the rows so far no more than tells them from others."""
        for event in self._whole:
            self.rows[event.id] = digest(event)
        self._whole.clear()

    def forget(self) -> None:
        """Leave to the log what it has by now: however long the files, memory stays as it is."""
        self.rows.clear()
        self._whole.clear()
        self._events.clear()
        masked = {name: one for name, one in self._standings.items() if one.is_masked}
        self._standings = masked
        self._undone = {
            name: kinds for name, kinds in self._undone.items() if "text_masked" in kinds
        }
        self._met.clear()
        if len(self._entities) > _MANY:
            self._entities.clear()

    def learn_masked(self, event: Event) -> None:
        """Take an event without its text for known: it introduces nothing, and dates nothing."""
        self._standings[event.id] = Standing(event.kind, event.occurred, is_masked=True)
        self._events.add(event.id)

    def assume(self, raw: Raw) -> None:
        """Take a refused draft, its entities and its source for known.

        One bad row is one error, not one more for each row that relies on it.
        """
        event_id, kind = str(raw.get("id", "")), str(raw.get("kind", ""))
        if not self.standing(event_id):
            self._standings[event_id] = Standing(kind, Occurred(edtf=UNDATED))
        mentions = raw.get("entities")
        for mention in mentions if isinstance(mentions, list) else []:
            if not isinstance(mention, Mapping):
                continue
            slug, of_type = mention.get("id"), mention.get("type")
            if isinstance(slug, str) and isinstance(of_type, str) and not self.entity(slug):
                self._entities[slug] = KnownEntity(of_type, {"zh": slug, "en": slug})
            if isinstance(slug, str) and raw.get("kind") == "source_added":
                self._published[slug] = ""
