"""One assertion of a cell, as it was told: the smallest thing that a state is made of."""

from typing import Final

import msgspec

from archive.dates import UNTIMED
from archive.projections import PER_EVENT

# Who leaves a post where a stretch in it ends: whoever had it by that very telling. Nobody is
# called so.
OF_ITS_STRETCH: Final = " "


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One assertion of a cell; ``value`` None ends it. ``is_set_aside``: a rival was preferred.

    ``id`` is the position of its event × 1024 + a number, ``kind`` the kind of the event. Where
    the value is that a post is vacant, or that a parent is none any more, ``leaver`` is whoever
    left it; at the end of a stretch in a post it is OF_ITS_STRETCH. ``clock`` is the number of the
    time stated beside an exact day. ``round`` tells a round of funding apart from others of its
    very date.
    """

    id: int
    lo: int
    v: int
    hi: int
    value: str | None
    number: float | None = None
    is_disputed: bool = False
    is_preferred: bool = False
    is_set_aside: bool = False
    kind: str = ""
    leaver: str = ""
    round: str = ""
    clock: int = UNTIMED

    @property
    def telling(self) -> tuple[int, int, int]:
        """Return what tells this from the facts of other events and of other dates."""
        return (self.id // PER_EVENT, self.lo, self.hi)
