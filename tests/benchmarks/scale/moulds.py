"""Payloads with holes: an event is checked and encoded once, and poured out many times."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Final, TypeAlias

from archive.log.codec import encode
from archive.vocabulary import Event, KnownEntity, assertions, check
from tests.benchmarks import naming
from tests.benchmarks.casting import Draft
from tests.benchmarks.scale.sayings import NUMBER, SAYINGS, Saying

Filling: TypeAlias = tuple[bytes, ...]

SOURCE: Final = "hole-source"
EVENT: Final = "hole-event"
DAY: Final = "1999-12-30"
_ENTITY: Final = "hole-{number}-{type}"
# Moulds of one saying: as often the data are drawn anew.
EACH: Final = 40
# What is poured, in this order: the source, the event corrected, its new date, the number whole
# and with a mark after its first digits, then of each entity the id, the names in en and zh.
_POINTS: Final = tuple(f"{mark}{at}" for mark in ".," for at in (1, 2, 3))
_FIRST: Final = ("source", "event", "earliest", "edtf", "latest", "whole", *_POINTS)
_HOLES: Final = re.compile(
    rf"(?P<source>{SOURCE})|(?P<event>{EVENT})"
    rf'|(?<="earliest":)(?P<earliest>"{DAY}")|(?<="edtf":)(?P<edtf>"{DAY}")'
    rf'|(?<="latest":)(?P<latest>"{DAY}")'
    r"|hole-(?P<id>\d)-[a-z]+|Hole(?P<en>\d)(?!\d)|空(?P<zh>\d)号"
    rf"|(?P<number>{'[.,]?'.join(NUMBER)})".encode()
)


@dataclass(frozen=True, slots=True)
class Stencil:
    """Bytes with marks for what is poured in, and which things those are, in order."""

    text: bytes
    take: Callable[[Filling], Filling]

    def poured(self, filling: Filling) -> bytes:
        """Return the bytes with *filling* in the holes."""
        return self.text % self.take(filling)


@dataclass(frozen=True)
class Mould:
    """One event with holes: its kind, the types it takes, its subject's place, its facts."""

    event: Event
    draft: Draft
    types: tuple[str, ...]
    subject: int
    facts: int

    @cached_property
    def key(self) -> tuple[str, int]:
        """Return the kind and its version."""
        return self.event.kind, self.event.kind_version

    @cached_property
    def stencil(self) -> Stencil:
        """Return the payload."""
        return _stencil(self.event)

    @cached_property
    def corrected(self) -> Stencil:
        """Return the payload of an event that puts it on another day."""
        return _stencil(_checked(_correction(self.draft, self.event.stream)))


class Moulds:
    """All moulds, and how often each is wanted, the same for the same dice."""

    def __init__(self, dice: random.Random) -> None:
        self.all = [mould for saying in SAYINGS for mould in _moulds(saying, dice)]
        weights = (saying.weight for saying in SAYINGS for _number in range(EACH))
        self.weights = list(accumulate(weights))
        self.retraction = _checked(
            {
                "id": "hole",
                "kind": "claim_retracted",
                "stream": "hole",
                "occurred": {"edtf": DAY},
                "data": {"target": EVENT, "reason": {"zh": "原稿有误", "en": "in error"}},
            }
        )
        self.retracted = _stencil(self.retraction)


@cache
def numbers() -> list[tuple[bytes, ...]]:
    """Return each number of four digits as it is written: whole, and with a mark in it."""
    return [
        tuple(one.encode() for one in (text, *(_marked(text, point) for point in _POINTS)))
        for text in (str(number) for number in range(1000, 10_000) if number % 10)
    ]


def _marked(text: str, point: str) -> str:
    mark, at = point[0], int(point[1])
    return f"{text[:at]}{mark}{text[at:]}"


def _moulds(saying: Saying, dice: random.Random) -> Iterator[Mould]:
    types = tuple(one for each in saying.roles.values() for one in each)
    mentions = [(role, one) for role, each in saying.roles.items() for one in each]
    for _number in range(EACH):
        drawn = {name: dice.choice(values) for name, values in saying.data.items()}
        draft: Draft = {
            "id": EVENT,
            "kind": saying.kind,
            "occurred": {"edtf": DAY, "stated": naming.stated(dice)},
            "entities": [
                {"role": role, "id": _ENTITY.format(number=number, type=one)}
                for number, (role, one) in enumerate(mentions)
            ],
            "data": {name: value for name, value in drawn.items() if value},
            "claims": [{"source": SOURCE, "locator": f"¶{dice.randint(1, 40)}"}],
            "importance": dice.choices(["minor", "major", "landmark"], [80, 17, 3])[0],
        }
        event = _checked(draft)
        subject = int(event.stream.split("-")[1])
        yield Mould(event, draft, types, subject, len(assertions(event)))


def _checked(draft: Draft) -> Event:
    return check(draft, lookup=_known)


def _known(slug: str) -> KnownEntity | None:
    if not slug.startswith("hole-"):
        return None
    _hole, number, entity_type = slug.split("-")
    return KnownEntity(entity_type, {"zh": f"空{number}号", "en": f"Hole{number}"})


def _correction(draft: Draft, stream: str) -> Draft:
    return {
        "id": "hole",
        "kind": "claim_corrected",
        "stream": stream,
        "occurred": {"edtf": "2000-01-01"},
        "data": {
            "target": EVENT,
            "reason": {"zh": "原稿有误", "en": "the source was in error"},
            "reason_kind": "source_error",
            "fields": "occurred",
            "event": draft,
        },
    }


def _stencil(event: Event) -> Stencil:
    payload = encode(event).replace(b"%", b"%%")
    places = [_place(match) for match in _HOLES.finditer(payload)]
    return Stencil(_HOLES.sub(b"%b", payload), _taking(places))


def _taking(places: Sequence[int]) -> Callable[[Filling], Filling]:
    # One place alone would be taken as itself, not as a tuple of one.
    return itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))


def _place(match: re.Match[bytes]) -> int:
    for part, name in enumerate(("id", "en", "zh")):
        if match[name] is not None:
            return len(_FIRST) + 3 * int(match[name]) + part
    if match["number"] is not None:
        point = re.search(rb"[.,]", match["number"])
        return _FIRST.index(f"{point[0].decode()}{point.start()}" if point else "whole")
    return _FIRST.index(str(match.lastgroup))
