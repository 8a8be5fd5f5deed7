"""read-date: words to a date; or JSON lines of them, one answer a line."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import IO

import click

from archive.cli.reading import DAY, today
from archive.cli.showing import json_option, show_json
from archive.cli.speaking import command, locale, option, said
from archive.dates import Reading, phrase, read
from archive.errors import UnreadableDateError
from archive.ingest import read_words
from archive.languages import LOCALES, Words

_LONGEST = 4000
LANGUAGE = click.Choice(list(LOCALES))


@command("read-date", "把文字读成日期。", "Read a date from words.")
@click.argument("words", nargs=-1)
@option("--ref", type=DAY, zh="相对日期所对照的日子；默认今天。", en="Counts from; else today.")
@option("--lang", type=LANGUAGE, zh="文字的语言。", en="The language of the words.")
@option("--jsonl", is_flag=True, zh="读写 JSON 行。", en="JSON lines in, JSON lines out.")
@json_option
def read_date(
    *, words: tuple[str, ...], ref: date | None, lang: str | None, jsonl: bool, as_json: bool
) -> None:
    """Show the EDTF, the bounds and the phrase; exit 1 where there is no date."""
    if jsonl:
        answer_lines(sys.stdin.buffer, _answer, _nothing)
        return
    text = " ".join(words)
    if not text.strip():
        raise click.UsageError(said(Words("请给出 WORDS 或 --jsonl", "Give WORDS or --jsonl")))
    if len(text.encode(errors="replace")) > _LONGEST:
        raise UnreadableDateError(text)
    found = read_words(text, ref=ref or today(), lang=lang)
    if as_json:
        show_json({**bounds_of(found), "words": phrase(found.edtf, locale=locale())})
        return
    unknown = said(Words("未定", "open"))
    click.echo(found.edtf)
    click.echo(f"{found.earliest or unknown} … {found.latest or unknown}")
    click.echo(phrase(found.edtf, locale=locale()))


def bounds_of(found: Reading | None) -> dict[str, object]:
    """Return ``edtf``, ``earliest`` and ``latest``; all null where there is no date."""
    if found is None:
        return {"edtf": None, "earliest": None, "latest": None}
    return {
        "edtf": found.edtf,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": found.latest.isoformat() if found.latest else None,
    }


def day_given(row: Mapping[str, object]) -> date:
    """Return the row's ``ref``, today where it gives none; raises ValueError for nonsense."""
    ref = row.get("ref")
    return date.fromisoformat(str(ref)[: len("2023-07-28")]) if ref else today()


def language_given(row: Mapping[str, object]) -> str | None:
    """Return the row's ``lang`` as one of the archive's languages, None for any other."""
    lang = str(row.get("lang") or "")[:2].casefold()
    return lang if lang in LOCALES else None


def _answer(row: Mapping[str, object]) -> dict[str, object]:
    text = row.get("text")
    words = text if isinstance(text, str) else ""
    found = read(words, ref=day_given(row), lang=language_given(row)) if words.strip() else None
    return {"id": row.get("id"), **bounds_of(found)}


def _nothing(identity: object) -> dict[str, object]:
    return {"id": identity, **bounds_of(None)}


def answer_lines(
    stream: IO[bytes],
    answer: Callable[[Mapping[str, object]], dict[str, object]],
    nothing: Callable[[object], dict[str, object]],
) -> None:
    """Print one line for each line of *stream* that is not blank, whatever that holds."""
    for row, identity in _rows(stream):
        try:
            line = json.dumps(answer(row) if row is not None else nothing(identity))
        except Exception:  # noqa: BLE001 - one bad line must not cost the lines after it
            line = json.dumps(nothing(identity if isinstance(identity, str | int) else None))
        sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def _rows(stream: IO[bytes]) -> Iterator[tuple[Mapping[str, object] | None, object]]:
    for raw in stream:
        line = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not line:
            continue
        try:
            row = json.loads(line, parse_constant=str)
        except (ValueError, RecursionError):
            yield None, None
            continue
        yield (row, row.get("id")) if isinstance(row, dict) else (None, None)
