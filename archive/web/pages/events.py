"""The page of one event: what it says, who says so, what follows from it, and its history."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from babel import Locale
from flask import Blueprint, Response, request, url_for

from archive.commands.noting import DeskStep, acceptances
from archive.dates import LATEST_DAY, day_of
from archive.export import event_document
from archive.languages import LOCALES
from archive.queries import EventAnswer, EventRow, VersionRow, beside, event
from archive.web.events.citing import Cited, citation
from archive.web.events.fields import FieldDifference, field_differences, fields_of
from archive.web.events.lateness import lateness
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection, known
from archive.web.frame.translating import current_locale
from archive.web.states.downloads import json_file

blueprint = Blueprint("events", __name__)


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the history of an event, what it changed, and who accepted it."""

    row: VersionRow
    differences: tuple[FieldDifference, ...]
    accepted: DeskStep | None


@blueprint.get("/events/<id>")
def show(id: str) -> Response:  # noqa: A002 - the address's own word
    """Show one event whole."""
    connection, position = current_connection(), known()
    answer = event(connection, id=id, known=position)
    return respond(
        "event",
        "event_body",
        answer=answer,
        row=answer.row,
        fields=fields_of(answer.row),
        versions=_versions(answer),
        late=lateness(answer),
        after=_day_after(answer.row),
        beside=beside(connection, answer.row, known=position),
        citations=_citations(answer),
    )


@blueprint.get("/events/<id>.json")
def show_json(id: str) -> Response:  # noqa: A002 - as above
    """Answer the event as the JSON line in which it travels, with what became of it since."""
    answer = event(current_connection(), id=id, known=known())
    return json_file(event_document(answer))


@blueprint.app_template_filter()
def territory(code: str) -> str:
    """Return the name of the country whose ISO 3166-1 code it is, or the text itself."""
    return str(Locale.parse(current_locale()).territories.get(code, code))


def _versions(answer: EventAnswer) -> tuple[Version, ...]:
    """Return the history, maskings in it, each correction with the fields that it changed."""
    history: list[Version] = []
    steps = sorted((*answer.versions, *answer.maskings), key=attrgetter("position"))
    recorded = {one.recorded.event.id: one.recorded.recorded_at for one in steps}
    accepted = acceptances(current_connection(), recorded)
    before: EventRow | None = None
    for row in steps:
        differences = field_differences(before, row.event) if before and row.event else ()
        history.append(Version(row, differences, accepted.get(row.recorded.event.id)))
        before = row.event or before
    return tuple(history)


def _day_after(row: EventRow) -> date | None:
    """Return the first day on which the event had surely happened."""
    return None if row.last_day == LATEST_DAY else day_of(row.last_day)


def _citations(answer: EventAnswer) -> dict[str, Cited]:
    address = url_for("events.show", id=answer.row.id, _external=True)
    mine = "zh" if request.args.get("cite") == "zh" else ""
    order = sorted(LOCALES, key=lambda locale: locale != mine)
    return {
        locale: Cited(
            citation(answer, address=address, locale=locale, is_sealed=False),
            citation(answer, address=address, locale=locale),
        )
        for locale in order
    }
