"""The command line of the benchmarks: which measures, over how many events."""

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from archive.vocabulary import Event
from tests.benchmarks import (
    appending,
    finding,
    lighthouse,
    logs,
    making,
    reading_dates,
    rebuilding,
    recording,
    scrolling,
    serving,
    stating,
    verifying,
    viewports,
    weighing,
)
from tests.benchmarks.casting import Draft
from tests.benchmarks.growing import Grown, grow
from tests.benchmarks.machine import described, load
from tests.benchmarks.places import POSTGRES, SQLITE, Place, all_places
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Section, markdown
from tests.benchmarks.scale import running

Measure: TypeAlias = Callable[[Plan], Section]

MEASURES: Final[dict[str, Measure]] = {
    "append": appending.measure,
    "log": logs.measure,
    "record": recording.measure,
    "rebuild": rebuilding.measure,
    "state": stating.measure,
    "find": finding.measure,
    "view": viewports.measure,
    "verify": verifying.measure,
    "dates": reading_dates.measure,
    "bytes": weighing.measure,
    "site": serving.measure,
}
# Apart from the others: they make archives of their own, or take hours where those are long.
SCALE, SCROLLING, LIGHTHOUSE = "scale", "scrolling", "lighthouse"
APART: Final = (SCALE, SCROLLING, LIGHTHOUSE)
EVENTS: Final = 20_000
QUICK: Final = 2_000
# Statements to a server cost more: its archive is grown to this part of the events.
SERVER_PART: Final = 4
REPORT: Final = Path(__file__).parents[2] / "BENCHMARKS.md"
PREFACE: Final = """\
# Benchmarks

Each figure stands beside a rival, or a raw limit, measured in the same run on the same machine, in
turn with it; figures are medians of the rounds. **Speed** is the rival's time over ours: 1× is as
fast, 2× twice as fast, 0.1× ten times slower; by processor time (client and database server
together) and by the clock. Only these ratios travel from one machine to another; ours and
theirs, by processor time, are there to judge them by. Where neighbours share the machine the
clock tells less than the processor, and the processor too is slower than alone.

The events are synthetic and seeded: entities by Zipf's law, 35 % vague dates, 30 % recorded out of
order, 2 % retractions and corrections, summaries about half as long again as the seeds'.
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/benchmarks/run.py", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--events",
        type=int,
        nargs="+",
        default=[EVENTS],
        help="size of the log; scale, scrolling: of each",
    )
    size.add_argument("--quick", action="store_const", dest="events", const=[QUICK])
    parser.add_argument("--rounds", type=int, default=3, help="rounds behind each median")
    choices = [*MEASURES, *APART]
    parser.add_argument("--only", nargs="+", choices=choices, default=list(MEASURES))
    names = [SQLITE.lower(), POSTGRES.lower()]
    parser.add_argument("--databases", nargs="+", choices=names, default=names)
    parser.add_argument("--keep", action="store_true", help="scale, scrolling: keep the log")
    parser.add_argument("--write", action="store_true", help="refresh BENCHMARKS.md")
    asked = parser.parse_args()
    apart = {*asked.only} & {*APART}
    if apart and len(asked.only) > 1:
        parser.error(f"{', '.join(sorted(apart))}: measured alone")
    if not apart and len(asked.events) > 1:
        parser.error("only scale and scrolling take several sizes")
    return asked


def _grown(
    stack: ExitStack,
    places: Sequence[Place],
    drafts: Sequence[Draft],
    events: Sequence[Event],
) -> Sequence[Grown]:
    sizes = {POSTGRES: len(drafts) // SERVER_PART}
    many = [sizes.get(place.name, len(drafts)) for place in places]
    return [
        grow(stack, place, drafts[:size], events[:size])
        for place, size in zip(places, many, strict=True)
    ]


def _told(text: str, told: list[str]) -> None:
    print(text, flush=True)  # noqa: T201 - the run speaks to a terminal
    told.append(text)


def _command(asked: argparse.Namespace) -> str:
    only = "" if len(asked.only) == len(MEASURES) else f" --only {' '.join(asked.only)}"
    events = " ".join(map(str, asked.events))
    some = "" if len(asked.databases) > 1 else f" --databases {asked.databases[0]}"
    options = f"--events {events} --rounds {asked.rounds}{only}{some}"
    return f"command: `.venv/bin/python tests/benchmarks/run.py {options}`"


def main() -> int:
    """Run the measures asked for, tell each as it is done, and keep them if that is wished.

    Return 1 if any broke.
    """
    asked = _arguments()
    told: list[str] = []
    if asked.only[0] in APART:
        return _apart(asked)
    drafts = making.drafts(*asked.events)
    with ExitStack() as stack:
        places = _wanted(stack.enter_context(all_places()), asked)
        events = making.checked(drafts)
        grown = cache(lambda: _grown(stack, places, drafts, events))
        plan = Plan(drafts, events, places, asked.rounds, grown)
        _told(PREFACE, told)
        _told(
            "\n".join(f"- {line}" for line in (*described(places), _command(asked))) + "\n", told
        )
        broken = [name for name in asked.only if not _measured(name, plan, told)]
    _told(f"As the run ended: {load()}.\n", told)
    if asked.write:
        REPORT.write_text("\n".join(told), encoding="utf-8")
    return 1 if broken else 0


def _wanted(places: Sequence[Place], asked: argparse.Namespace) -> tuple[Place, ...]:
    return tuple(place for place in places if place.name.lower() in asked.databases)


def _apart(asked: argparse.Namespace) -> int:
    """Measure what stands apart and tell it; nothing is written to the file."""
    told: list[str] = []
    with all_places() as every:
        places = _wanted(every, asked)
        _told("\n".join(f"- {line}" for line in (*described(places), _command(asked))), told)
        template = Path(next(place.template for place in every if place.name == SQLITE))
        _told(f"\n{markdown(_measured_apart(asked, places, template))}", told)
    _told(f"As the run ended: {load()}.\n", told)
    return 0


def _measured_apart(asked: argparse.Namespace, places: Sequence[Place], template: Path) -> Section:
    if asked.only == [LIGHTHOUSE]:
        return lighthouse.section()
    if asked.only == [SCROLLING]:
        with scrolling.archives_of(asked.events, template=template, keep=asked.keep) as archives:
            return scrolling.section(archives)
    scale = running.Scale(asked.events, places, asked.rounds, template=template, keep=asked.keep)
    return running.measure(scale)


def _measured(name: str, plan: Plan, told: list[str]) -> bool:
    """Tell one measure; one that broke is told as broken, and the run goes on."""
    try:
        section = MEASURES[name](plan)
    except Exception as error:  # noqa: BLE001 - the door of the run: nothing else is lost
        traceback.print_exc()
        _told(f"## {name}\n\nNot measured: {type(error).__name__}.\n", told)
        return False
    _told(markdown(section), told)
    return True


if __name__ == "__main__":
    sys.exit(main())
