"""How easily a password is guessed: from lists of leaked ones, words, names, dates, keys."""

import re
from typing import Final

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from archive.languages import Words

# From 0 to 4; three stands for some hundred million guesses and more.
_STRONG: Final = 3
# The work grows steeply with the length; what begins well enough needs no further look.
_LOOKED_AT: Final = 24
_SHORTEST_NAME: Final = 3
# The 30,000 that stand most often in leaks, the commonest first, in small letters.
_LEAKED: Final = frozenset(FREQUENCY_LISTS["passwords"])
STRENGTHS: Final = (
    Words("极弱：立刻就能猜中", "very weak: guessed at once"),
    Words("弱：很快就能猜中", "weak: soon guessed"),
    Words("一般：仍可猜中", "fair: it can still be guessed"),
    Words("强：很难猜中", "strong: hard to guess"),
    Words("很强：极难猜中", "very strong: very hard to guess"),
)


def is_easily_guessed(password: str, *, name: str) -> bool:
    """Tell whether *password* is a common one or made like one; *name* in it does not count."""
    return strength(password, name=name) < _STRONG


def strength(password: str, *, name: str) -> int:
    """Return how hard *password* is to guess, as a place in STRENGTHS; three and more will do.

    Only its first characters are judged, so that no password costs much work.
    """
    bare = re.sub(re.escape(name), "", password, flags=re.IGNORECASE)
    judged = (bare if len(name) >= _SHORTEST_NAME else password)[:_LOOKED_AT]
    if not judged or is_leaked(password):
        return 0
    return int(zxcvbn(judged)["score"])


def is_leaked(password: str) -> bool:
    """Tell whether *password*, in whatever letters, is one of the commonest in known leaks."""
    return password.casefold() in _LEAKED
