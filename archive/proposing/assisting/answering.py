"""The answer of an OpenAI-compatible server → the suggestions in it; what is none is left out."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from archive.proposing.assisting.suggesting import Suggestion

MOST_SUGGESTIONS: Final = 60
_MOST_FIELDS: Final = 40
_FENCE: Final = "```"
_LANGUAGE: Final = "json"


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Drafts(msgspec.Struct):
    drafts: list[Any]


class _Draft(msgspec.Struct):
    kind: str
    kind_words: str = ""
    quote: str | None = None
    when: str | None = None
    fields: dict[str, Any] | None = None


class NoListError(ValueError):
    """The answer is no list of drafts at all."""


def suggestions_in(answer: bytes) -> tuple[Suggestion, ...]:
    """Return what *answer* suggests, not more than so much; raises NoListError."""
    try:
        completion = msgspec.json.decode(answer, type=_Completion)
        content = completion.choices[0].message.content if completion.choices else ""
        listed = msgspec.json.decode(_unfenced(content), type=_Drafts)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise NoListError from error
    return tuple(_suggestions(listed.drafts[:MOST_SUGGESTIONS]))


def _unfenced(content: str) -> str:
    """Return what stands within a fence of Markdown; by no pattern, for models write on and on."""
    bare = content.strip()
    if not (bare.startswith(_FENCE) and bare.endswith(_FENCE)):
        return content
    inner = bare.removeprefix(_FENCE).removesuffix(_FENCE)
    is_named = inner[: len(_LANGUAGE)].lower() == _LANGUAGE
    return inner[len(_LANGUAGE) :] if is_named else inner


def _suggestions(drafts: list[Any]) -> Iterator[Suggestion]:
    for raw in drafts:
        try:
            one = msgspec.convert(raw, _Draft)
        except msgspec.ValidationError:
            continue
        fields = tuple(_fields(one.fields or {}))[:_MOST_FIELDS]
        yield Suggestion(one.kind, one.kind_words, one.quote or "", one.when or "", fields)


def _fields(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, given in fields.items():
        for words in given if isinstance(given, list) else [given]:
            if isinstance(words, str):
                yield name, words
