"""How easily a password is guessed: from lists of common ones, words, names, dates, keys."""

import re
from typing import Final

from zxcvbn import zxcvbn

# From 0 to 4; three stands for some hundred million guesses and more.
_STRONG: Final = 3
# The work grows steeply with the length; what begins well enough needs no further look.
_LOOKED_AT: Final = 24
_SHORTEST_NAME: Final = 3


def is_easily_guessed(password: str, *, name: str) -> bool:
    """Tell whether *password* is a common one or made like one; *name* in it counts for nothing.

    Only its first characters are judged, so that no password costs much work.
    """
    bare = re.sub(re.escape(name), "", password, flags=re.IGNORECASE)
    judged = (bare if len(name) >= _SHORTEST_NAME else password)[:_LOOKED_AT]
    return not judged or int(zxcvbn(judged)["score"]) < _STRONG
