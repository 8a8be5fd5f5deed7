"""read-date: words to a date; or JSON lines of them, one answer a line."""

import sys
from datetime import date

import click

from archive.cli.lines import (
    TEXT,
    Answer,
    Complain,
    Row,
    answer_lines,
    bounds_of,
    day_given,
    language_given,
)
from archive.cli.reading import DAY, LANGUAGE, today
from archive.cli.showing import json_option, show_json
from archive.cli.speaking import command, locale, option, said
from archive.dates import phrase, read
from archive.errors import FieldError, UnreadableDateError
from archive.ingest import read_words
from archive.languages import Words

_LONGEST = 4000


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


def _answer(row: Row, _complain: Complain) -> Answer:
    words = row.get("text")
    if not isinstance(words, str):
        raise FieldError(field="text", value=words, accepted=TEXT)
    ref, lang = day_given(row), language_given(row)
    found = read(words, ref=ref, lang=lang) if words.strip() else None
    return {"id": row.get("id"), **bounds_of(found)}


def _nothing(identity: object) -> Answer:
    return {"id": identity, **bounds_of(None)}
