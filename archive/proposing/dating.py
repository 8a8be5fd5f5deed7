"""When each sentence is set: the dates it names, those it leans on, and those it takes over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from archive.dates import Found, Reading, describe, read, read_article
from archive.proposing.calling import folded
from archive.proposing.laying import Sentence
from archive.proposing.narrating import NUMBERS, capped, mended, shifted, stretch
from archive.proposing.proposals import Span
from archive.proposing.tables.phrases import AHEAD, LEANING

_KEPT: Final = 4
_OPENING: Final = 9  # of a clause: where words stand that set its time
_FEW: Final = 9
_PAST_YEARS: Final = re.compile(
    r"(?:过去|近|最近)([一二两三四五六七八九十]|\d{1,2})年(?!前)|"
    r"\b(?:past|last) (two|three|four|five|ten|\d{1,2}) years\b",
    re.IGNORECASE,
)
# Without a number it is the lunar new year that something lies before or after.
_NEW_YEAR: Final = re.compile(r"(?:^|(?<=[,，。;；]))年([前后])(?!\d|[一二三四五六七八九十几])")
_FEW_DAYS_AGO: Final = re.compile(r"前几天|几天前|\ba few days ago\b", re.IGNORECASE)
# A year that "is" something is meant as a whole.
_ITSELF: Final = re.compile(r"\s*(?:[是为]|被称|was\b|is\b|marks?\b|will be\b)", re.IGNORECASE)
_ENTERED: Final = re.compile(r"进入[^年]{0,3}月(?:之后|以后|后)")
# A gathering that bears a year took place in it.
_GATHERING: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?=[\u4e00-\u9fff]{0,12}(?:大会|峰会|论坛|年会|博览会|发布会))|"
    r"\b(?:CES|WAIC|MWC|GTC|I/O|NeurIPS|ICML|Build|Summit|Conference) "
    r"(?P<after>(?:19|20)\d\d)(?!\d)"
)
_YEARBOOK: Final = re.compile(
    r"(?<=《)(?P<year>(?:19|20)\d\d)年?(?=[^》]{0,30}(?:报告|白皮书|年鉴)》)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as a sentence tells it; one that is carried stands in an earlier sentence."""

    reading: Reading
    words: str
    span: Span
    is_carried: bool = False


def whens(
    told: Sequence[Sentence], *, published: date, language: str | None
) -> list[tuple[When, ...]]:
    """Return the dates of each sentence, in their order; none that names none and follows none.

    A sentence without a date of its own takes over the last one of its paragraph.
    """
    found: list[list[Found]] = [[] for _sentence in told]
    for one in read_article([one.text for one in told], ref=published, lang=language):
        found[one.sentence].append(one)
    every: list[tuple[When, ...]] = []
    recent: list[When] = []
    paragraph: list[When] = []
    for number, sentence in enumerate(told):
        if number and told[number - 1].paragraph != sentence.paragraph:
            paragraph = []
        named = _named(sentence, found[number], paragraph, published)
        others = _unread(sentence, [*recent, *named], published)
        own = sorted([*named, *_apart(others, named)], key=lambda one: one.span)
        every.append(tuple(own) or tuple(replace(one, is_carried=True) for one in paragraph))
        recent, paragraph = [*recent, *own][-_KEPT:], [*paragraph, *own][-1:]
    return every


def before_publication(published: date) -> Reading:
    """Return the date of what is told without one: not later than the telling."""
    return describe(f"[..{published}]")


def _named(
    sentence: Sentence, found: Sequence[Found], paragraph: Sequence[When], published: date
) -> list[When]:
    """Return the dates that the date reader finds, each as the tale means it."""
    named: list[When] = []
    for one in found:
        words = sentence.text[one.start : one.end]
        last = (named or paragraph)[-1:]
        reading = (
            _entered(sentence, one)
            or mended(words, [when.reading for when in last], published=published)
            or _past(sentence, one, published)
        )
        named.append(When(reading, words, _at(sentence, one.start, one.end)))
    return named


