"""What is known while drafts are checked: what the archive holds, and what the batch brings."""

from sqlalchemy import Connection, select

from archive.errors import FieldError
from archive.languages import Words
from archive.log import read_by_ids, read_by_positions
from archive.projections.tables import entities, entity_merges, sources
from archive.vocabulary import ARCHIVE_KINDS, Event, KnownEntity, nested_event


class Known:
    """Answers from the archive, each asked once; ``learn`` adds what the batch brings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entities: dict[str, KnownEntity | None] = {}
        self._published: dict[str, str | None] = {}
        self._events: set[str] = set()

    def entity(self, slug: str) -> KnownEntity | None:
        """Return the type and names of the entity called *slug*, or None."""
        if slug not in self._entities:
            query = select(entities).where(entities.c.slug == slug)
            row = self._connection.execute(query).one_or_none()
            self._entities[slug] = (
                KnownEntity(row.type, {"zh": row.name_zh, "en": row.name_en}) if row else None
            )
        return self._entities[slug]

    def source(self, slug: str) -> str | None:
        """Return when the source came out (EDTF), empty if it does not say; None if unknown."""
        if slug not in self._published:
            query = select(sources.c.position).where(sources.c.slug == slug)
            position = self._connection.scalar(query)
            self._published[slug] = None if position is None else self._said_at(position)
        return self._published[slug]

    def _said_at(self, position: int) -> str:
        recorded = read_by_positions(self._connection, [position])[position].event
        event = nested_event(recorded) or recorded
        return str(event.data.get("published") or "")

    def has_event(self, event_id: str) -> bool:
        """Tell whether the log, or the batch so far, has the event."""
        return event_id in self._events or bool(read_by_ids(self._connection, [event_id]))

    def learn(self, event: Event) -> None:
        """Remember what *event* introduces, for the events after it."""
        self._events.add(event.id)
        for mention in event.entities:
            if self._entities.get(mention.id) is None:
                self._entities[mention.id] = KnownEntity(mention.type, mention.names)
        if event.kind == "source_added":
            slug = event.in_role("source")[0].id
            self._published[slug] = str(event.data.get("published") or "")

    def demand_sources(self, event: Event) -> None:
        """Raise FieldError unless every claim rests on a source that is known."""
        for claim in event.claims:
            if self.source(claim.source) is None:
                accepted = Words("已登记的来源", "a source that the archive holds; see /sources")
                raise FieldError(field="source", value=claim.source, accepted=accepted)

    def demand_events(self, event: Event) -> None:
        """Raise FieldError unless every event that an archive event speaks of is known."""
        if event.kind not in ARCHIVE_KINDS:
            return
        accepted = Words("档案中的事件", "an event that the archive holds")
        for field in ("target", "claims", "choice"):
            for one in _listed(event, field):
                if not self.has_event(one):
                    raise FieldError(field=field, value=one, accepted=accepted)
        rivals = _listed(event, "claims")
        if "choice" in event.data and event.data["choice"] not in rivals:
            among = Words("、".join(rivals), ", ".join(rivals))
            raise FieldError(field="choice", value=event.data["choice"], accepted=among)

    def demand_home(self, event: Event) -> None:
        """Raise FieldError for a new merge of what was merged before: it lives elsewhere."""
        if event.kind != "entities_merged" or self.has_event(event.id):
            return
        home, gone = entities.alias(), entities.alias()
        moved = (
            select(gone.c.slug.label("gone"), home.c.slug.label("home"))
            .select_from(entity_merges)
            .join(gone, gone.c.id == entity_merges.c.from_id)
            .join(home, home.c.id == entity_merges.c.into_id)
            .where(entity_merges.c.gone.is_(None))
        )
        homes = {row.gone: row.home for row in self._connection.execute(moved)}
        for mention in event.entities:
            if mention.id in homes:
                into = homes[mention.id]
                accepted = Words(f"“{into}”，它已并入那里", f"“{into}”, into which it was merged")
                raise FieldError(field=mention.role, value=mention.id, accepted=accepted)


def _listed(event: Event, field: str) -> list[str]:
    said = str(event.data.get(field, ""))
    return [one for part in said.split(",") if (one := part.strip())]
