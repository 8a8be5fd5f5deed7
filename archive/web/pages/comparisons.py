"""Two states beside each other: what changed in the world, and what the archive learned."""

from datetime import date
from itertools import pairwise
from typing import Any, Final

from flask import Blueprint, Response, request, url_for

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.queries import AsOf, Coverage, compare, coverage, head
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection, today
from archive.web.states.grouping import firmer_changes, lessons, world_changes
from archive.web.states.two_times import Question, asked

blueprint = Blueprint("comparisons", __name__)

_CARRIED: Final = ("known", "known2", "lang")
_YEARS_OFFERED: Final = 12


@blueprint.get("/compare")
@blueprint.get("/compare/")
def choose() -> Response:
    """Offer two boxes, or send the reader from their words to the address of the comparison."""
    words = request.args
    if not words.get("from") or not words.get("to"):
        return _offered(words.get("from", ""), words.get("to", ""))
    left, right = _asked(words["from"], words["to"])
    if left.as_of is None or right.as_of is None:
        return _refused(left, right)
    return see_other(_address(left.as_of.valid, right.as_of.valid))


@blueprint.get("/compare/<first>/<second>")
def show(first: str, second: str) -> Response:
    """Show what lies between two states."""
    left, right = _asked(first, second)
    if left.as_of is None or right.as_of is None:
        return _refused(left, right)
    sides = (left.as_of, right.as_of)
    if (first, second) != tuple(str(one.valid) for one in sides):
        return see_other(_address(*(one.valid for one in sides)))
    return respond("compare", "compare_body", left=left, right=right, **_compared(*sides))


def _compared(left: AsOf, right: AsOf) -> dict[str, Any]:
    answer = compare(current_connection(), left=left, right=right)
    firmer = firmer_changes(answer)
    return {
        "answer": answer,
        "world": world_changes(answer),
        "firmer": firmer,
        "firmer_count": sum(len(group.differences) for group in firmer),
        "learned": lessons(answer),
    }


def _asked(first: str, second: str) -> tuple[Question, Question]:
    """Read both sides; the second is known as the first is, unless the address says otherwise."""
    known = request.args.get("known", "")
    known2 = request.args.get("known2", known)
    left = asked(first, known, names=("from", "known"))
    return left, asked(second, known2, names=("to", "known2"))


def _refused(left: Question, right: Question) -> Response:
    status = max(left.status, right.status)
    return respond("compare", "compare_body", status=status, left=left, right=right, answer=None)


def _offered(first: str, second: str) -> Response:
    connection, known = current_connection(), request.args.get("known", "")
    boxes: dict[str, Any] = {
        "left": Question(first, known, None, {}),
        "right": Question(second, request.args.get("known2", ""), None, {}),
    }
    years = _year_ends(coverage(connection, known=head(connection).position))
    return respond("compare", "compare_body", **boxes, answer=None, pairs=years)


def _year_ends(covered: Coverage) -> list[tuple[date, date]]:
    """Return the ends of the years that the archive covers, each with the next, newest first."""
    if not covered.events:
        return []
    first = today() if covered.first_day == EARLIEST_DAY else day_of(covered.first_day)
    last = today() if covered.last_day == LATEST_DAY else min(day_of(covered.last_day), today())
    ends = [date(year, 12, 31) for year in range(first.year - 1, last.year + 1)]
    return list(pairwise(ends))[::-1][:_YEARS_OFFERED]


def _address(first: date, second: date) -> str:
    said: dict[str, Any] = {
        name: request.args[name] for name in _CARRIED if request.args.get(name)
    }
    return url_for("comparisons.show", first=first.isoformat(), second=second.isoformat(), **said)
