"""What was typed when a session ended: carried through the login, and back into its form."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from flask import request
from werkzeug.datastructures import MultiDict

_PREFIX: Final = "carried:"
_LEFT: Final = frozenset({"csrf_token", "step"})
# A field whose name says so is typed anew.
_TYPED_ANEW: Final = "password"

Pairs: TypeAlias = list[tuple[str, str]]


def typed_here() -> Pairs:
    """Return the fields of the present form, as the login page shall carry them."""
    return [(f"{_PREFIX}{name}", value) for name, value in _pairs(request.form) if _is_kept(name)]


def carried_on() -> Pairs:
    """Return the fields that a login page brought along, still as it carries them."""
    return [pair for pair in _pairs(request.form) if pair[0].startswith(_PREFIX)]


def bare(carried: Pairs) -> Pairs:
    """Return carried fields under their own names."""
    return [(name.removeprefix(_PREFIX), value) for name, value in carried]


def _is_kept(name: str) -> bool:
    return name not in _LEFT and _TYPED_ANEW not in name and not name.startswith(_PREFIX)


def _pairs(form: "MultiDict[str, str]") -> Iterator[tuple[str, str]]:
    yield from form.items(multi=True)
