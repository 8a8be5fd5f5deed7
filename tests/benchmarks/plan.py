"""What one run of the benchmarks is about: the events, the places, how often."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.vocabulary import Event
from tests.benchmarks.casting import Draft
from tests.benchmarks.growing import Grown
from tests.benchmarks.places import Place


@dataclass(frozen=True, slots=True)
class Plan:
    """The drafts, the same as checked events, where to measure, and in how many rounds.

    ``grown`` gives, for each place, an archive that holds them; the first call records them.
    """

    drafts: Sequence[Draft]
    events: Sequence[Event]
    places: Sequence[Place]
    rounds: int
    grown: Callable[[], Sequence[Grown]]
