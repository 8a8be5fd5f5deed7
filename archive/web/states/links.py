"""The addresses of states: each keeps what the present one says, as far as it still applies."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from flask import g, request, url_for
from werkzeug.datastructures import MultiDict

from archive.queries import AsOf, StateRow
from archive.web.states.narrowing import Narrowing

_CARRIED: Final = (
    "known", "tab", "type", "entity", "where", "possible", "definition", "scale", "lang",
)  # fmt: skip
_COMPARED: Final = ("known", "known2", "tab", "type", "entity", "lang")


def state_link(held: date, **changes: Any) -> str:
    """Return the address of another day's state, narrowed as the present one is.

    Each of *changes* stands for what the present address says; an empty one drops it.
    """
    return _address(f"/state/{held.isoformat()}", _said(_CARRIED, changes))


def compare_link(first: date, second: date, **changes: Any) -> str:
    """Return the address of a comparison, narrowed as the present page is."""
    path = f"/compare/{first.isoformat()}/{second.isoformat()}"
    return _address(path, _said(_COMPARED, changes))


def why_url(row: StateRow, held: date) -> str:
    """Return the address of the events behind one row of a state."""
    cell = {"entity": row.entity.id, "attribute": row.attribute, "member": row.member}
    said = cell | {"on": held.isoformat(), **_present(("known", "lang"))}
    return _address("/why", {name: value for name, value in said.items() if value})


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


def carried_words(held: date) -> MultiDict[str, str]:
    """Return what the address says that forms of its page keep; the day too, if not its path."""
    day = [] if request.path.endswith(held.isoformat()) else [("on", held.isoformat())]
    return MultiDict([*day, *((name, value) for name in _CARRIED for value in _given(name))])


def _said(names: tuple[str, ...], changes: dict[str, Any]) -> dict[str, Any]:
    said = _present(names) | changes
    return {name: value for name, value in said.items() if value}


def _present(names: tuple[str, ...]) -> dict[str, list[str]]:
    """Return what the present address says under *names*; a page asks a hundred times."""
    kept: dict[tuple[str, ...], dict[str, list[str]]] = g.setdefault("state_words", {})
    if names not in kept:
        kept[names] = {name: values for name in names if (values := _given(name))}
    return kept[names]


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]


def _address(path: str, said: dict[str, Any]) -> str:
    # Not by url_for: it takes a tenth of a millisecond, and a page has hundreds of links.
    return f"{path}?{urlencode(said, doseq=True)}" if said else path
