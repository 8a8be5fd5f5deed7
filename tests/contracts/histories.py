"""Random histories: many kinds, vague dates, corrections, retractions, disputes, merges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.commands import correct, record, record_all, retract
from archive.commands.knowing import Known
from archive.commands.recording import append_all
from archive.errors import BatchError, RefusedError
from archive.log import Clock
from archive.vocabulary import OPPOSING, check
from tests.builders import a_source, an_event, an_event_with, clock_from
from tests.contracts.drawing import (
    DATES,
    EVERYONE,
    FIELDS,
    MODELS,
    ORGS,
    PEOPLE,
    SOURCES,
    TIMES,
    TITLES,
    dated,
    dates,
    hung_dates,
    occurrences,
    timed,
    world_events,
)

__all__ = ["DATES", "MODELS", "ORGS", "PEOPLE", "SOURCES", "world_events"]

# Of one entity, on one day: the steps of a phase, which go forward.
_PHASES = {
    "organization": ["org_founded", "org_ended"],
    "model": ["model_announced", "model_released", "model_retired"],
    "listing": ["listing_changed"],
    "availability": ["availability_changed"],
}
_ROLES = ("org", "model", "product")
# By what kinds of event a post or a parent changes, and in which role of these it is what changes.
_CHANGING_HANDS = [
    (["role_started", "role_started", "role_ended"], {"role_started": "org", "role_ended": "org"}),
    (
        ["deal_closed", "divested", "stake_changed"],
        {"deal_closed": "target", "divested": "what", "stake_changed": "org"},
    ),
]


@dataclass(frozen=True)
class Move:
    """One step of a history: what is done, to whom (numbers of earlier events), with what.

    A number below nothing counts from the newest event.
    """

    what: str
    raw: dict[str, object] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()


def at_some_time(raw: dict[str, object]) -> st.SearchStrategy[dict[str, object]]:
    """Draw *raw* with a time of day or none."""
    return st.sampled_from(TIMES).map(lambda time: timed(raw, time))


def _about_the_same(raw: dict[str, object], other: dict[str, object]) -> dict[str, object]:
    """Return *raw*, said of those of whom *other* is said."""
    return {**raw, "entities": other["entities"]}


def _of_one(
    raw: dict[str, object], entity: dict[str, object], *, roles: Sequence[str] = _ROLES
) -> dict[str, object]:
    """Return *raw* with *entity* for its subject, whom it names in one of *roles*."""
    entities: list[dict[str, object]] = raw["entities"]  # type: ignore[assignment]  # as made
    told = [one | entity if one["role"] in roles else one for one in entities]
    return {**raw, "entities": told}


@st.composite
def _retellings(draw: st.DrawFn) -> list[dict[str, object]]:
    """Draw two to four events of one kind, about the same."""
    kind = draw(st.sampled_from(sorted(FIELDS)))
    first, *others = draw(st.lists(occurrences(kind), min_size=2, max_size=4))
    return [first, *(_about_the_same(one, first) for one in others)]


@st.composite
def _phases(draw: st.DrawFn) -> list[Move]:
    """Draw steps of one phase of one entity, all on the very same day."""
    phase, when = draw(st.sampled_from(sorted(_PHASES))), draw(dates)
    pool = ORGS if phase in {"organization", "listing"} else MODELS
    entity = draw(st.sampled_from(pool))
    kinds = draw(st.lists(st.sampled_from(_PHASES[phase]), min_size=2, max_size=4))
    raws = [_of_one(draw(occurrences(kind)), entity) for kind in kinds]
    return [Move("record", draw(at_some_time(dated(raw, when)))) for raw in raws]


@st.composite
def _handovers(draw: st.DrawFn) -> list[Move]:
    """Draw by whom one post was taken up and left, or one organization bought and sold."""
    kinds, part = draw(st.sampled_from(_CHANGING_HANDS))
    one, title = draw(st.sampled_from(ORGS)), draw(TITLES)
    told = draw(st.lists(st.sampled_from(kinds).flatmap(occurrences), min_size=2, max_size=5))
    raws = [_with_role(_of_one(raw, one, roles=(part[str(raw["kind"])],)), title) for raw in told]
    return [Move("record", raw) for raw in raws]


def _with_role(raw: dict[str, object], title: str) -> dict[str, object]:
    """Return *raw* with *title* for its post, if it tells of one."""
    data: dict[str, object] = raw["data"]  # type: ignore[assignment]  # as made
    return {**raw, "data": data | {"role": title}} if "role" in data else raw


@st.composite
def _quarrels(draw: st.DrawFn) -> list[Move]:
    """Draw rivals on one day, their dispute, its settlement, and how it is taken up again."""
    when = draw(dates)
    told = [dated(raw, when) for raw in draw(_retellings())]
    rivals = [Move("record", draw(at_some_time(raw))) for raw in told]
    steps = [
        *(Move("dispute", numbers=(-1, -2)), Move("settle", numbers=(-1, -2))),
        *(Move("dispute", numbers=(-2, -1)), Move("settle", numbers=(-2, -1))),
    ]
    begun = draw(st.integers(0, 1))
    ended = draw(st.integers(begun + 1, len(steps)))
    return [*rivals, *steps[begun:ended]]


@st.composite
def _amendments(draw: st.DrawFn) -> list[Move]:
    """Draw an event and what becomes of it: corrections, of corrections too, retractions."""
    first, *others = draw(_retellings())
    found = [Move("record", first)]
    for raw in others:
        said = draw(st.sampled_from([raw, {"occurred": raw["occurred"]}]))
        found.append(Move("correct", said, (draw(st.sampled_from([-1, -2])),)))
    return found + [Move("retract", numbers=(-1,))] * draw(st.integers(0, 1))


@st.composite
def _hung(draw: st.DrawFn) -> list[Move]:
    """Draw events, and one that lies after or before them or between; it may be moved later."""
    first, second, *others = draw(_retellings())
    last = others[-1] if others else draw(world_events())
    sides = {"sides": draw(st.sampled_from([["after"], ["before"], ["after", "before"]]))}
    hung = Move("hang", dated(last, draw(hung_dates())) | sides, (-2, -1))
    again: dict[str, object] = {"occurred": {"edtf": draw(hung_dates())}, **sides}
    moved = [
        Move("correct", {"occurred": {"edtf": draw(dates)}}, (-2,)),
        Move("rehang", again, (-2, -4, -3)),
    ]
    return [
        Move("record", first),
        Move("record", second),
        hung,
        *moved[: draw(st.integers(0, 2))],
    ]


@st.composite
def _mergers(draw: st.DrawFn) -> list[Move]:
    """Draw a merge, what is said meanwhile, and the split that undoes it."""
    sort: dict[str, object] = {"of": draw(st.sampled_from(["organization", "person", "model"]))}
    one, other = draw(st.sampled_from([(0, 1), (1, 0), (1, 2), (0, 2)]))
    said = [Move("record", raw) for raw in draw(st.lists(world_events(), max_size=2))]
    whole = sort | {"more": draw(st.booleans())}
    steps = [Move("merge", whole, (one, other)), *said, Move("split", sort, (other, one))]
    return steps[: draw(st.integers(1, len(steps)))]


number = st.integers(0, 30)
names = st.sampled_from(["甲公司", "Alpha", "智谱 | Zhipu"])
_records = world_events().map(lambda raw: Move("record", raw))
moves = st.one_of(
    _records,
    _records,
    _records,
    st.builds(lambda raw, one: Move("correct", raw, (one,)), world_events(), number),
    st.builds(lambda one: Move("retract", numbers=(one,)), number),
    st.builds(lambda one, other: Move("dispute", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("settle", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("merge", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("split", numbers=(one, other)), number, number),
    st.builds(lambda text, one: Move("name", {"aliases": text}, (one,)), names, number),
)
_alone = moves.map(lambda move: [move])
_retold = _retellings().map(lambda raws: [Move("record", raw) for raw in raws])
_scenes = st.one_of(
    *(_alone, _retold, _phases(), _handovers(), _quarrels(), _amendments(), _hung(), _mergers())
)
_masked = st.builds(lambda one: [Move("mask", numbers=(one,))], number)
_MOST_SCENES, _LONGEST = 7, 20


@st.composite
def _histories(draw: st.DrawFn, scenes: st.SearchStrategy[list[Move]]) -> list[Move]:
    """Draw a history; its length is drawn first, for else most would be of a move or two."""
    many = draw(st.integers(1, _MOST_SCENES))
    return list(chain.from_iterable(draw(scenes) for _number in range(many)))[:_LONGEST]


histories = _histories(_scenes)
# Masking alone takes back what was known: what rests on the past's staying is left without it.
histories_with_masks = _histories(st.one_of(_scenes, _masked))


class Player:
    """Plays a history into an archive as an editor would; what cannot be is left out."""

    def __init__(self, connection: Connection, clock: Clock | None = None) -> None:
        self.connection = connection
        self.clock = clock or clock_from()
        self.events: list[str] = []
        self.originals: set[str] = set()
        self.made = 0

    def begin(self) -> None:
        """Record the sources on which all rests, and the entities, so that each has its names."""
        drafts = [a_source(one) for one in SOURCES]
        record_all(self.connection, drafts, recorded_by="tests", clock=self.clock)

    def play(self, history: Sequence[Move]) -> None:
        """Play each move in turn."""
        for move in history:
            self.step(move)

    def step(self, move: Move) -> None:
        """Play one move; what is not taken leaves nothing behind."""
        self.made += 1
        plays: dict[str, Callable[[Move], None]] = {
            "record": self._record,
            "hang": self._hang,
            "correct": self._correct,
            "rehang": self._rehang,
            "retract": self._retract,
            "mask": self._mask,
            "name": self._name,
            "dispute": self._argue,
            "settle": self._argue,
            "merge": self._reshape,
            "split": self._reshape,
        }
        if move.what in {"record", "name"}:
            plays[move.what](move)
            return
        try:
            plays[move.what](move)
        except (RefusedError, BatchError):  # such as to correct what was retracted
            return

    def _new(self, raw: dict[str, object]) -> str:
        name = f"event-{self.made}"
        record(self.connection, raw={**raw, "id": name}, recorded_by="tests", clock=self.clock)
        return name

    def _record(self, move: Move) -> None:
        """Record an event; one that sells to itself is taken as it once was, unasked."""
        try:
            name = self._new(move.raw)
        except RefusedError:
            name = self._of_old(move.raw)
        self.events.append(name)
        self.originals.add(name)

    def _of_old(self, raw: dict[str, object]) -> str:
        name = f"event-{self.made}"
        event = check({**raw, "id": name}, lookup=Known(self.connection).entity)
        assert event.kind in OPPOSING
        append_all(self.connection, [event], recorded_by="tests", clock=self.clock)
        return name

    def _hang(self, move: Move) -> None:
        self.events.append(self._new(self._between(move.raw, move.numbers)))
        self.originals.add(self.events[-1])

    def _between(self, raw: dict[str, object], numbers: Sequence[int]) -> dict[str, object]:
        """Return *raw* with the events named between which it lies."""
        said: dict[str, object] = {**raw}
        sides: list[str] = said.pop("sides")  # type: ignore[assignment]  # as drawn
        occurred: dict[str, object] = said["occurred"]  # type: ignore[assignment]  # as drawn
        bounds = dict(zip(sides, map(self._target, numbers), strict=False))
        return said | {"occurred": occurred | {side: one for side, one in bounds.items() if one}}

    def _target(self, chosen: int) -> str | None:
        return self.events[chosen % len(self.events)] if self.events else None

    def _correct(self, move: Move) -> None:
        self._put(move.raw, self._target(move.numbers[0]))

    def _rehang(self, move: Move) -> None:
        target, *bounds = move.numbers
        self._put(self._between(move.raw, bounds), self._target(target))

    def _put(self, raw: dict[str, object], target: str | None) -> None:
        """Correct *target*; what is about the correction is about the event."""
        if target is None:
            return
        correct(
            self.connection,
            target=target,
            raw=raw,
            reason_kind="source_error",
            reason="wrong",
            recorded_by="tests",
            event_id=f"event-{self.made}",
            clock=self.clock,
        )
        self.events.append(f"event-{self.made}")

    def _retract(self, move: Move) -> None:
        target = self._target(move.numbers[0])
        if target is None:
            return
        retract(
            self.connection,
            target=target,
            reason="wrong",
            recorded_by="tests",
            event_id=f"event-{self.made}",
            clock=self.clock,
        )

    def _mask(self, move: Move) -> None:
        """Mask an event, and so its corrections with it."""
        target = self._target(move.numbers[0])
        if target in self.originals:
            said = {"target": target, "reason": "not ours to tell"}
            self._new(an_event("text_masked", when="2024-01-01", **said))

    def _argue(self, move: Move) -> None:
        one, other = (self._target(chosen) for chosen in move.numbers)
        if one is None or other is None or one == other:
            return
        rivals = {"claims": f"{one}, {other}", "reason": "they differ"}
        if move.what == "dispute":
            self._new(an_event("claim_disputed", when="2024-01-01", **rivals))
        else:
            self._new(an_event("dispute_settled", when="2024-01-01", choice=one, **rivals))

    def _reshape(self, move: Move) -> None:
        pool = EVERYONE[str(move.raw.get("of", "organization"))]
        one, other = (pool[chosen % len(pool)] for chosen in move.numbers)
        if one is other:
            return
        if move.what == "merge":
            more = [each for each in pool if each not in (one, other)]
            merged = [one, *more] if move.raw.get("more") else [one]
            self._new(an_event_with("entities_merged", {"from": merged, "into": other}))
        else:
            self._new(an_event("entity_split", when="2024-01-01", entity=one, out=[other]))

    def _name(self, move: Move) -> None:
        entity = (ORGS + PEOPLE)[move.numbers[0] % 5]
        aliases = move.raw["aliases"]
        self._new(an_event("names_changed", when="2024-01-01", entity=entity, aliases=aliases))


def played(connection: Connection, history: Sequence[Move]) -> Player:
    """Play *history* into an empty archive and return who played it."""
    player = Player(connection)
    player.begin()
    player.play(history)
    return player
