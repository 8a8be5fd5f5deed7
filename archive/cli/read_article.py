"""read-article: the dates in a text; or JSON lines of articles, one answer a line."""

import sys
from datetime import date
from pathlib import Path

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
from archive.cli.reading import DAY, LANGUAGE
from archive.cli.showing import in_words, json_option, show_json, show_table
from archive.cli.speaking import command, option, said, tell
from archive.dates import Found, sentences
from archive.dates import read_article as dates_in
from archive.errors import FieldError
from archive.languages import Words

_COLUMNS = (
    Words("句", "Sentence"),
    Words("文字", "Words"),
    Words("日期", "Date"),
    Words("读作", "Reads as"),
    Words("最早", "Earliest"),
    Words("最晚", "Latest"),
)
_LIST = Words("由文字组成的列表", "a list of texts")


@command("read-article", "找出一篇文章中的日期。", "Find the dates in an article.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@option("--published", type=DAY, zh="文章的发布日期。", en="The day on which it came out.")
@option("--lang", type=LANGUAGE, zh="文章的语言。", en="The language of the text.")
@option("--jsonl", is_flag=True, zh="读写 JSON 行。", en="JSON lines in, JSON lines out.")
@json_option
def read_article(
    *, file: Path | None, published: date | None, lang: str | None, jsonl: bool, as_json: bool
) -> None:
    """Show each date that the article names, with its sentence."""
    if jsonl:
        answer_lines(sys.stdin.buffer, _answer, _nothing)
        return
    if file is None or published is None:
        words = Words("请给出 FILE 与 --published，或 --jsonl", "FILE and --published, or --jsonl")
        raise click.UsageError(said(words))
    told = sentences(_text(file))
    found = dates_in(told, ref=published, lang=lang)
    if as_json:
        show_json([_document(one, told) for one in found])
        return
    show_table(_COLUMNS, [_row(one, told) for one in found])
    many, dates = len(told), len(found)
    tell(Words(f"{many} 句，{dates} 个日期。", f"{many} sentences, {dates} dates."))


def _text(file: Path) -> str:
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        accepted = Words("UTF-8 文字", "text in UTF-8")
        raise FieldError(field="file", value=file, accepted=accepted) from error


def _words(found: Found, told: list[str]) -> str:
    return told[found.sentence][found.start : found.end]


def _document(found: Found, told: list[str]) -> dict[str, object]:
    return {
        "sentence": found.sentence,
        "words": _words(found, told),
        **bounds_of(found.reading),
        "text": told[found.sentence],
    }


def _row(found: Found, told: list[str]) -> tuple[str, ...]:
    reading = found.reading
    return (
        str(found.sentence + 1),
        _words(found, told),
        in_words(reading.edtf),
        reading.edtf,
        str(reading.earliest or "—"),
        str(reading.latest or "—"),
    )


def _answer(row: Row, complain: Complain) -> Answer:
    found = dates_in(_told(row, complain), ref=day_given(row), lang=language_given(row))
    dates = [{"sentence": one.sentence, **bounds_of(one.reading)} for one in found]
    return {"id": row.get("id"), "dates": dates}


def _told(row: Row, complain: Complain) -> list[str]:
    """Return the sentences; what is none counts as one without dates, so that numbers hold."""
    listed = row.get("sentences")
    if not isinstance(listed, list):
        raise FieldError(field="sentences", value=listed, accepted=_LIST)
    strange = [one for one in listed if not isinstance(one, str)]
    if strange:
        complain(FieldError(field="sentences", value=strange[0], accepted=TEXT))
    return [one if isinstance(one, str) else "" for one in listed]


def _nothing(identity: object) -> Answer:
    return {"id": identity, "dates": []}
