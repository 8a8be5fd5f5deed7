"""A file of JSON lines, or standard input → drafts, one line at a time."""

import json
from collections.abc import Iterator
from typing import IO

from archive.errors import FieldError, RefusedError
from archive.ingest.draft import Draft, numbered
from archive.ingest.reading import DEEPEST, is_deep, text_lines
from archive.languages import Words

_OBJECT = Words("每行一个 JSON 对象", "one JSON object a line")
_SHALLOW = Words(f"嵌套不超过 {DEEPEST} 层", f"nesting of at most {DEEPEST} levels")


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
        raw = read_json(line)
    except RefusedError as error:
        return Draft(place, {}, (error,))
    return Draft(place, raw)


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
