"""What templates call: words in the reader's language, dates and numbers in words, addresses."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

from flask import Flask, g, request
from flask_babel import format_decimal

from archive.commands.accounts import ROLES
from archive.commands.unsent import LABELS as UNSENT
from archive.dates import (
    EARLIEST_DAY,
    LATEST_DAY,
    Style,
    day_of,
    phrase,
    restated,
    time_in_words,
)
from archive.errors import UnreadableDateError
from archive.languages import Words
from archive.vocabulary import (
    CONFIDENCE,
    DATE_KIND,
    ENTITY_TYPES,
    GROUPS,
    IMPORTANCE,
    KINDS,
    REASON_KIND,
)
from archive.web.frame.asking import carried_word, carried_words
from archive.web.frame.translating import HTML_LANGUAGES, current_locale

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LISTS: Final[dict[str, Mapping[str, Words]]] = {
    "confidence": CONFIDENCE,
    "date_kind": DATE_KIND,
    "importance": IMPORTANCE,
    "reason_kind": REASON_KIND,
    "group": {str(group): words for group, words in GROUPS.items()},
    "kind": {name: kind.label for name, kind in KINDS.items()},
    "draft": {name: kind.label for name, kind in KINDS.items()} | UNSENT,
    "role": ROLES,
    "entity_type": {name: sort.label for name, sort in ENTITY_TYPES.items()},
}
# A place in a list is no part of what is asked, so other links leave it out.
_PAGING: Final = frozenset({"after", "before", "headed", "rows"})
# What a link keeps from the address it stands on: the second clock, and a language asked for.
_CARRIED: Final = ("known", "lang")
_PATH_SIGNS: Final = "/:@!$&'()*+,;=~"

# “undated（文中无日期）”, “undated / 文中无日期”, “Undated. 文中无日期。”
_SAID_TWICE: Final = re.compile(
    r"(?P<en>[^\u3400-\u9fff（]+?)(?:\s+/\s+|（(?=.*）$)|(?<=\.)\s+)"
    r"(?P<zh>[“《]?[\u3400-\u9fff\w][^（）]*[\u3400-\u9fff][^（）]*?)）?"
)
_LEAST_WORDS: Final = 3


def install(app: Flask) -> None:
    """Give templates their filters and functions."""
    for filter_ in (
        words,
        one_tongue,
        moment,
        typable,
        clock,
        day,
        month,
        isoday,
        instant,
        number,
        tongue,
    ):
        app.add_template_filter(filter_)
    for function in (address, label, group_of, event_url, entity_url, source_url, state_url):
        app.add_template_global(function)


def words(text: Words | Mapping[str, str] | str | None) -> str:
    """Return *text* in the reader's language, or in the other where it has only that."""
    if text is None or isinstance(text, str):
        return text or ""
    locale = current_locale()
    if isinstance(text, Words):
        return text.in_language(locale) or text.zh or text.en
    return text.get(locale) or next(iter(text.values()), "")


def moment(edtf: str, style: str = "long") -> str:
    """Return an EDTF date in words: ``short``, ``long`` or ``spoken``."""
    try:
        return phrase(edtf, locale=current_locale(), style=Style(style))
    except UnreadableDateError:
        return edtf


def clock(notation: str) -> str:
    """Return a time of day in words, or nothing for none."""
    return time_in_words(notation).in_language(current_locale())


def typable(edtf: str) -> str:
    """Return words to be typed for an EDTF date, or itself where no words mean the very same."""
    return restated(edtf, locale=current_locale())


def day(of: date | int | str | None) -> str:
    """Return one civil day in words; takes a date, a day number or an ISO day."""
    found = _date(of)
    return phrase(found.isoformat(), locale=current_locale()) if found else "…"


def month(of: date | int | str | None) -> str:
    """Return the month that holds the day, in words."""
    found = _date(of)
    return phrase(found.isoformat()[:7], locale=current_locale()) if found else "…"


def isoday(of: date | int | str, digits: int = 10) -> str:
    """Return the day as the address writes it: ten digits a day, seven its month."""
    found = _date(of)
    return found.isoformat()[:digits] if found else ""


