"""Citations of a state: a line for people, BibTeX, CSL-JSON, and the line of GB/T 7714-2015.

What a citation needs is in it; nothing here asks the database or the clock. Each form pins the
position and carries the address with the hash, so that a reader years later can check it. The
forms for programs carry the root of the log's tree too, by which a signed checkpoint vouches for
every event that the state was computed from.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from archive.dates import phrase
from archive.languages import Words

SITE: Final = Words("大模型档案", "The Large-Model Archive")
_SHOWN_DIGITS: Final = 8
# What TeX reads as a command, and how each is written to be read as itself.
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}
_TEX_SIGNS: Final = re.compile("|".join(map(re.escape, _TEX)))
# In a field that is read as it stands, only what could end the field is written otherwise.
_IN_ADDRESS: Final = {"\\": "%5C", "{": "%7B", "}": "%7D"}


@dataclass(frozen=True, slots=True)
class Citation:
    """A state as cited: ``recorded`` is the day of its position, ``parts`` what narrows it.

    ``root`` is that of the log's Merkle tree at the position.
    """

    held_on: date
    position: int
    recorded: date
    accessed: date
    address: str
    hash: str
    parts: tuple[Words, ...] = ()
    root: str = ""


def title(citation: Citation) -> Words:
    """Return what is cited, in both languages."""
    day = {one: _in_words(citation.held_on, one) for one in ("zh", "en")}
    zh = "，".join(part.zh for part in citation.parts)
    en = ", ".join(part.en for part in citation.parts)
    return Words(
        f"{day['zh']}大模型行业的状态" + (f"（{zh}）" if zh else ""),
        f"State of the large-model industry on {day['en']}" + (f" ({en})" if en else ""),
    )


def plain(citation: Citation) -> Words:
    """Return the citation as a sentence, in both languages."""
    said, address = title(citation), citation.address
    recorded, accessed = (
        {one: _in_words(day, one) for one in ("zh", "en")}
        for day in (citation.recorded, citation.accessed)
    )
    return Words(
        f"{SITE.zh}：《{said.zh}》，所知截至日志位置 {citation.position}"
        f"（{recorded['zh']}记录）。{address} （{accessed['zh']}访问）。",
        f"{SITE.en}. “{said.en}”, as known at position {citation.position} of its log, recorded "
        f"on {recorded['en']}. {address} (accessed {accessed['en']}).",
    )


def key(citation: Citation) -> str:
    """Return a short name for the citation, the same for the same state."""
    digits = citation.hash.rpartition(":")[2][:_SHOWN_DIGITS]
    return f"archive-state-{citation.held_on}-{citation.position}-{digits}"


def bibtex(citation: Citation) -> str:
    """Return the citation as an entry of BibTeX; biblatex reads its dates too."""
    address = "".join(_IN_ADDRESS.get(sign, sign) for sign in citation.address)
    fields = {
        "author": f"{{{_tex(SITE.en)}}}",
        "title": f"{{{_tex(title(citation).en)}}}",
        "year": str(citation.recorded.year),
        "date": citation.recorded.isoformat(),
        "version": _version(citation),
        "url": address,
        "urldate": citation.accessed.isoformat(),
        "note": f"As known at {_version(citation)}; {_tex(_note(citation))}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key(citation)},", *lines, "}"]) + "\n"


def csl_json(citation: Citation) -> str:
    """Return the citation as CSL-JSON: a list of one data set."""
    item = {
        "id": key(citation),
        "type": "dataset",
        "title": title(citation).en,
        "author": [{"literal": SITE.en}],
        "publisher": SITE.en,
        "issued": _date_parts(citation.recorded),
        "accessed": _date_parts(citation.accessed),
        "version": _version(citation),
        "URL": citation.address,
        "language": "en",
        "note": _note(citation),
    }
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode() + "\n"


def gb_t_7714(citation: Citation) -> str:
    """Return the line of GB/T 7714-2015 for a database online.

    Author, title, [DB/OL], the day it was brought up to date, the day it was read, the address.
    """
    said = title(citation).zh
    return (
        f"{SITE.zh}. {said}：所知截至日志位置{citation.position}[DB/OL]. "
        f"({citation.recorded})[{citation.accessed}]. {citation.address}."
    )


def _note(citation: Citation) -> str:
    return f"{citation.hash}; log root {citation.root}" if citation.root else citation.hash


def _version(citation: Citation) -> str:
    return f"position {citation.position}"


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda found: _TEX[found[0]], text)


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _in_words(day: date, locale: str) -> str:
    return phrase(day.isoformat(), locale=locale)
