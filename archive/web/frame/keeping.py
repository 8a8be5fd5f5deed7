"""Answers kept on the server: asked again with nothing committed since, a page is made but once.

Kept is what a reader gets who is not signed in: a function of the address, the language, the
theme, how the page is asked for, the day, and what the database holds. Whatever is committed,
a new event, a masked text, read models that were rebuilt, is another ``mark``, and under that
nothing is kept yet; what was kept under the one before is let go as soon as the new one is met,
so that a masked text does not stay in memory. An answer bears a strong tag: a reader who holds
the same bytes gets 304. What was asked is kept as its hash alone: nobody fills the memory with
long addresses.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar, cast

from cachetools import LRUCache
from flask import Flask, Response, current_app, request

from archive.web.frame.cookies import is_personal
from archive.web.frame.htmx import drawing_width, swapped, wants_fragment
from archive.web.frame.session import mark, today
from archive.web.frame.theming import chosen_theme
from archive.web.frame.translating import current_locale

_NAME: Final = "archive_kept"
MOST_BYTES: Final = 32_000_000
_LARGEST: Final = 4_000_000
_MOST_ITEMS: Final = 200_000
_BESIDES: Final = 600
_QUICK: Final = 6
_OK, _NOT_MODIFIED = 200, 304
_WORTH_IT: Final = 1024
_TAG_DIGITS: Final = 32
_PACKED: Final = "-gzip"
# An answer about a hash that was cited is found out each time.
_NEVER: Final = "hash"
_COUNTED: Final = frozenset({"content-length", "content-encoding", "etag"})

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made", bound=tuple[object, ...])
View: TypeAlias = Callable[_Asked, Response]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: packed, with its headers, and the tag of its bytes."""

    headers: tuple[tuple[str, str], ...]
    packed: bytes
    tag: str
    is_large: bool


@dataclass(slots=True)
class _Store:
    """What is kept, all of it under one ``mark``."""

    answers: LRUCache[bytes, Kept]
    findings: LRUCache[bytes, Any]
    lock: Lock
    mark: str = ""

    def turn_to(self, held: str) -> None:
        """Let go of what was kept under another mark: nobody asks for it again."""
        if held != self.mark:
            self.answers.clear()
            self.findings.clear()
            self.mark = held


def install(app: Flask) -> None:
    """Give *app* room for what it keeps."""
    app.extensions[_NAME] = _Store(
        LRUCache(MOST_BYTES, lambda one: len(one.packed) + _BESIDES),
        LRUCache(_MOST_ITEMS, lambda found: len(found) + 1),
        Lock(),
    )


def kept(view: View[_Asked]) -> View[_Asked]:
    """Let what *view* answers be kept, and answered again while nothing was committed."""

    @wraps(view)
    def answer(*arguments: _Asked.args, **named: _Asked.kwargs) -> Response:
        key = _key() if is_for_anybody() else None
        if key is None:
            return view(*arguments, **named)
        found = _found(_store().answers, key)
        if found is None:
            made = view(*arguments, **named)
            if not _may_be_kept(made):
                return made
            found = _packed(made)
            _put(_store().answers, key, found)
        return _unpacked(found)

    _VIEWS.add(answer)
    return answer


def is_for_anybody() -> bool:
    """Tell whether the request asks for what is kept, and for nobody in particular."""
    return (
        current_app.view_functions.get(request.endpoint or "") in _VIEWS
        and not is_personal()
        and _NEVER not in request.args
    )


def remembered(what: tuple[object, ...], find: Callable[[], _Made]) -> _Made:
    """Return what *find* finds, or found before under the name *what* in the same database."""
    held = mark()
    if not held:
        return find()
    key = _hashed(held, *what)
    found = _found(_store().findings, key)
    if found is None:
        found = find()
        _put(_store().findings, key, found)
    return cast("_Made", found)


_VIEWS: Final[set[Callable[..., Any]]] = set()


def _store() -> _Store:
    return cast("_Store", current_app.extensions[_NAME])


def _found(among: LRUCache[bytes, Any], key: bytes) -> Any:
    store = _store()
    with store.lock:
        store.turn_to(mark())
        return among.get(key)


def _put(among: LRUCache[bytes, Any], key: bytes, value: Any) -> None:
    store = _store()
    if among.getsizeof(value) <= among.maxsize:
        with store.lock:
            if store.mark == mark():  # else it was made of what is there no longer
                among[key] = value


def _key() -> bytes | None:
    """Return a hash of all that the answer may depend on; None where it cannot be told."""
    held = mark()
    if not held:
        return None
    return _hashed(
        held,
        today(),
        request.host_url,
        # Not as one: a sign of the path may be written so that it reads like the query's own.
        request.path,
        request.query_string,
        current_locale(),
        chosen_theme(),
        wants_fragment(),
        swapped(),
        drawing_width(default=0),
    )


def _hashed(*parts: object) -> bytes:
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).digest()


def _may_be_kept(response: Response) -> bool:
    return (
        response.status_code == _OK
        and not response.is_streamed
        and "Cache-Control" not in response.headers
        and "Set-Cookie" not in response.headers
        and len(response.get_data()) <= _LARGEST
    )


def _packed(response: Response) -> Kept:
    content = response.get_data()
    return Kept(
        tuple(pair for pair in response.headers if pair[0].lower() not in _COUNTED),
        gzip.compress(content, _QUICK, mtime=0),
        sha256(content).hexdigest()[:_TAG_DIGITS],
        len(content) >= _WORTH_IT,
    )


def _unpacked(found: Kept) -> Response:
    """Return the answer kept, packed where the reader takes it so, or that it is unchanged."""
    is_packed = found.is_large and request.accept_encodings.quality("gzip") > 0
    held = request.if_none_match
    is_unchanged = any(found.tag + ending in held for ending in ("", _PACKED))
    response = Response(status=_NOT_MODIFIED) if is_unchanged else _whole(found, is_packed)
    response.set_etag(found.tag + (_PACKED if is_packed else ""))
    response.vary.add("Accept-Encoding")
    return response


def _whole(found: Kept, is_packed: bool) -> Response:  # noqa: FBT001 - one call, two lines above
    content = found.packed if is_packed else gzip.decompress(found.packed)
    response = Response(content)
    for name, _value in found.headers:
        response.headers.remove(name)
    for name, value in found.headers:
        response.headers.add(name, value)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
