"""What a form asks while it is filled in: how a date reads, whom a name means."""

from datetime import date

from flask import Blueprint, Response, abort, request

from archive.vocabulary import Field, kind
from archive.web.forms import (
    BOUNDS,
    Step,
    Typed,
    answer_for,
    box_from,
    control_for,
    event_box,
    fill,
    hints_for,
    near_hints_for,
)
from archive.web.forms.cautioning import cautions_for
from archive.web.frame.guarding import demand_editor
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection

blueprint = Blueprint("filling", __name__, url_prefix="/admin")
blueprint.before_request(demand_editor)

_NOT_FOUND = 404


@blueprint.get("/read-date")
def read_date() -> Response:
    """Show how typed words read as a date, against the source's day, ``ref``, or today."""
    words = request.args.get("words") or request.args.get("when", "")
    answer = answer_for(
        current_connection(),
        words.strip(),
        source=request.args.get("source", ""),
        reference=request.args.get("ref", type=date.fromisoformat),
        is_relative=any(request.args.get(name, "").strip() for name in BOUNDS),
        may_be_unknown=True,
    )
    return respond("admin_date", "admin_reading", date=answer)


@blueprint.get("/kinds/<name>/<field>/amount")
def read_amount(name: str, field: str) -> Response:
    """Show how a typed amount reads: the number whole, its unit and currency."""
    found = kind(name).field(field)
    if found is None or found.type.widget != "amount":
        abort(_NOT_FOUND)
    control = control_for(found, Typed(request.args.copy()))
    return respond("admin_amount", "admin_amount", control=control)


@blueprint.post("/cautions/<name>")
def show_cautions(name: str) -> Response:
    """Show what looks wrong with a form while it is typed."""
    typed, connection = Typed(request.form), current_connection()
    filled = fill(connection, kind(name), typed, step=Step("show"))
    about = request.args.get("event", "")
    cautions = cautions_for(connection, filled, typed, event_id=about)
    return respond(
        "admin_cautions",
        "admin_cautions",
        form=filled,
        typed=typed,
        cautions=cautions,
        event=about,
    )


@blueprint.get("/bounds/<name>")
def show_bound(name: str) -> Response:
    """Show which event bounds the date on a side, ``after`` or ``before``, or which may."""
    if name not in BOUNDS:
        abort(_NOT_FOUND)
    typed = Typed(request.args.copy())
    box = event_box(current_connection(), name, typed, hinted=True)
    return respond("admin_bound", "admin_bound", box=box)


@blueprint.get("/kinds/<name>/<role>/hints")
def show_hints(name: str, role: str) -> Response:
    """Show whom the typed words may mean in a role."""
    field, typed = _role(name, role), Typed(request.args.copy())
    words = typed.line(f"field-{role}")
    connection = current_connection()
    hints = hints_for(connection, field, words) or near_hints_for(connection, field, words)
    return respond("admin_entities", "admin_hints", hints=hints, words=words, kind=name, role=role)


@blueprint.get("/kinds/<name>/<role>/box")
def show_box(name: str, role: str) -> Response:
    """Show the control of a role after one of its own buttons was used."""
    field, typed = _role(name, role), Typed(request.args.copy())
    step = Step.from_words(typed.one("step"))
    box = box_from(current_connection(), field, kind=name, typed=typed, step=step)
    return respond("admin_entity", "admin_entity", box=box, error="")


def _role(name: str, role: str) -> Field:
    found = kind(name).field(role)
    if found is None or not found.is_role:
        abort(_NOT_FOUND)
    return found
