"""A date given in words, read once and for good."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from archive.dates import Reading, describe, phrase, read, read_typed
from archive.errors import FieldError, RefusedError, UnreadableDateError
from archive.languages import LOCALES, Words

# Words that mean the same against both of these days mean it against any.
_APART: Final = (date(1950, 6, 15), date(2050, 1, 1))


class AmbiguousDateError(RefusedError):
    """Words that mean one of two dates: which, only a person knows."""

    sentence = Words(
        zh="{field}：“{value}”有两种读法，请择一：{readings}。",
        en="{field}: “{value}” reads in two ways; say which: {readings}.",
    )

    def __init__(self, reading: Reading, *, value: str, field: str) -> None:
        self.alternatives = reading.alternatives
        listed = {
            locale: "; ".join(
                f"{one.edtf} ({phrase(one.edtf, locale=locale)})" for one in reading.alternatives
            )
            for locale in LOCALES
        }
        super().__init__(field=field, value=value, readings=Words(listed["zh"], listed["en"]))


class UnanchoredDateError(FieldError):
    """Words that mean another date each day, and no day to read them against."""

    sentence = Words(
        zh="{field}：“{value}”须对照某一天才有意义；请给出：{accepted}。",
        en="{field}: “{value}” needs a day to be read against; give {accepted}.",
    )

    def __init__(self, value: str, *, field: str) -> None:
        accepted = Words(
            "ref（或有发布日期的来源）", "ref (or a source that has a date of publication)"
        )
        super().__init__(field=field, value=value, accepted=accepted)


def read_words(
    words: str,
    *,
    ref: date | None,
    lang: str | None = None,
    day_first: bool | None = None,
    field: str = "when",
    may_be_unknown: bool = False,
) -> Reading:
    """Return the one date that *words* mean, read against *ref*, or that it is unknown.

    *day_first* tells how 02/08/2022 was taken before, where that is known. Raises
    UnreadableDateError, AmbiguousDateError where there are two, and UnanchoredDateError where
    *ref* is None and would decide.
    """
    if ref is None:
        early, late = (
            read(words, ref=day, lang=lang, day_first=day_first, whole=True) for day in _APART
        )
        if early and late and early.edtf != late.edtf:
            raise UnanchoredDateError(words, field=field)
    against = _APART[0] if ref is None else ref
    found = read_typed(
        words,
        ref=against,
        lang=lang,
        day_first=day_first,
        field=field,
        may_be_unknown=may_be_unknown,
    )
    if found.alternatives:
        raise AmbiguousDateError(found, value=words, field=field)
    return found


def day_of_publication(published: str) -> date | None:
    """Return the day to read a source's words against, if its EDTF date names one."""
    if not published:
        return None
    known = describe(published)
    return known.latest or known.earliest


def dated(
    occurred: Mapping[str, object], *, ref: date | None, day_first: bool | None = None
) -> dict[str, object]:
    """Return *occurred* with its ``when`` read into ``edtf``, the words kept as stated.

    Where another event bounds it, words that are no date are what is stated, and no more.
    """
    rest = {name: value for name, value in occurred.items() if name not in {"when", "ref"}}
    words = occurred.get("when")
    if rest.get("edtf") or words is None or words == "":
        return rest
    own = occurred.get("ref")
    anchor = _day(str(own)) if own else ref
    text = str(words)
    is_hung = bool(occurred.get("after") or occurred.get("before"))
    found = read_if_date(text, ref=anchor, day_first=day_first, is_hung=is_hung)
    if found is None:
        return {"stated": text, **rest}
    kept = {} if found.edtf == text else {"stated": text}
    return {**kept, **rest, "edtf": found.edtf}


def read_if_date(
    words: str, *, ref: date | None, day_first: bool | None = None, is_hung: bool
) -> Reading | None:
    """Return what ``read_words`` does; None for mere words where another event bounds the date."""
    try:
        return read_words(words, ref=ref, day_first=day_first, may_be_unknown=True)
    except UnreadableDateError as error:
        if is_hung and type(error) is UnreadableDateError:  # misspelt EDTF is still to be mended
            return None
        raise


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldError(
            field="ref", value=text, accepted=Words("2023-07-28", "2023-07-28")
        ) from error
