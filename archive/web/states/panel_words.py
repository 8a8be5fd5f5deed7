"""Stakes and shares in the reader's words, as the panel of ownership tells them."""

from decimal import Decimal
from typing import Final

from flask_babel import gettext

from archive.queries import Range, Stake
from archive.vocabulary import ENTITY_TYPES
from archive.web.frame.filters import moment
from archive.web.frame.translating import current_locale

_SHARE: Final = ENTITY_TYPES["organization"].attributes["owners"].value
_ALL: Final = Decimal(100)
_TWO_DIGITS: Final = Decimal("0.01")


def stake_words(stake: Stake) -> str:
    """Return the words under a name in the tree: the share, since when, and how surely."""
    parts = [said.in_language(current_locale()) for said in (stake.words, stake.kind) if said]
    if not stake.is_certain:
        parts.insert(0, gettext("possible"))
    if stake.is_planned:
        parts.insert(0, gettext("change planned"))
    elif stake.is_announced:
        parts.insert(0, gettext("announced"))
    parts.append(moment(stake.since, "short"))
    return " · ".join(parts)


def share_words(share: Range) -> str:
    """Return a range of percent in words."""
    if share.is_open:
        return str(gettext("undisclosed"))
    least, most = (
        f"{one.quantize(_TWO_DIGITS).normalize():f}" for one in (share.least, share.most)
    )
    return str(_SHARE.words(_share_key(share, least, most), current_locale()))


def _share_key(share: Range, least: str, most: str) -> str:
    if share.is_exact:
        return least
    if share.most >= _ALL:
        return f">={least}"
    return f"{least}..{most}" if share.least else f"<={most}"
