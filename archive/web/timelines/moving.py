"""Where the buttons, the piles and the folds lead: the present address with another window."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import request

from archive.web.drawing.lanes import Lane
from archive.web.drawing.marking import DrawnPile
from archive.web.drawing.scales import Scale
from archive.web.frame.filters import address
from archive.web.timelines.choosing import MINUS
from archive.web.timelines.questions import Question, iso
from archive.web.timelines.windows import View, around, panned, query_of, zoomed_in, zoomed_out

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Steps:
    """The addresses that the buttons lead to."""

    earlier: str
    later: str
    inward: str
    out: str
    whole: str


def steps_of(view: View, scale: Scale) -> Steps:
    """Return where each button leads from *view*."""
    return Steps(
        earlier=step_to(panned(view, later=False)),
        later=step_to(panned(view, later=True)),
        inward=step_to(zoomed_in(view, scale)),
        out=step_to(zoomed_out(view)),
        whole=address(**{"from": "", "to": "", "at": ""}),
    )


def step_to(view: View) -> str:
    """Return the present address with another window."""
    return address(at="", **query_of(view))


def others_address(question: Question, lanes: Iterable[Lane]) -> str:
    """Return the address of what is in none of *lanes*, each of which is an entity's."""
    left = {*question.choice.without.entities, *(lane.key for lane in lanes)}
    return address(entity=[f"{MINUS}{slug}" for slug in sorted(left)], at="")


def pile_address(view: View, pile: DrawnPile, lane: Lane) -> str:
    """Return the address that shows what is folded in *pile*: a closer window, else the list.

    A day to go to may have taken the window along: it is said by itself then.
    """
    narrowed = _narrowed(lane)
    if pile.is_wider:
        days = query_of(view) if request.args.get("at") else {}
        return f"{address(**narrowed, **days, precision=pile.precisions, at='')}#list"
    closer = around(pile.first_day, pile.last_day, view=view)
    if closer.days < view.days:
        return step_to(closer)
    return f"{address(**narrowed, at=iso(pile.first_day))}#list"


def _narrowed(lane: Lane) -> dict[str, list[str]]:
    """Return the words of the address that leave what is in the lane."""
    if lane.key == ALL:
        return {}
    field = "group" if lane.group else "entity"
    left_out = [word for word in request.args.getlist(field) if word.startswith(MINUS)]
    return {field: [*left_out, lane.key] if field == "entity" else [lane.key]}
