"""The door for what a person typed: words are read, EDTF is checked by the ``edtf`` package."""

import re
import sys
from contextlib import redirect_stdout
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import ClassVar, Final

from edtf import EDTFParseException, parse_edtf

from archive.dates.bounding import describe
from archive.dates.notation import UNDATED
from archive.dates.reading import read
from archive.dates.readings import Reading
from archive.dates.wording import NO_DATE_AS_TYPED
from archive.errors import UnreadableDateError
from archive.languages import Words

# The package takes 6 to 15 ms for a date, as much for each member of a set: in what is longer,
# our own bounds decide alone.
_LONGEST_CHECKED: Final = 60
_LOOKS: Final = re.compile(
    r"[\[{]?[?~%]?(?:Y-?\d|-?[0-9X]{4}(?!\d)|\.\.|/)[0-9XYSEeTZ?~%./,:+\-\s\]}]*"
)
_SEASON: Final = re.compile(r"(?P<unit>\d{4}-(?:2[1-9]|3\d|4[01]))[?~%]")
_BRACKETS: Final = frozenset("[{")
_MARKS: Final = re.compile(r"[?~%]")
_BEFORE_ALL: Final = re.compile(
    r"公元前|西元前|纪元前|^\s*前\s*\d{2,4}\s*年"
    r"|\d\s*(?:BCE?\b|B\.\s?C\.)|\bBC\s*\d|^\s*-\d{4}(?!\d)",
    re.IGNORECASE,
)
_ONE_AT_A_TIME: Final = Lock()


class NoNotationError(UnreadableDateError):
    """What looks like EDTF and is none."""

    sentence = Words(
        zh="{field}：“{value}”形似 EDTF，但写法有误；可接受例如：{accepted}。",
        en="{field}: “{value}” looks like EDTF but is none; accepted, for example: {accepted}.",
    )
    examples: ClassVar[Words] = Words(
        zh="2023-07-14、2023-07~、[2023-07..2023-09]、2023/..",
        en="2023-07-14, 2023-07~, [2023-07..2023-09], 2023/..",
    )


class UnkeptNotationError(UnreadableDateError):
    """EDTF that the standard has and the archive does not keep."""

    sentence = Words(
        zh="{field}：“{value}”是 EDTF，但档案只收 0001 年至 9999 年间真实的日期，"
        "起在前、止在后，起止须为日、月或年；可接受例如：{accepted}。",
        en="{field}: “{value}” is EDTF, but the archive keeps years 0001 to 9999 only: days that "
        "exist, the earlier end first, ends that are days, months or years; accepted, for "
        "example: {accepted}.",
    )
    examples: ClassVar[Words] = NoNotationError.examples


class BeforeYearOneError(UnreadableDateError):
    """A date before the year 1, which the archive does not keep."""

    sentence = Words(
        zh="{field}：“{value}”在公元元年之前，而档案只收 0001 年至 9999 年；"
        "可接受例如：{accepted}。",
        en="{field}: “{value}” lies before the year 1, and the archive keeps years 0001 to 9999 "
        "only; accepted, for example: {accepted}.",
    )


def unreadable(words: str, *, field: str = "when") -> UnreadableDateError:
    """Return what is wrong with *words* that are read as no date."""
    refusal = BeforeYearOneError if _BEFORE_ALL.search(words) else UnreadableDateError
    return refusal(words, field=field)


def read_typed(
    words: str,
    *,
    ref: date,
    lang: str | None = None,
    day_first: bool | None = None,
    field: str = "when",
    may_be_unknown: bool = False,
) -> Reading:
    """Return the date that typed *words* mean; EDTF stands as typed, once it is known to be some.

    Words for a date of which nothing is known are taken where it *may_be_unknown*. Raises
    UnreadableDateError. For the doors only (forms, commands, files): what is in the log was asked
    this when it came, and is never asked again.
    """
    typed = words.strip()
    if may_be_unknown and typed.casefold().rstrip("。") in NO_DATE_AS_TYPED:
        return describe(UNDATED)
    found = read(typed, ref=ref, lang=lang, day_first=day_first, whole=True)
    is_unknown = found is not None and found.earliest is found.latest is None
    if is_unknown and not may_be_unknown:
        raise UnreadableDateError(typed, field=field)
    if not _LOOKS.fullmatch(typed) or len(typed) > _LONGEST_CHECKED:
        if found is None:
            raise unreadable(words, field=field)
        return found
    if found is not None and found.edtf != typed and typed[:1] in _BRACKETS:
        found = None
    if found is None:
        refusal = UnkeptNotationError if is_notation(typed) else NoNotationError
        raise refusal(typed, field=field)
    if found.edtf == typed and not is_notation(typed):
        raise NoNotationError(typed, field=field)
    return found


@lru_cache(maxsize=1024)
def is_notation(edtf: str) -> bool:
    """Tell whether *edtf* is valid, as the ``edtf`` package judges it.

    Three forms that our reader or the seeds write are put as the package can take them first.
    It, like the standard, has no qualified season, quarter or half (``2022-34~``: about Q2 2022)
    and no qualified member of a set (``[2022-03-21~..2022-03-31~]``: around late March), though
    there is nothing else to write; and, unlike the standard, no span in a set whose ends are not
    equally fine (``[2022-09..2023-08-02]``).
    """
    bare = _plain_set(edtf) if edtf[:1] in _BRACKETS else _SEASON.sub(r"\g<unit>", edtf)
    # Where it stumbles, the package prints; an answer on stdout must stay an answer.
    with _ONE_AT_A_TIME, redirect_stdout(sys.stderr):
        try:
            parse_edtf(bare)
        except EDTFParseException:
            return False
        except (AttributeError, TypeError, ValueError):
            # It stumbled over its own classes (2022-1X): no verdict, so our bounds decide alone.
            return True
    return True


def _plain_set(edtf: str) -> str:
    members = _MARKS.sub("", edtf[1:-1]).split(",")
    plain = (
        member
        if len(set(map(len, member.split("..")))) == 1 or ".." in {member[:2], member[-2:]}
        else member.replace("..", ",")
        for member in members
    )
    return f"{edtf[0]}{','.join(plain)}{edtf[-1]}"
