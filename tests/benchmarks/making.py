"""Synthetic events, seeded and skewed, that the vocabulary takes as it takes an editor's."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from archive.vocabulary import Event, KnownEntity, check
from tests.benchmarks import naming
from tests.benchmarks.casting import Cast, Draft
from tests.benchmarks.sayings import SAYINGS

SEED: Final = 20161122
FIRST_DAY: Final = date(2016, 1, 1)
LAST_DAY: Final = date(2024, 12, 31)
VAGUE: Final = 0.35
BACKDATED: Final = 0.3
AMENDED: Final = 0.02


def _vague(dice: random.Random, day: date) -> str:
    season, quarter = 21 + (day.month - 3) // 3 % 4, 33 + (day.month - 1) // 3
    later = day + timedelta(days=dice.randint(5, 60))
    return dice.choice(
        [
            f"{day:%Y-%m}",
            f"{day:%Y-%m}",
            f"{day:%Y}",
            f"{day.year}-{quarter}",
            f"{day.year}-{season}",
            f"{day:%Y-%m}~",
            f"[..{day}]",
            f"[{day}..{later}]",
            f"{day}/{later}",
        ]
    )


def _edtf(dice: random.Random, progress: float) -> str:
    """Return a date near where the log has come to, or, for what came late, well before it."""
    span = (LAST_DAY - FIRST_DAY).days
    reached = int(progress * span)
    near = max(0, reached - dice.randint(0, 20))
    offset = dice.randint(0, reached) if dice.random() < BACKDATED else near
    day = FIRST_DAY + timedelta(days=offset)
    return _vague(dice, day) if dice.random() < VAGUE else day.isoformat()


def _claims(cast: Cast) -> list[Draft]:
    sources = dict.fromkeys([cast.source(), cast.source()][: 1 + (cast.dice.random() < 0.15)])
    level = cast.dice.choices(["high", "medium", "low"], [75, 20, 5])[0]
    reason: Draft = {"reason": "second hand / 转述"} if level == "low" else {}
    return [
        {"source": one, "locator": f"¶{cast.dice.randint(1, 40)}", "confidence": level} | reason
        for one in sources
    ]


def _world(cast: Cast, number: int, progress: float) -> Draft:
    weights = [weight for weight, _say in SAYINGS.values()]
    kind = cast.dice.choices(list(SAYINGS), weights)[0]
    roles, data = SAYINGS[kind][1](cast)
    return {
        "id": f"event-{number:07d}",
        "kind": kind,
        "occurred": {"edtf": _edtf(cast.dice, progress), "stated": naming.stated(cast.dice)},
        "entities": cast.mentions(roles),
        "data": data,
        "summary": {
            "zh": naming.phrase(cast.dice, "zh", 40),
            "en": naming.phrase(cast.dice, "en", 18),
        },
        "claims": _claims(cast),
        "importance": cast.dice.choices(["minor", "major", "landmark"], [80, 17, 3])[0],
    }


def _subject(draft: Draft) -> str:
    mentions = draft["entities"]
    return str(mentions[0]["id"]) if isinstance(mentions, list) else ""


def _amendment(cast: Cast, number: int, target: Draft, progress: float) -> Draft:
    """Return a retraction of *target*, or its correction to another date."""
    day = (FIRST_DAY + timedelta(days=int(progress * (LAST_DAY - FIRST_DAY).days))).isoformat()
    reason = {"zh": "原稿有误", "en": "the source was in error"}
    said: Draft = {"target": target["id"], "reason": reason}
    kind = "claim_retracted"
    if cast.dice.random() < 0.5:
        kind = "claim_corrected"
        again = target | {"occurred": {"edtf": _edtf(cast.dice, progress)}}
        said |= {"reason_kind": "source_error", "fields": "occurred", "event": again}
    return {
        "id": f"event-{number:07d}",
        "kind": kind,
        "stream": _subject(target),
        "occurred": {"edtf": day},
        "data": said,
    }


def _sources(cast: Cast) -> Iterator[Draft]:
    for slug in cast.sources:
        title = naming.phrase(cast.dice, "zh", 12)
        yield {
            "id": f"{slug}-added",
            "kind": "source_added",
            "occurred": {"edtf": "2024-12-31"},
            "entities": [{"role": "source", "id": slug, "type": "source", "names": {"zh": title}}],
            "data": {"title": title, "language": "zh", "source_kind": "news"},
        }


def drafts(events: int, *, seed: int = SEED) -> list[Draft]:
    """Return *events* drafts in their order of arrival, the same for the same seed.

    Sources come first. Then entities by Zipf's law, vague dates, dates out of order, and at the
    rate of AMENDED retractions and corrections of earlier events, no event twice.
    """
    dice = random.Random(seed)  # noqa: S311 - the same every time is what is wanted
    cast = Cast(dice, events=events)
    made = list(_sources(cast))[:events]
    live: list[Draft] = []
    while len(made) < events:
        progress = len(made) / events
        if live and dice.random() < AMENDED:
            target = live.pop(dice.randrange(len(live)))
            made.append(_amendment(cast, len(made), target, progress))
        else:
            made.append(_world(cast, len(made), progress))
            live.append(made[-1])
    return made


def checked(made: Sequence[Draft]) -> list[Event]:
    """Return the drafts as events, checked against those before them and no database."""
    known: dict[str, KnownEntity] = {}
    events: list[Event] = []
    for draft in made:
        event = check(draft, lookup=known.get)
        known |= {one.id: KnownEntity(one.type, one.names) for one in event.entities}
        events.append(event)
    return events
