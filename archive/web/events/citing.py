"""An event as one line of plain text, to be pasted under an article."""

from dataclasses import dataclass

from flask_babel import force_locale, gettext

from archive.dates import phrase
from archive.languages import Words
from archive.queries import ClaimRow, EventAnswer


@dataclass(frozen=True, slots=True)
class Cited:
    """The line that cites an event: as people read it, and with the hash that proves it."""

    plain: str
    sealed: str


def citation(answer: EventAnswer, *, address: str, locale: str, is_sealed: bool = True) -> str:
    """Return the line that cites an event in *locale*: what, when, where it is kept, by whom.

    The hash of what is kept stands in it where *is_sealed*.
    """
    row = answer.row
    with force_locale(locale):
        archive = gettext("The Large-Model Archive")
    line = Words(
        "{title}，{when}。《{archive}》，事件 {id}，"
        "第 {position} 条记录，{hash}{address}{standing}。来源：{sources}。",
        "{title}. {when}. {archive}, event {id}, position {position}, {hash}"
        "{address}{standing}. Source: {sources}.",
    ).in_language(locale)
    comma = Words("，", ", ").in_language(locale)
    joint = Words("；", "; ").in_language(locale)
    return line.format(
        title=row.title.in_language(locale),
        when=_begun(phrase(row.occurred.edtf, locale=locale)),
        archive=archive,
        id=row.id,
        position=row.position,
        hash=f"{answer.hash}{comma}" if is_sealed else "",
        address=address,
        standing=_standing(answer, locale),
        sources=joint.join(_source(claim, locale) for claim in row.claims) or "—",
    )


def _begun(words: str) -> str:
    """Return *words* as a sentence of their own begins."""
    return words[:1].upper() + words[1:]


def _standing(answer: EventAnswer, locale: str) -> str:
    """Return where in the log the event was withdrawn; nothing of one that stands."""
    if not answer.row.is_retracted:
        return ""
    said = Words("（已撤回，见第 {position} 条记录）", " (retracted at position {position})")
    last = next(one for one in reversed(answer.versions) if one.what == "retracted")
    return said.in_language(locale).format(position=last.position)


def _source(claim: ClaimRow, locale: str) -> str:
    source = claim.source
    title = Words(f"《{source.title}》", f"“{source.title}”").in_language(locale)
    when = phrase(source.published, locale=locale) if source.published else ""
    parts = (source.publisher.in_language(locale), title, when, claim.locator)
    return Words("，", ", ").in_language(locale).join(part for part in parts if part)
