"""A date found in a sentence, and what stands around it there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from archive.dates.grammar.expressions import Understood


@dataclass(frozen=True, slots=True)
class Place:
    """A date found in a sentence, with the words before and after it."""

    found: Understood
    words: str  # the date itself, without the operators before it
    before: str  # all before the date and its operators
    introduced: str  # the operators before it
    after: str
    future: bool
    anchored: bool  # an earlier date stands in the sentence
    names: frozenset[str] = frozenset()  # months and weekdays that are names in this text


# Whether what was found is, in one way or another, no date.
Fault: TypeAlias = Callable[[Place], bool]
