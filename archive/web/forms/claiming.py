"""The claims that a form makes: the first in fields of their own, each further one in a row."""

from collections.abc import Iterable
from typing import Final

from archive.errors import ArchiveError, FieldError
from archive.languages import Words
from archive.queries import ClaimRow
from archive.web.forms.steps import CLAIM, UNCLAIM, Step
from archive.web.forms.typed import Typed

ROW: Final = "claim"
PARTS: Final = ("source", "locator", "confidence", "reason", "quote", "grade")
_SAID: Final = ("source", "locator", "quote", "confidence", "reason")
_NEW_ROW: Final = {"confidence": "high"}
_A_SOURCE: Final = Words("此行需选来源，或整行留空", "choose its source, or leave the row empty")


def claim_from(typed: Typed) -> dict[str, str]:
    """Return the claim that the form's own fields make: who says so, where, how far trusted."""
    return {name: typed.one(name) for name in _SAID if typed.one(name)}


def further_claims(typed: Typed) -> list[dict[str, str]]:
    """Return what stands in each row of a further claim, those without a source too."""
    return typed.rows(ROW, PARTS)


def claims_from(typed: Typed) -> list[dict[str, str]]:
    """Return every claim of the form that names a source."""
    first = claim_from(typed)
    rest = [{name: text for name, text in row.items() if text} for row in further_claims(typed)]
    return [one for one in (first, *rest) if one.get("source")]


def says_something(row: dict[str, str]) -> bool:
    """Tell whether a row holds more than what every row begins with."""
    return any(row[part] for part in PARTS if part not in _NEW_ROW)


def faults_of_rows(typed: Typed) -> dict[str, ArchiveError]:
    """Return the error of each row that says something, but not who says it."""
    return {
        f"{ROW}-{number}-source": FieldError(field="source", value="", accepted=_A_SOURCE)
        for number, row in enumerate(further_claims(typed))
        if says_something(row) and not row["source"]
    }


def after_its_button(typed: Typed, step: Step) -> Typed:
    """Return the form after a row of a claim was asked for, or taken away."""
    if step.verb not in {CLAIM, UNCLAIM}:
        return typed
    rows = further_claims(typed)
    if step.verb == CLAIM:
        rows.append({part: _NEW_ROW.get(part, "") for part in PARTS})
    else:
        rows = [one for at, one in enumerate(rows) if str(at) != step.field]
    return with_rows(typed, rows)


def with_rows(typed: Typed, rows: Iterable[dict[str, str]]) -> Typed:
    """Return the form with *rows* as its further claims."""
    fields, kept = typed.fields.copy(), list(rows)
    for part in PARTS:
        fields.setlist(f"{ROW}-{part}", [row.get(part, "") for row in kept])
    return Typed(fields)


def row_of(claim: ClaimRow) -> dict[str, str]:
    """Return a claim that the archive holds as the row of a form."""
    return {
        "source": claim.source.id,
        "locator": claim.locator,
        "confidence": claim.confidence,
        "reason": claim.reason,
        "quote": claim.quote,
        "grade": claim.grade,
    }
