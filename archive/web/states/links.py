"""The addresses of states: each keeps what the present one says, as far as it still applies."""

from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from flask import g, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from archive.dates import phrase
from archive.queries import AsOf, StateRow
from archive.web.frame.translating import current_locale
from archive.web.states.narrowing import Narrowing

_CARRIED: Final = (
    "known", "tab", "type", "entity", "where", "possible", "definition", "scale",
    "currency", "panel", "sort", "lang",
)  # fmt: skip
_OF_PANEL: Final = (*_CARRIED, "after")
_OF_WHY: Final = ("known", "lang")
_COMPARED: Final = ("known", "known2", "tab", "type", "entity", "lang")


def state_link(held: date, **changes: Any) -> str:
    """Return the address of another day's state, narrowed as the present one is.

    Each of *changes* stands for what the present address says; an empty one drops it.
    """
    return _address(f"/state/{held.isoformat()}", _CARRIED, changes)


def panel_link(held: date) -> str:
    """Return the address of what stands beside the table of the present page."""
    return _address(f"/state/{held.isoformat()}/panel", _OF_PANEL, {})


def quarter_title(last: date, changes: int) -> str:
    """Return what a quarter of the strip says of itself."""
    return _quarter_title(last, changes, current_locale())


# The same on every page until something is recorded.
@lru_cache(maxsize=4096)
def _quarter_title(last: date, changes: int, locale: str) -> str:
    told = ngettext("%(num)s day with changes", "%(num)s days with changes", changes)
    return f"{phrase(last.isoformat(), locale=locale)}{gettext(': ')}{told}"


def compare_link(first: date, second: date, **changes: Any) -> str:
    """Return the address of a comparison, narrowed as the present page is."""
    path = f"/compare/{first.isoformat()}/{second.isoformat()}"
    return _address(path, _COMPARED, changes)


def why_url(row: StateRow, held: date) -> str:
    """Return the address of the events behind one row of a state."""
    member = f"&member={_quoted(row.member)}" if row.member else ""
    cell = f"entity={_quoted(row.entity.id)}&attribute={row.attribute}{member}"
    carried = _carried(_OF_WHY)
    return f"/why?{cell}&on={held.isoformat()}{carried and f'&{carried[1:]}'}"


def feed_url(entity: str, attribute: str, member: str = "") -> str:
    """Return the address of the feed that follows an attribute, or one member of it.

    It says the language, for a feed reader has none of its own.
    """
    said = {"entity": entity, "attribute": attribute, "member": member}
    said |= {"lang": current_locale()}
    return "/why.atom" + _query({name: value for name, value in said.items() if value})


def pinned(endpoint: str, asked_for: AsOf, narrowed: Narrowing, **more: Any) -> str:
    """Return the address at *endpoint* that pins both times of the question, and what narrows it.

    It leaves out the reader's language: what it pins is the same in each.
    """
    return url_for(
        endpoint,
        held=asked_for.valid.isoformat(),
        known=asked_for.known,
        tab=narrowed.tab,
        type=narrowed.type or None,
        entity=narrowed.entity or None,
        where=narrowed.conditions,
        possible="hide" if narrowed.hides_possible else None,
        definition=narrowed.definition or None,
        **more,
    )


def carried_words() -> MultiDict[str, str]:
    """Return what the address says that forms of its page keep."""
    return MultiDict([(name, value) for name in _CARRIED for value in _given(name)])


# Not by url_for: it takes a tenth of a millisecond, and a page has hundreds of links.
def _address(path: str, names: tuple[str, ...], changes: dict[str, Any]) -> str:
    if not changes:
        return path + _carried(names)
    said = {name: values for name in names if (values := _given(name))} | changes
    return path + _query({name: value for name, value in said.items() if value})


def _carried(names: tuple[str, ...]) -> str:
    """Return the end of an address that says what the present one does under *names*."""
    kept: dict[tuple[str, ...], str] = g.setdefault("state_words", {})
    if names not in kept:
        kept[names] = _query({name: values for name in names if (values := _given(name))})
    return kept[names]


def _query(said: dict[str, Any]) -> str:
    return f"?{urlencode(said, doseq=True)}" if said else ""


@lru_cache(maxsize=8192)
def _quoted(word: str) -> str:
    return quote_plus(word)


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]