def _date(of: date | int | str | None) -> date | None:
    if of is None or isinstance(of, date):
        return of
    if isinstance(of, int):
        return None if of in {EARLIEST_DAY, LATEST_DAY} else day_of(of)
    return date.fromisoformat(of[:10])


def instant(at: datetime | str | None) -> str:
    """Return an instant of the log to the minute, in UTC."""
    if not at:
        return "—"
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{found.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def number(value: float) -> str:
    """Return a number with the digits grouped as the language does."""
    return str(format_decimal(value))


@lru_cache(maxsize=16384)
def tongue(text: str) -> str:
    """Return the value of ``lang`` for a run of text whose language nobody noted."""
    return HTML_LANGUAGES["zh" if _HAN.search(text) else "en"]


@lru_cache(maxsize=4096)
def _both(text: str) -> tuple[str, str]:
    """Return the English and the Chinese of a note that says the same in both, else it twice."""
    match = _SAID_TWICE.fullmatch(text.strip())
    if match is None or len(match["en"].split()) < _LEAST_WORDS:
        return text, text
    return match["en"].strip(), match["zh"].strip()


def one_tongue(text: str) -> str:
    """Return of a note that says the same in English and then in Chinese what the reader reads."""
    english, chinese = _both(text)
    return chinese if current_locale() == "zh" else english


def label(choices: str, name: str) -> str:
    """Return the label of one option of a closed list, such as ``label("confidence", "low")``."""
    found = _LISTS[choices].get(name)
    return words(found) if found else name


def group_of(kind: str) -> str:
    """Return the timeline's lane of a kind."""
    found = KINDS.get(kind)
    return str(found.group) if found else "archive"


def address(**changes: object) -> str:
    """Return the present address with query words changed; an empty value drops its word."""
    dropped = _PAGING | changes.keys()
    query = {name: values for name, values in _carried().items() if name not in dropped}
    for name, value in changes.items():
        several = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        query[name] = [str(one) for one in several if one not in {"", None, False}]
    return _joined(quote(request.path, safe=_PATH_SIGNS), query)


def _carried() -> dict[str, list[str]]:
    """Return what every link of the page carries on of its address; found but once."""
    found: dict[str, list[str]] | None = g.get("carried_words")
    if found is None:
        asked = carried_words().items()
        found = {name: [value for value in values if value] for name, values in asked}
        g.carried_words = found
    return found


def event_url(id: str, **query: object) -> str:  # noqa: A002 - the address's own word
    """Return the address of an event's page."""
    return _page("events", id, query)


def entity_url(id: str, **query: object) -> str:  # noqa: A002 - as above
    """Return the address of an entity's page."""
    return _page("entities", id, query)


def source_url(id: str, **query: object) -> str:  # noqa: A002 - as above
    """Return the address of a source's page."""
    return _page("sources", id, query)


def state_url(held: date | int | str, **query: object) -> str:
    """Return the address of the state of a day."""
    found = _date(held)
    return _page("state", found.isoformat() if found else "", query)


def _page(room: str, name: str, query: Mapping[str, object]) -> str:
    path = f"/{room}/{_in_path(name)}" if name else f"/{room}"
    if not query:
        return path + _carried_query()
    carried = {key: word for key in _CARRIED if (word := carried_word(key))}
    said = {**carried, **query}
    return _joined(path, {key: [str(value)] for key, value in said.items() if value})


@lru_cache(maxsize=8192)
def _in_path(name: str) -> str:
    return quote(name, safe="")


def _carried_query() -> str:
    """Return what every link of the page carries on, as its address ends; found but once."""
    found: str | None = g.get("carried_query")
    if found is None:
        words = {key: [word] for key in _CARRIED if (word := carried_word(key))}
        found = g.carried_query = _joined("", words)
    return found


def _joined(path: str, query: Mapping[str, list[str]]) -> str:
    pairs = [_pair(name, value) for name, values in query.items() for value in values]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


# A page says the same of its address in each of its links.
@lru_cache(maxsize=8192)
def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"
