"""Proposals from articles: how many of the seeded events an article reader finds by itself.

The articles belong to their publishers and are no part of the repository: name the folder that
holds them, as an argument or in ARCHIVE_ARTICLES. The dates, kinds and entities that they are
judged by are those of ``seeds/events``. The articles of our own, with what they should propose,
stand in ``tests/proposing`` and are measured always.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import Connection

if __name__ == "__main__":  # in place of this folder, whose rooms would hide modules of one name
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from archive.cli.seed import seed_files
from archive.dates import Reading, describe, sentences
from archive.ingest import drafts_of, take_in
from archive.proposing import Proposal, propose
from archive.resources import folder
from archive.storage import migrate, open_engine, reading, writing
from archive.vocabulary import kind
from tests.proposing.gold import articles, name_all

PLACE: Final = "ARCHIVE_ARTICLES"
_PARAGRAPH: Final = re.compile(r"¶(\d+)")
_FRAME: Final = "从自到至由在于截止"
SEEDS: Final = Path(str(folder("seeds")))
_MARKS: Final = {
    "p": "is_proposed",
    "=": "is_equal",
    "d": "is_dated",
    "k": "is_kind",
    "s": "is_subject",
    "b": "is_both",
}
_OWN_HEADING: Final = ("article of our own", "wanted", "kind, date, entity", "whole", "drafts")
_HEADING: Final = (
    *("article", "dated events", "sentences", "proposed", "date equal", "date right"),
    *("kind right", "main entity right", "both right", "drafts", "ms"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event as recorded: where the article tells it, its date, its kind, whom it is about."""

    paragraphs: frozenset[int]
    stated: str
    when: Reading
    kind: str
    subjects: frozenset[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """How far one event was proposed."""

    wanted: Wanted
    is_proposed: bool
    is_equal: bool
    is_dated: bool
    is_kind: bool
    is_subject: bool
    is_both: bool


def judged(wanted: Wanted, proposals: Sequence[Proposal]) -> Judged:
    """Return how far *wanted* is among the proposals of its paragraphs.

    A date is right when it is the recorded one, or when the recorded one lies within it and has
    the same words: who recorded it narrowed it by what the words do not say.
    """
    near = [one for one in proposals if one.paragraph in wanted.paragraphs]
    proposed = [one for one in near if _is_told_by(one, wanted)]
    equal = [one for one in proposed if _bounds(describe(one.edtf)) == _bounds(wanted.when)]
    dated = [one for one in proposed if one in equal or _holds(describe(one.edtf), wanted.when)]
    of_kind = [one for one in dated if one.kind == wanted.kind]
    about = [one for one in dated if one.subject in wanted.subjects]
    return Judged(
        wanted,
        bool(proposed),
        bool(equal),
        bool(dated),
        bool(of_kind),
        bool(about),
        any(one in of_kind for one in about),
    )


def _is_told_by(one: Proposal, wanted: Wanted) -> bool:
    """Tell whether a draft is of the sentence that states the date, or takes it over."""
    stated, own = wanted.stated.strip(_FRAME), one.stated.strip(_FRAME)
    return wanted.stated in one.quote or (bool(own) and (own in stated or stated in own))


def _bounds(reading: Reading) -> tuple[date | None, date | None]:
    return reading.earliest, reading.latest


def _holds(wide: Reading, narrow: Reading) -> bool:
    opens = wide.earliest is None or (narrow.earliest or date.min) >= wide.earliest
    return opens and (wide.latest is None or (narrow.latest or date.max) <= wide.latest)


def wanted_of(source: str) -> list[Wanted]:
    """Return the seeded events that *source* dates by words of its own."""
    path = SEEDS / "events" / f"{source}.yaml"
    events = yaml.safe_load(path.read_text(encoding="utf-8"))["events"]
    return [one for event in events for one in _wanted(event, source)]


def _wanted(event: Mapping[str, Any], source: str) -> Iterator[Wanted]:
    stated = event["occurred"].get("stated")
    locators = [one["locator"] for one in event["claims"] if one["source"] == source]
    if not stated or not locators:
        return
    subject = event["entities"][kind(event["kind"]).subject]
    yield Wanted(
        frozenset(int(number) for number in _PARAGRAPH.findall(" ".join(locators))),
        stated,
        describe(event["occurred"]["edtf"]),
        event["kind"],
        frozenset([subject] if isinstance(subject, str) else subject),
        event["id"],
    )


def published_of(source: str) -> date:
    """Return the last day on which a seeded source may have come out."""
    path = SEEDS / "sources.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]
    edtf = next(row["published"] for row in rows if row["id"] == source)
    found = describe(edtf).latest
    if found is None:
        raise ValueError(source)
    return found


def row(
    name: str, text: str, each: Sequence[Judged], *, drafts: int, seconds: float
) -> tuple[str, ...]:
    """Return one line of the table."""
    paragraphs = [line for line in text.splitlines() if line.strip()]
    told = {
        sentence
        for one in each
        for number in one.wanted.paragraphs
        for sentence in sentences(paragraphs[number - 1])
        if one.wanted.stated in sentence
    }
    return (
        *(name, str(len(each)), str(len(told)), *_shares(each)),
        *(str(drafts), f"{1000 * seconds:.0f}"),
    )


def measure(
    connection: Connection, files: Sequence[Path]
) -> Iterator[tuple[tuple[str, ...], list[Judged]]]:
    """Yield the line of each article, and what it rests on; the names are indexed beforehand."""
    propose(connection, "", published=date.max)
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        began = time.process_time()
        proposals = propose(connection, text, published=published_of(file.stem), language="zh")
        seconds = time.process_time() - began
        each = [judged(one, proposals) for one in wanted_of(file.stem)]
        yield row(file.stem, text, each, drafts=len(proposals), seconds=seconds), each


def own(connection: Connection) -> Iterator[tuple[str, ...]]:
    """Yield a line for each article of our own, whose entities the archive learns for it."""
    for article in articles():
        name_all(connection, article.entities)
        proposals = propose(
            connection, article.text, published=article.published, language=article.language
        )
        found = [(one, one.found_in(proposals)) for one in article.wanted]
        right = [one for one, proposal in found if proposal is not None]
        whole = [one for one, proposal in found if proposal and not one.lacking(proposal)]
        counts = (len(article.wanted), len(right), len(whole), len(proposals))
        yield (article.name, *map(str, counts))


def main(arguments: Sequence[str]) -> int:
    """Print the figures by article, with ``-v`` what was missed; say so if no folder is named."""
    places = [one for one in arguments if not one.startswith("-")]
    named = places[0] if places else os.environ.get(PLACE, "")
    known = {path.stem for path in (SEEDS / "events").glob("*.yaml")}
    files = [one for one in sorted(Path(named).glob("*.txt")) if named and one.stem in known]
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(f"sqlite:///{place}/archive.db")
        migrate(engine)
        seeds = [str(one) for one in seed_files()]
        with writing(engine) as connection:
            take_in(connection, drafts_of(seeds, stdin=sys.stdin.buffer), recorded_by="seed")
        with reading(engine) as connection:
            lines = list(measure(connection, files))
        with writing(engine) as connection:
            invented = list(own(connection))
        engine.dispose()
    if lines:
        _table(_HEADING, [*(line for line, _each in lines), _total(lines)])
    else:
        _say(f"No articles: name their folder as the argument, or in {PLACE}.\n")
    _table(_OWN_HEADING, invented)
    for line, each in lines if "-v" in arguments else ():
        _missed(line[0], each)
    return 0


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for cells in (heading, ["---"] * len(heading), *rows):
        _say(f"| {' | '.join(cells)} |")
    _say("")


def _total(lines: Sequence[tuple[tuple[str, ...], list[Judged]]]) -> tuple[str, ...]:
    every = [one for _line, each in lines for one in each]
    sums = [str(sum(int(line[at]) for line, _each in lines)) for at in (2, -2, -1)]
    return ("all", str(len(every)), sums[0], *_shares(every), *sums[1:])


def _shares(each: Sequence[Judged]) -> list[str]:
    counts = [sum(getattr(one, name) for one in each) for name in _MARKS.values()]
    return [f"{count} ({100 * count / max(1, len(each)):.1f} %)" for count in counts]


def _missed(name: str, each: Sequence[Judged]) -> None:
    """Tell which events are not among the drafts, and how near one came."""
    _say(name)
    for one in each:
        if not one.is_both:
            marks = "".join(sign if getattr(one, field) else "-" for sign, field in _MARKS.items())
            wanted = one.wanted
            _say(f"  {marks} {wanted.name} {wanted.kind} {wanted.when.edtf} {wanted.stated}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the run speaks to a terminal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
