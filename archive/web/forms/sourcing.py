"""The form of a new source: its kind's own fields, its id made from its title unless given."""

import re
from dataclasses import replace
from typing import Final

from anyascii import anyascii
from sqlalchemy import Connection

from archive.dates import read_typed
from archive.errors import ArchiveError, FieldError, NotFoundError, UnreadableDateError
from archive.languages import LOCALES, Words
from archive.queries import head, source_called
from archive.vocabulary import identifier, kind
from archive.web.forms.controls import Control
from archive.web.forms.drafting import fill
from archive.web.forms.entities import slug_for
from archive.web.forms.filled import Draft, Filled
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed
from archive.web.frame.session import today

ID: Final = "source-id"
_HELP: Final = Words(
    "用于网址与引用；小写拉丁字母、数字与连字符。留空则取自标题（汉字按拼音）与发布日期",
    "For addresses and citations: lower-case letters, digits, hyphens. Left empty: made from the "
    "title, of a Chinese one from its sound and the day it came out",
)
_FREE: Final = Words("未被占用的标识，例如 {other}", "an id not yet taken, such as {other}")
_NAMELESS: Final = "source"
_SYLLABLES: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_MOST_SYLLABLES: Final = 8
_LEFT_OUT: Final = frozenset({"source", "sha256"})


def source_form(connection: Connection, typed: Typed, *, step: Step) -> Filled:
    """Return the form of a new source as typed, with its faults if *step* is final."""
    whole = kind("source_added")
    shown = replace(whole, fields=tuple(one for one in whole.fields if one.name not in _LEFT_OUT))
    filled = fill(connection, shown, typed.having(when=today().isoformat()), step=step)
    control = Control(ID, "text", Words("标识", "Id"), _HELP, value=typed.one(ID))
    filled = replace(filled, common={ID: control})
    if not step.is_final:
        return filled
    return replace(filled, faults=filled.faults.having(_fault_of_the_id(connection, typed)))


def source_draft(filled: Filled, typed: Typed) -> Draft:
    """Return the draft of the event that adds the source."""
    slug, title = source_id(typed), typed.one("field-title")
    names = {"zh": title, "en": title}
    mention = {"role": "source", "id": slug, "type": "source", "names": names}
    return {**filled.raw, "kind": "source_added", "entities": [mention]}


def source_id(typed: Typed) -> str:
    """Return the id typed, else one made from the title: of Latin letters as it stands."""
    title = typed.one("field-title")
    plain = "" if _HAN.search(title) else slug_for(title)
    return typed.line(ID) or plain or (_by_sound(title, typed) if title else "")


def _by_sound(title: str, typed: Typed) -> str:
    """Return an id made from how a title sounds and the day it came out, as far as that is told.

    The day tells apart what sounds alike; the same form gives the same id whenever it is sent.
    """
    heard = [one.lower() for one in _SYLLABLES.findall(anyascii(title))]
    return "-".join((*(heard[:_MOST_SYLLABLES] or [_NAMELESS]), *_day(typed)))


def _day(typed: Typed) -> tuple[str, ...]:
    words = typed.line("field-published")
    try:
        first = read_typed(words, ref=today()).earliest if words else None
    except UnreadableDateError:
        return ()
    return (first.isoformat(),) if first else ()


def _fault_of_the_id(connection: Connection, typed: Typed) -> dict[str, ArchiveError]:
    slug = source_id(typed)
    if not slug:
        return {}  # without a title, which is told to be missing
    try:
        identifier(slug, field=ID)
        source_called(connection, slug=slug, known=head(connection).position)
    except NotFoundError:
        return {}
    except FieldError as error:
        return {ID: error}
    other = Words(*(_FREE.in_language(one).format(other=f"{slug}-2") for one in LOCALES))
    return {ID: FieldError(field=ID, value=slug, accepted=other)}
