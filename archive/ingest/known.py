"""What is known while a batch is read: from the archive, and from the batch itself."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from archive.errors import FieldError
from archive.ingest.dating import day_of_publication
from archive.languages import Words
from archive.log import RecordedEvent, read_by_ids, read_by_positions
from archive.projections.tables import entities, sources
from archive.vocabulary import Event, KnownEntity, Raw, nested_event


class Known:
    """Answers from the archive, each asked once; ``learn`` adds what the batch brings."""

    def __init__(self, connection: Connection, *, today: date, ref: date | None) -> None:
        self.today = today
        self.ref = ref
        self._connection = connection
        self._entities: dict[str, KnownEntity | None] = {}
        self._published: dict[str, str | None] = {}
        self._events: set[str] = set()

    def entity(self, slug: str) -> KnownEntity | None:
        """Return the type and names of the entity called *slug*, or None."""
        if slug not in self._entities:
            row = self._connection.execute(
                select(entities).where(entities.c.slug == slug)
            ).one_or_none()
            self._entities[slug] = (
                KnownEntity(row.type, {"zh": row.name_zh, "en": row.name_en}) if row else None
            )
        return self._entities[slug]

    def published(self, slug: str) -> date | None:
        """Return the day on which the source came out, if the archive has both."""
        published = self._source(slug)
        return day_of_publication(published) if published else None

    def demand_sources(self, event: Event) -> None:
        """Raise FieldError unless every claim rests on a source that is known."""
        for claim in event.claims:
            if self._source(claim.source) is None:
                accepted = Words("已登记的来源", "a source that the archive holds; see /sources")
                raise FieldError(field="source", value=claim.source, accepted=accepted)

    def demand_target(self, event: Event) -> None:
        """Raise FieldError unless the event that *event* is about is known."""
        target = event.data.get("target")
        if not isinstance(target, str) or target in self._events or self.recorded([target]):
            return
        accepted = Words("档案中的事件", "an event that the archive holds")
        raise FieldError(field="target", value=target, accepted=accepted)

    def recorded(self, ids: Iterable[str]) -> dict[str, RecordedEvent]:
        """Return the events of the log that bear *ids*, by id."""
        return read_by_ids(self._connection, list(ids))

    def learn(self, event: Event) -> None:
        """Remember what *event* introduces, for the events after it."""
        self._events.add(event.id)
        for mention in event.entities:
            if self._entities.get(mention.id) is None:
                self._entities[mention.id] = KnownEntity(mention.type, mention.names)
        if event.kind == "source_added":
            slug = event.in_role("source")[0].id
            self._published[slug] = str(event.data.get("published") or "")

    def assume(self, raw: Raw) -> None:
        """Take the entities and the source of a refused draft for known.

        One bad row is one error, not one more for each row that relies on it.
        """
        mentions = raw.get("entities")
        for mention in mentions if isinstance(mentions, list) else []:
            slug, of_type = mention.get("id"), mention.get("type")
            if isinstance(slug, str) and isinstance(of_type, str) and not self.entity(slug):
                self._entities[slug] = KnownEntity(of_type, {"zh": slug, "en": slug})
            if isinstance(slug, str) and raw.get("kind") == "source_added":
                self._published[slug] = ""

    def _source(self, slug: str) -> str | None:
        """Return when the source came out, empty if it does not say; None for an unknown one."""
        if slug not in self._published:
            position = self._connection.scalar(
                select(sources.c.position).where(sources.c.slug == slug)
            )
            self._published[slug] = None if position is None else self._said_at(position)
        return self._published[slug]

    def _said_at(self, position: int) -> str:
        recorded = read_by_positions(self._connection, [position])[position].event
        event = nested_event(recorded) or recorded
        return str(event.data.get("published") or "")
