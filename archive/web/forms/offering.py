"""What the assistant offered from an article: drafts of its own, taken up one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.commands.draft_lists import offers_from
from archive.commands.drafts import ASSISTED, OFFERED, PUBLISHED, Draft
from archive.dates import read
from archive.languages import Words
from archive.proposing import Proposal
from archive.vocabulary import KINDS
from archive.web.forms.typed import Typed
from archive.web.frame.guarding import current_account

_WORDS: Final = "words-"
_OF_EVERY_KIND: Final = {"kind": Words("种类", "Kind"), "when": Words("日期", "Date")}


@dataclass(frozen=True, slots=True)
class Origin:
    """The words that a field of the open draft came from."""

    label: Words
    words: str
    field: str = ""

    @property
    def name(self) -> str:
        """Return the name under which a form carries the words along."""
        return f"{_WORDS}{self.field}"


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the assistant's drafts in the list: what it says, and what became of it."""

    label: Words
    edtf: str
    quote: str
    status: str
    address: str


def offered(connection: Connection, *, article: str, day: date) -> tuple[Offered, ...]:
    """Return what the assistant offered the present account, in the order of the text.

    Dates of the article are read as on *day*, when it came out.
    """
    account = current_account().name
    return tuple(
        _offered(one, day) for one in offers_from(connection, account=account, article=article)
    )


def _offered(draft: Draft, day: date) -> Offered:
    said, kind = dict(draft.fields), KINDS.get(draft.kind)
    status = "recorded" if draft.status == PUBLISHED else "draft"
    return Offered(
        label=kind.label if kind else Words(draft.kind, draft.kind),
        edtf=_dated(said.get("when", ""), day),
        quote=said.get("quote", ""),
        status="" if draft.status == OFFERED else status,
        address=f"/admin/drafts/{draft.id}",
    )


def _dated(words: str, day: date) -> str:
    """Return the date as it is read, as long as its author left it one that can be shown."""
    reading = read(words, ref=day, whole=True) if words else None
    return reading.edtf if reading else ""


def is_assisted(typed: Typed) -> bool:
    """Tell whether a form goes back to what the assistant offered."""
    return typed.line("origin") == ASSISTED


def words_of(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield the words of each field, as a form carries them along."""
    yield f"{_WORDS}kind", proposal.kind_words
    if proposal.stated:
        yield f"{_WORDS}when", proposal.stated
    for one in (*proposal.roles, *proposal.data):
        yield f"{_WORDS}{one.field}", one.words


def origins_in(typed: Typed, kind_name: str) -> Iterator[Origin]:
    """Yield the words that a form carries along, under the labels of its kind's fields."""
    kind = KINDS.get(kind_name)
    for name in typed.fields:
        field = name.removeprefix(_WORDS)
        if field == name:
            continue
        known = kind.field(field) if kind else None
        label = known.label if known else _OF_EVERY_KIND.get(field)
        for words in typed.several(name) if label else ():
            yield Origin(label or Words(field, field), words, field)
