"""What is known while drafts are checked: what the archive holds, and what the batch brings."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, select

from archive.commands.meeting import (
    Held,
    entities_called,
    events_called,
    mentioned_in,
    published_by,
    published_of,
)
from archive.errors import FieldError
from archive.languages import Words
from archive.log import read_by_ids, read_by_positions
from archive.projections import Standing, standing_of
from archive.projections.tables import entities, entity_merges, sources
from archive.vocabulary import (
    ARCHIVE_KINDS,
    OPPOSING,
    Event,
    KnownEntity,
    Raw,
    demand_two_sides,
    nested_event,
    spoken_of,
)

_UNDOING: Final = frozenset({"claim_retracted", "text_masked"})
# Archive events that speak of others; what they do is undone by another of their kind.
_ABOUT_OTHERS: Final = frozenset(ARCHIVE_KINDS) - {"source_added", "names_changed"}


class MergedOnwardError(FieldError):
    """An entity was itself merged; that merge must be undone before it can be split again."""

    sentence = Words(
        zh="{field}：“{value}”已由事件“{blocker}”并入“{into}”；请先撤销那次合并。",
        en="{field}: “{value}” was itself merged into “{into}” by the event “{blocker}”; "
        "undo that merge first.",
    )

    def __init__(self, *, field: str, value: str, into: str, blocker: str) -> None:
        self.field, self.blocker = field, blocker
        accepted = Words("未被并入他处的实体", "an entity that was not merged elsewhere")
        parts = {"field": field, "value": value, "accepted": accepted}
        super(FieldError, self).__init__(**parts, into=into, blocker=blocker)


class Known:
    """Answers from the archive, each asked once; ``learn`` adds what the batch brings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entities: dict[str, KnownEntity | None] = {}
        self._published: dict[str, str | None] = {}
        self._events: set[str] = set()
        self._standings: dict[str, Standing] = {}
        self._retracted: set[str] = set()
        self._undone: dict[str, tuple[str, ...]] = {}
        self._met: dict[str, Held | None] = {}
        self._merged: dict[str, str] | None = None

    def meet(self, raws: Iterable[Raw], *, ids: Iterable[str] = ()) -> None:
        """Look up at once what drafts mention: entities, sources, the events they are about.

        And which of *ids* the log has. Until it is called again nothing may be recorded.
        """
        mentioned = mentioned_in(raws)
        self._met = events_called(self._connection, mentioned.events.union(ids))
        new = [slug for slug in mentioned.entities - self._entities.keys() if "\0" not in slug]
        self._entities |= entities_called(self._connection, new)
        cited = [slug for slug in mentioned.sources - self._published.keys() if "\0" not in slug]
        self._published |= published_by(self._connection, cited)

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
        return published_of(read_by_positions(self._connection, [position])[position].event)

    def has_event(self, event_id: str) -> bool:
        """Tell whether the log, or the batch so far, has the event."""
        return event_id in self._events or self.is_recorded(event_id)

    def is_recorded(self, event_id: str) -> bool:
        """Tell whether the log already has the event."""
        if event_id in self._met:
            return self._met[event_id] is not None
        return bool(read_by_ids(self._connection, [event_id]))

    def position_of(self, event_id: str) -> int | None:
        """Return the position of the event in the log, or None."""
        found = read_by_ids(self._connection, [event_id]).get(event_id)
        return found.position if found else None

    def standing(self, event_id: str, *, at: int | None = None) -> Standing | None:
        """Return how the event stands by the archive and the batch so far, or as known on *at*."""
        if at is None and event_id in self._standings:
            return self._standings[event_id]
        standing = standing_of(self._connection, event_id, known=at)
        if standing is not None and at is None:
            for kind in self._undone.get(event_id, ()):
                standing = _undone(standing, by=kind)
        return standing

    def learn(self, event: Event, *, is_new: bool = True) -> None:
        """Remember what *event* introduces, for the events after it.

        One that is not new says how another stood when it came, which the archive knows better.
        """
        if is_new:
            self._learn_standings(event)
        self._events.add(event.id)
        if event.kind == "claim_retracted":
            self._retracted |= set(spoken_of(event))
        for mention in event.entities:
            if self._entities.get(mention.id) is None:
                self._entities[mention.id] = KnownEntity(mention.type, mention.names)
        if event.kind == "source_added":
            slug = event.in_role("source")[0].id
            self._published[slug] = str(event.data.get("published") or "")
        if event.kind == "entities_merged":
            into = event.in_role("into")[0].id
            self._homes().update((mention.id, into) for mention in event.in_role("from"))
        if event.kind == "entity_split":
            for mention in event.in_role("out"):
                self._homes().pop(mention.id, None)

    def _learn_standings(self, event: Event) -> None:
        self._standings[event.id] = Standing(event.kind, event.occurred)
        inner = nested_event(event)
        if inner is not None:
            self._standings[inner.id] = Standing(inner.kind, inner.occurred)
        for one in spoken_of(event) if event.kind in _UNDOING else ():
            if one in self._standings:
                self._standings[one] = _undone(self._standings[one], by=event.kind)
            else:
                self._undone[one] = (*self._undone.get(one, ()), event.kind)

    def demands(self) -> tuple[Callable[[Event], None], ...]:
        """Return what a new event must meet; each raises a FieldError that names the field."""
        return (
            self.demand_sources,
            self.demand_events,
            self.demand_live,
            self.demand_home,
            self.demand_apart,
            self.demand_two_sides,
        )

    def demand_sources(self, event: Event) -> None:
        """Demand that every claim rests on a source that is known."""
        for claim in event.claims:
            self.demand_source(claim.source)

    def demand_source(self, slug: str) -> None:
        """Demand that the source called *slug* is known."""
        if self.source(slug) is None:
            accepted = Words("已登记的来源", "a source that the archive holds; see /sources")
            raise FieldError(field="source", value=slug, accepted=accepted)

    def demand_events(self, event: Event) -> None:
        """Demand that whatever *event* is about is known, and a choice among its rivals."""
        for one in spoken_of(event):
            if not self.has_event(one):
                accepted = Words("档案中的事件", "an event that the archive holds")
                names = ("target", "choice", "claims")
                field = next(name for name in names if one in str(event.data.get(name)))
                raise FieldError(field=field, value=one, accepted=accepted)
        if event.kind == "dispute_settled":
            choice, *rivals = spoken_of(event)
            if choice not in rivals:
                among = Words("、".join(rivals), ", ".join(rivals))
                raise FieldError(field="choice", value=choice, accepted=among)

    def demand_live(self, event: Event) -> None:
        """Demand that a target was not taken back, and that a correction corrects that event."""
        if event.kind not in {"claim_corrected", "claim_retracted", "text_masked"}:
            return
        target = spoken_of(event)[0]
        if target in self._retracted or not self._can_be_spoken_of(target, event.kind):
            accepted = Words(
                "尚未撤回的事实、来源或名称", "an event, source or name that was not retracted"
            )
            raise FieldError(field="target", value=target, accepted=accepted)
        inner = nested_event(event)
        if inner is not None and (inner.id != target or inner.kind in _ABOUT_OTHERS):
            accepted = Words(f"标识为“{target}”的事件", f"an event whose id is “{target}”")
            raise FieldError(field="event", value=f"{inner.id} ({inner.kind})", accepted=accepted)

    def _can_be_spoken_of(self, target: str, kind: str) -> bool:
        if target in self._events:
            return True
        if target not in self._met:
            self._met |= events_called(self._connection, [target])
        root, is_live = self._met[target] or (None, False)
        return root is not None and (is_live or kind == "text_masked")

    def demand_home(self, event: Event) -> None:
        """Demand that a merge is not of an entity that was merged before: it lives elsewhere."""
        if event.kind != "entities_merged":
            return
        homes = self._homes()
        for mention in event.entities:
            if mention.id in homes:
                into = homes[mention.id]
                accepted = Words(f"“{into}”，它已并入那里", f"“{into}”, into which it was merged")
                raise FieldError(field=mention.role, value=mention.id, accepted=accepted)

    def demand_apart(self, event: Event) -> None:
        """Demand that what is split is at home, and that nothing merged elsewhere comes out."""
        if event.kind != "entity_split":
            return
        homes, whole = self._homes(), event.in_role("entity")[0].id
        for mention in event.entities:
            into = homes.get(mention.id)
            is_undone = mention.role == "out" and into == whole
            if into is not None and not is_undone:
                raise MergedOnwardError(
                    field=mention.role,
                    value=mention.id,
                    into=into,
                    blocker=self._merge_of(mention.id),
                )

    def demand_two_sides(self, event: Event) -> None:
        """Demand that nobody buys, sells or funds itself, or one with whom it was merged.

        Of the event inside a correction only what it says itself is asked.
        """
        inner = nested_event(event)
        if inner is not None:
            demand_two_sides(inner, {})
        elif event.kind in OPPOSING:
            demand_two_sides(event, self._homes())

    def _merge_of(self, slug: str) -> str:
        """Return the id of the merge that moved the entity called *slug*, if it is recorded."""
        moved = (
            select(entity_merges.c.position)
            .join(entities, entities.c.id == entity_merges.c.from_id)
            .where(entities.c.slug == slug, entity_merges.c.gone.is_(None))
        )
        position = self._connection.scalar(moved)
        if position is None:
            return "…"
        return read_by_positions(self._connection, [position])[position].event.id

    def _homes(self) -> dict[str, str]:
        """Return where each merged entity lives on, by the archive and the batch so far."""
        if self._merged is None:
            home, gone = entities.alias(), entities.alias()
            moved = (
                select(gone.c.slug.label("gone"), home.c.slug.label("home"))
                .select_from(entity_merges)
                .join(gone, gone.c.id == entity_merges.c.from_id)
                .join(home, home.c.id == entity_merges.c.into_id)
                .where(entity_merges.c.gone.is_(None))
            )
            self._merged = {row.gone: row.home for row in self._connection.execute(moved)}
        return self._merged


def _undone(standing: Standing, *, by: str) -> Standing:
    """Return how an event stands after one of the kind *by* is about it."""
    if by == "claim_retracted":
        return replace(standing, occurred=None)
    return replace(standing, is_masked=True)
