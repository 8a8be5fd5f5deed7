"""Two states beside each other: what changed in the world, and what the archive learned."""

from datetime import date
from itertools import pairwise
from typing import Any, Final

from flask import Blueprint, Response, request

from archive.dates import day_of
from archive.queries import AsOf, Change, Compared, Comparison, compare, covered_days, head
from archive.vocabulary import ENTITY_TYPES
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.keeping import kept
from archive.web.frame.session import current_connection, today
from archive.web.states.grouping import (
    firmer_changes,
    lessons,
    softer_changes,
    world_changes,
)
from archive.web.states.links import compare_link
from archive.web.states.narrowing import ALL_FACTS, STATE_TABS, Narrowing, narrowing
from archive.web.states.two_times import Question, asked
from archive.web.states.viewing import entity_known

blueprint = Blueprint("comparisons", __name__)
blueprint.add_app_template_global(compare_link)

_YEARS_OFFERED: Final = 12
# Of each sort of change.
_MOST_SHOWN: Final = 100
_SORTS: Final = ("added", "ended", "changed", "firmer", "softer", "learned")


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
    return see_other(compare_link(left.as_of.valid, right.as_of.valid))


@blueprint.get("/compare/<first>/<second>")
@kept
def show(first: str, second: str) -> Response:
    """Show what lies between two states."""
    left, right = _asked(first, second)
    if left.as_of is None or right.as_of is None:
        return _refused(left, right)
    sides = (left.as_of, right.as_of)
    if (first, second) != tuple(str(one.valid) for one in sides):
        return see_other(compare_link(*(one.valid for one in sides)))
    narrowed = narrowing(sides[1], tab=ALL_FACTS)
    return _page(left, right, **_compared(*sides, narrowed=narrowed))


def _compared(left: AsOf, right: AsOf, *, narrowed: Narrowing) -> dict[str, Any]:
    answer = compare(
        current_connection(),
        left=left,
        right=right,
        among=Compared(narrowed.entity, narrowed.type, narrowed.asked_tab),
        limit=None if narrowed.is_unfolded else _MOST_SHOWN,
    )
    return {
        "answer": answer,
        "entity": entity_known(right, narrowed.entity) if narrowed.entity else None,
        "narrowing": narrowed,
        "world": world_changes(answer),
        "firmer": firmer_changes(answer),
        "softer": softer_changes(answer),
        "totals": {sort: _total(answer, sort) for sort in _SORTS},
        "learned": lessons(answer),
        "newest": head(current_connection()).position,
    }


def _total(answer: Comparison, sort: str) -> int:
    """Return how many changes of a sort there are, shown or not."""
    some: tuple[Change, ...] = getattr(answer, sort)
    return len(some) + answer.untold.get(sort, 0)


def _asked(first: str, second: str) -> tuple[Question, Question]:
    """Read both sides; the second is known as the first is, unless the address says otherwise."""
    known = request.args.get("known", "")
    known2 = request.args.get("known2", known)
    left = asked(first, known, names=("from", "known"))
    return left, asked(second, known2, names=("to", "known2"))


def _refused(left: Question, right: Question) -> Response:
    return _page(left, right, answer=None)


def _offered(first: str, second: str) -> Response:
    connection, known = current_connection(), request.args.get("known", "")
    left = Question(first, known, None, {})
    right = Question(second, request.args.get("known2", ""), None, {})
    years = _year_ends(covered_days(connection, known=head(connection).position))
    return _page(left, right, answer=None, pairs=years)


def _page(left: Question, right: Question, **more: Any) -> Response:
    status = max(left.status, right.status)
    types = {name: sort.label for name, sort in ENTITY_TYPES.items() if sort.attributes}
    more |= {"left": left, "right": right, "tabs": STATE_TABS, "types": types}
    more |= {"asked_type": request.args.get("type", "")}
    return respond("compare", "compare_body", status=status, **more)


def _year_ends(covered: tuple[int, int] | None) -> list[tuple[date, date]]:
    """Return the ends of the years that the archive covers, each with the next, newest first."""
    if covered is None:
        return []
    first, last = day_of(covered[0]), min(day_of(covered[1]), today())
    ends = [date(year, 12, 31) for year in range(first.year - 1, last.year + 1)]
    return list(pairwise(ends))[::-1][:_YEARS_OFFERED]
