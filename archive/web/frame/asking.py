"""What an address or a form may look like at all, and which of its words links carry on."""

import re
from collections.abc import Iterable
from typing import Any, Final

from flask import Flask, Request, request

from archive.errors import RefusedError
from archive.languages import LOCALES, Words

LONGEST_WORD: Final = 200
MOST_VALUES: Final = 60
# A share link with all of its words used is a tenth of this; the desk's own addresses carry forms.
LONGEST_ADDRESS: Final = 16_000
_NUL: Final = "\x00"
_BARE: Final = re.compile(rb"[\x80-\xff]")
_READ: Final = frozenset({"GET", "HEAD"})
# What pages ask of an address, a place in a list and the answer's own words aside.
_KNOWN: Final = frozenset(
    {
        "all", "at", "attribute", "cite", "confidence", "definition", "disputed", "entity", "from",
        "gaps", "group", "held", "importance", "kind", "known", "known2", "lanes", "lang",
        "member", "merged", "on", "only", "possible", "precision", "q", "retracted", "scale",
        "source", "tab", "to", "type", "vs", "where",
    }
)  # fmt: skip


class Question(Request):
    """A request whose query is read whatever bytes are in it: none of them is left bare."""

    def __init__(self, environ: dict[str, Any], *args: Any, **more: Any) -> None:
        super().__init__(environ, *args, **more)
        self.query_string = _BARE.sub(lambda found: b"%%%02X" % ord(found[0]), self.query_string)


class MalformedRequestError(RefusedError):
    """No page and no form of this site asks so."""

    sentence = Words(
        zh="这个请求读不懂：{what}。请从页面上的链接或表单重新开始。",
        en="The request cannot be read: {what}. Start again from a link or a form of the page.",
    )


def install(app: Flask) -> None:
    """Refuse, before any page is asked, what none could answer."""
    app.request_class = Question
    app.before_request(_demand_readable)


def carried_words() -> dict[str, list[str]]:
    """Return the words of the address that its links carry on: known ones, each value once."""
    is_desk = request.path.startswith("/admin")
    return {
        name: [value for value in dict.fromkeys(values) if len(value) <= LONGEST_WORD]
        for name, values in request.args.lists()
        if is_desk or name in _KNOWN
    }


def carried_word(name: str) -> str:
    """Return the one value that links carry on under *name*; empty where there is none."""
    value = request.args.get(name, "")
    is_known = value in LOCALES if name == "lang" else len(value) <= LONGEST_WORD
    return value if is_known else ""


def _demand_readable() -> None:
    asked = len(request.path) + len(request.query_string)
    if asked > LONGEST_ADDRESS and not request.path.startswith("/admin"):
        raise MalformedRequestError(
            what=Words(
                f"地址超过 {LONGEST_ADDRESS} 个字节",
                f"the address is longer than {LONGEST_ADDRESS} bytes",
            )
        )
    if _NUL in request.path or _holds_nul(request.args.items(multi=True)):
        raise MalformedRequestError(
            what=Words("地址中含有 NUL 字符", "the address holds a NUL character")
        )
    if any(len(values) > MOST_VALUES for _name, values in request.args.lists()):
        raise MalformedRequestError(
            what=Words(
                f"同一个词在地址中超过 {MOST_VALUES} 次",
                f"the address gives one word more than {MOST_VALUES} times",
            )
        )
    if request.method not in _READ and _holds_nul(request.form.items(multi=True)):
        raise MalformedRequestError(
            what=Words("表单中含有 NUL 字符", "the form holds a NUL character")
        )


def _holds_nul(pairs: Iterable[tuple[str, str]]) -> bool:
    return any(_NUL in name or _NUL in value for name, value in pairs)
