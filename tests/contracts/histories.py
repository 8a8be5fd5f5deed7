"""Random histories: many kinds, vague dates, corrections, retractions, disputes, merges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.commands import correct, record, record_all, retract
from archive.commands.targets import AlreadyRetractedError
from archive.errors import FieldError
from archive.log import Clock
from tests.builders import a_source, an_entity, an_event, an_event_with, clock_from

ORGS = [an_entity(f"org-{letter}") for letter in "abc"]
PEOPLE = [an_entity(f"person-{letter}", "person") for letter in "pq"]
MODELS = [an_entity(f"model-{letter}", "model") for letter in "mn"]
SOURCES = ["paper-one", "paper-two"]
DATES = [
    *("2023-03-05", "2023-03-06", "2023-03-07", "2023-03-20", "2023-03", "2023-03~", "2023-04"),
    *("2023", "2023-33", "[..2023-03-15]", "[2023-03-06..2023-03-09]", "2023-03-06/2023-03-20"),
    *("2023-03/2023-04", "2023-03-05/..", "2022/2023", "2021-05?"),
    *("2023/2023-03-08", "2023/2023-03", "../2023-03-20", "2023-03-08"),  # vaguer begun than ended
]

org, person, model = st.sampled_from(ORGS), st.sampled_from(PEOPLE), st.sampled_from(MODELS)
_LICENCES = ["MIT", "Apache-2.0", "LicenseRef-own"]

FIELDS: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "org_founded": {"org": org, "founders": person, "parent": st.none() | org},
    "org_renamed": {
        "org": org,
        "new_name": st.sampled_from(["新名", "New"]),
        "language": st.just("zh"),
    },
    "org_ended": {"org": org, "manner": st.sampled_from(["dissolved", "paused"])},
    "deal_closed": {
        "buyer": org,
        "target": org,
        "share": st.sampled_from(["100", ">=51", "30", None]),
    },
    "stake_changed": {
        "org": org,
        "holder": org,
        "direction": st.sampled_from(["increase", "exit"]),
        "share_after": st.sampled_from(["10", None]),
    },
    "funding_round": {
        "org": org,
        "phase": st.sampled_from(["closed", "reported"]),
        "amount": st.sampled_from(["5 USD", ">=7 USD", "3 CNY", "0.1 USD"]),
        "lead": st.none() | org,
    },
    "valuation_reported": {
        "org": org,
        "amount": st.sampled_from(["100 USD", "200 USD"]),
        "basis": st.sampled_from(["post_money", "rumour"]),
    },
    "role_started": {"person": person, "org": org, "role": st.sampled_from(["ceo", "chair"])},
    "role_ended": {"person": person, "org": org, "role": st.sampled_from(["ceo", "chair"])},
    "model_announced": {"model": model, "developer": org},
    "model_released": {"model": model, "developer": org, "region": st.sampled_from(["CN", None])},
    "licence_set": {
        "model": model,
        "licence": st.sampled_from(_LICENCES),
        "commercial_use": st.sampled_from(["free", "paid"]),
    },
    "figure_reported": {
        "subject": st.one_of(org, model),
        "measure": st.sampled_from(["users", "revenue"]),
        "value": st.sampled_from(["79 models", "about 80 models"]),
        "basis": st.just("stated"),
    },
    "partnership_made": {
        "parties": st.lists(org, min_size=2, max_size=3, unique_by=str),
        "subject": st.just("算力"),
    },
}


@dataclass(frozen=True)
class Move:
    """One step of a history: what is done, to whom (numbers of earlier events), with what."""

    what: str
    raw: dict[str, object] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()


@st.composite
def world_events(draw: st.DrawFn) -> dict[str, object]:
    """Draw a raw world event without an id."""
    kind = draw(st.sampled_from(sorted(FIELDS)))
    fields = {name: draw(strategy) for name, strategy in FIELDS[kind].items()}
    extra = {"importance": draw(st.sampled_from(["landmark", "major", "minor"]))}
    when, source = draw(st.sampled_from(DATES)), draw(st.sampled_from(SOURCES))
    raw = an_event_with(kind, fields | extra, when=when, source=source)
    return {name: value for name, value in raw.items() if name != "id"}


number = st.integers(0, 30)
names = st.sampled_from(["甲公司", "Alpha", "智谱 | Zhipu"])
moves = st.one_of(
    world_events().map(lambda raw: Move("record", raw)),
    world_events().map(lambda raw: Move("record", raw)),
    world_events().map(lambda raw: Move("record", raw)),
    st.builds(lambda raw, one: Move("correct", raw, (one,)), world_events(), number),
    st.builds(lambda one: Move("retract", numbers=(one,)), number),
    st.builds(lambda one, other: Move("dispute", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("settle", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("merge", numbers=(one, other)), number, number),
    st.builds(lambda one, other: Move("split", numbers=(one, other)), number, number),
    st.builds(lambda text, one: Move("name", {"aliases": text}, (one,)), names, number),
)
histories = st.lists(moves, min_size=1, max_size=14)


class Player:
    """Plays a history into an archive as an editor would; what cannot be is left out."""

    def __init__(self, connection: Connection, clock: Clock | None = None) -> None:
        self.connection = connection
        self.clock = clock or clock_from()
        self.events: list[str] = []
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
        """Play one move."""
        self.made += 1
        plays: dict[str, Callable[[Move], None]] = {
            "record": self._record,
            "correct": self._correct,
            "retract": self._retract,
            "name": self._name,
            "dispute": self._argue,
            "settle": self._argue,
            "merge": self._reshape,
            "split": self._reshape,
        }
        plays[move.what](move)

    def _new(self, raw: dict[str, object]) -> str:
        name = f"event-{self.made}"
        record(self.connection, raw={**raw, "id": name}, recorded_by="tests", clock=self.clock)
        return name

    def _record(self, move: Move) -> None:
        self.events.append(self._new(move.raw))

    def _target(self, chosen: int) -> str | None:
        return self.events[chosen % len(self.events)] if self.events else None

    def _correct(self, move: Move) -> None:
        target = self._target(move.numbers[0])
        if target is None:
            return
        try:
            correct(
                self.connection,
                target=target,
                raw=move.raw,
                reason_kind="source_error",
                reason="wrong",
                recorded_by="tests",
                event_id=f"event-{self.made}",
                clock=self.clock,
            )
        except (AlreadyRetractedError, FieldError):
            return

    def _retract(self, move: Move) -> None:
        target = self._target(move.numbers[0])
        if target is None:
            return
        try:
            retract(
                self.connection,
                target=target,
                reason="wrong",
                recorded_by="tests",
                event_id=f"event-{self.made}",
                clock=self.clock,
            )
        except AlreadyRetractedError:
            return

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
        one, other = (ORGS[chosen % len(ORGS)] for chosen in move.numbers)
        if one is other:
            return
        if move.what == "merge":
            raw = an_event_with("entities_merged", {"from": [one], "into": other})
        else:
            raw = an_event("entity_split", when="2024-01-01", entity=one, out=[other])
        try:
            self._new(raw)
        except FieldError:  # merged into what was merged itself
            return

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
