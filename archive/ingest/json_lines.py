"""A file of JSON lines, or standard input → drafts, one line at a time."""

import json
from collections.abc import Iterator
from typing import IO, Final, TypeAlias

import msgspec

from archive.errors import FieldError, RefusedError
from archive.ingest.draft import Draft, numbered
from archive.ingest.reading import DEEPEST, is_deep, text_lines
from archive.languages import Words

_OBJECT = Words("每行一个 JSON 对象", "one JSON object a line")
_SHALLOW = Words(f"嵌套不超过 {DEEPEST} 层", f"nesting of at most {DEEPEST} levels")

# What stands in a line that the archive wrote: numbers nowhere but beside the outermost names.
_Plain: TypeAlias = str | bool | None
_Inner: TypeAlias = _Plain | list[_Plain] | dict[str, _Plain]
_Middle: TypeAlias = _Plain | list[_Inner] | dict[str, _Inner]
_Outer: TypeAlias = int | _Plain | list[_Middle] | dict[str, _Middle]
_DECODER: Final = msgspec.json.Decoder(dict[str, _Outer])
_ENCODER: Final = msgspec.json.Encoder()
_NUMBERS: Final = frozenset({"position", "stream_position", "kind_version"})
_LARGEST_VERSION: Final = 99_999


def read_json_lines(stream: IO[bytes], *, name: str) -> Iterator[Draft]:
    """Yield a draft for each line that is not blank; a line that is no object is a bad draft."""
    for number, line in text_lines(stream):
        place = f"{name}:{number}"
        if isinstance(line, RefusedError):
            yield Draft(place, {}, (line,))
        elif line.strip():
            yield _draft(line, place)


def _draft(line: str, place: str) -> Draft:
    try:
        raw = _as_the_archive_writes(line) or read_json(line)
    except RefusedError as error:
        return Draft(place, {}, (error,))
    return Draft(place, raw)


def _as_the_archive_writes(line: str) -> dict[str, object] | None:
    """Return what ``read_json`` does, if *line* is written without anything it need not say.

    What is written again as the very same bytes, by the archive or as Python's ``json`` writes,
    has no name twice and no half of a letter in it.
    """
    said = line.strip().encode(errors="replace")
    try:
        value = _DECODER.decode(said)
    except (msgspec.DecodeError, RecursionError):
        return None
    numbers = {name for name, one in value.items() if type(one) is int}
    version = value.get("kind_version")
    is_small = type(version) is not int or 0 <= version <= _LARGEST_VERSION
    if not (numbers <= _NUMBERS and is_small and _is_written_so(value, said)):
        return None
    # Only the version is a number to those who read on; the others, which the log gives, are text.
    return {
        name: str(one) if name in numbers and name != "kind_version" else one
        for name, one in value.items()
    }


def _is_written_so(value: dict[str, _Outer], said: bytes) -> bool:
    """Tell whether *value* is written as *said*: without blanks, or one behind each mark."""
    bare = _ENCODER.encode(value)
    return bare == said or msgspec.json.format(bare, indent=0) == said


def read_json(line: str) -> dict[str, object]:
    """Return the JSON object in *line*, its numbers as the text they are; else FieldError."""
    try:
        # Numbers stay text: a float would lose digits, a long integer would take long to read.
        value = json.loads(
            line,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_without_repeats,
        )
        if is_deep(value):
            raise FieldError(field="line", value=line.strip(), accepted=_SHALLOW)
        line.encode() if "\\u" not in line else json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise FieldError(field="line", value=line.strip(), accepted=_SHALLOW) from error
    except ValueError as error:
        if isinstance(error, UnicodeEncodeError):
            accepted = Words("成对的 \\uXXXX", "\\uXXXX in whole pairs")
            raise FieldError(field="line", value=line.strip(), accepted=accepted) from error
        raise FieldError(field="line", value=line.strip(), accepted=_OBJECT) from error
    if not isinstance(value, dict):
        raise FieldError(field="line", value=line.strip(), accepted=_OBJECT)
    return value


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FieldError(field=twice, value=twice, accepted=Words("每个键一次", "each key once"))
    return numbered(found)
