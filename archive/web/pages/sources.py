"""Sources: what the archive rests on, and what rests on each of them."""

from flask import Blueprint, Response, request

from archive.languages import LOCALES, Words
from archive.queries import SourceAnswer, source_called, sources_known
from archive.vocabulary import KINDS
from archive.web.events.fields import FieldLine
from archive.web.events.places import Place, by_place, places
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection, known
from archive.web.frame.translating import current_locale

blueprint = Blueprint("sources", __name__)

_ADDED = KINDS["source_added"]
_PLACE = "place"
_IN_THE_HEAD = frozenset({"title", "source"})


@blueprint.get("/sources")
@blueprint.get("/sources/")
def list_all() -> Response:
    """List every source with the number of events that rest on it."""
    rows = sources_known(current_connection(), known=known())
    return respond("sources", "source_list", rows=rows)


@blueprint.get("/sources/<id>")
def show(id: str) -> Response:  # noqa: A002 - the address's own word
    """Show what a source is, and its events in order of occurrence or as it tells of them."""
    answer = source_called(current_connection(), slug=id, known=known())
    is_by_place = request.args.get("by") == _PLACE
    standing = by_place(answer.events, source=answer.ref.id) if is_by_place else ()
    return respond(
        "source",
        "source_body",
        answer=answer,
        lines=_lines(answer),
        standing=standing,
        is_by_place=is_by_place,
    )


@blueprint.app_template_global("places")
def places_in(locator: str) -> tuple[Place, ...]:
    """Return each place in a source that a claim names."""
    return places(locator)


@blueprint.app_template_global()
def source_kind(name: str) -> str:
    """Return what sort of source it is, in words."""
    return _in_words("source_kind", name).in_language(current_locale()) if name else ""


def _lines(answer: SourceAnswer) -> tuple[FieldLine, ...]:
    """Return what is noted of the source, under the labels of the kind that added it."""
    return tuple(
        FieldLine(field.name, field.label, words=_in_words(field.name, answer.data[field.name]))
        for field in _ADDED.fields
        if field.name not in _IN_THE_HEAD and answer.data.get(field.name)
    )


def _in_words(name: str, value: object) -> Words:
    field = _ADDED.field(name)
    if field is None or field.is_role:
        return Words(str(value), str(value))
    key = field.type.key(value)  # type: ignore[arg-type]  # the log holds canonical values only
    return Words(*(field.type.words(key, locale) for locale in LOCALES))
