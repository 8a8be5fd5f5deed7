"""The form of a new source: its kind's own fields, its id made from its title unless given."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from archive.errors import ArchiveError, FieldError, NotFoundError
from archive.languages import Words
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
    "用于网址与引用；小写拉丁字母、数字与连字符。留空则取自标题（须含拉丁字母）",
    "For addresses and citations: lower-case letters, digits, hyphens. Left empty: made from a "
    "title in Latin letters",
)
_TAKEN: Final = Words("未被占用的标识", "an id not yet taken")
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
    """Return the id typed, else one made from the title."""
    return typed.line(ID) or slug_for(typed.one("field-title"))


def _fault_of_the_id(connection: Connection, typed: Typed) -> dict[str, ArchiveError]:
    slug = source_id(typed)
    try:
        identifier(slug, field=ID)
        source_called(connection, slug=slug, known=head(connection).position)
    except NotFoundError:
        return {}
    except FieldError as error:
        return {ID: error}
    return {ID: FieldError(field=ID, value=slug, accepted=_TAKEN)}