def _entered(sentence: Sentence, found: Found) -> Reading | None:
    """Return the course that began with a month, where it is told as entered."""
    words = sentence.text[max(0, found.start - 2) : found.end]
    if _ENTERED.match(words) is None or found.reading.earliest is None:
        return None
    month = shifted(found.reading.earliest, days=-1).isoformat()[: len("2023-06")]
    return describe(f"{month}/..")


def _past(sentence: Sentence, found: Found, published: date) -> Reading:
    """Return the date, capped unless its clause looks forward."""
    if _ITSELF.match(sentence.text, found.end):
        return found.reading
    clause = sentence.words_of(sentence.clause_at(sentence.start + found.start))
    is_ahead = AHEAD.search(folded(clause))
    return found.reading if is_ahead else capped(found.reading, published=published)


def _unread(sentence: Sentence, before: Sequence[When], published: date) -> list[When]:
    """Return the dates that are none by themselves: of gatherings, of years past, leaning ones."""
    told = [*_years(sentence), *_ago(sentence, published)]
    known = [*before, *told]
    return [*told, *_leaning(sentence, sorted(known, key=lambda one: one.span), published)]


def _apart(others: Sequence[When], named: Sequence[When]) -> Iterator[When]:
    """Yield those that do not share words with one that was read."""
    for one in others:
        if not any(one.span.meets(other.span) for other in named):
            yield one


def _at(sentence: Sentence, start: int, end: int) -> Span:
    return Span(sentence.start + start, sentence.start + end)


def _years(sentence: Sentence) -> Iterator[When]:
    for pattern in (_GATHERING, _YEARBOOK):
        for match in pattern.finditer(sentence.text):
            name = "year" if match["year"] else "after"
            yield When(describe(match[name]), match[name], _at(sentence, *match.span(name)))


def _ago(sentence: Sentence, published: date) -> Iterator[When]:
    """Yield the whole years just past, the turn of the year, and the last few days."""
    for match in _PAST_YEARS.finditer(sentence.text):
        told = (match[1] or match[2]).lower()
        many = int(told) if told.isdecimal() else NUMBERS[told]
        if 0 < many < published.year:
            edtf = f"{published.year - many:04}/{published.year - 1:04}"
            yield When(describe(edtf), match[0], _at(sentence, *match.span()))
    for match in _NEW_YEAR.finditer(sentence.text):
        found = read(f"今年春节{match[1]}", ref=published)
        if found is not None:
            reading = capped(found, published=published)
            yield When(reading, match[0], _at(sentence, *match.span()))
    for match in _FEW_DAYS_AGO.finditer(sentence.text):
        lately = stretch(shifted(published, days=-_FEW), shifted(published, days=-1))
        if lately is not None:
            yield When(lately, match[0], _at(sentence, *match.span()))


def _leaning(sentence: Sentence, before: Sequence[When], published: date) -> Iterator[When]:
    """Yield the dates told by leaning on those before them: at that time, afterwards."""
    for how, pattern in LEANING.items():
        for match in pattern.finditer(sentence.text):
            span = _at(sentence, *match.span())
            if span.start - sentence.clause_at(span.start).start > _OPENING:
                continue
            reading = _lent(how, [one.reading for one in before if one.span < span], published)
            if reading is not None:
                yield When(reading, match[0], span)


def _lent(how: str, before: Sequence[Reading], published: date) -> Reading | None:
    if not before:
        return None
    last = before[-1]
    if how == "same":
        return last
    if how == "around":
        return describe(f"{last.earliest.isoformat()[:7]}~") if last.earliest else None
    if how == "after":
        return stretch(last.earliest, published)
    early = [one.earliest for one in before[-2:] if one.earliest]
    late = [one.latest for one in before[-2:] if one.latest]
    return stretch(min(early), max(late)) if len(before) > 1 and early and late else last
