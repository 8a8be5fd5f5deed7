"""Entities: all of them by type, and the page of each."""

from typing import Any, Final

from flask import Blueprint, Response, make_response, redirect, request
from flask_babel import gettext

from archive.languages import Words
from archive.queries import (
    EntityAnswer,
    EntityHint,
    MergedError,
    SourceRef,
    coverage,
    entity,
    find_entities,
    near_entities,
)
from archive.queries.derived.merges import merges_into
from archive.queries.events.listing import ListedEntity, entities_by_type
from archive.vocabulary import ENTITY_TYPES, KINDS
from archive.web.frame.filters import entity_url
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection, known
from archive.web.frame.translating import current_locale
from archive.web.states.grouping import grouped
from archive.web.states.two_times import Question, asked, asked_known

blueprint = Blueprint("entities", __name__)

_SHOWN: Final = 60
_DISPLAY: Final = "display"
_NAME_KIND: Final = KINDS["names_changed"].field("name_kind")
_MOVED_FOR_GOOD: Final = 301
_TYPES: Final = {name: sort.label for name, sort in ENTITY_TYPES.items() if name != "source"}


@blueprint.get("/entities/")
def list_all() -> Response:
    """List the entities by type, or those whose names match the words in the box."""
    text, sort = request.args.get("q", "").strip(), _asked_type()
    context: dict[str, Any] = {
        "text": text,
        "type": sort,
        "types": _TYPES,
        "hints": _hints(text, sort),
        "listed": {} if text else _listed(sort),
        "coverage": coverage(current_connection(), known=known()),
    }
    return respond("entities", "entity_list", **context)


@blueprint.get("/entities/<slug>")
def show(slug: str) -> Response:
    """Show one entity: its names, what is held of it, and its events."""
    question = asked(request.args.get("on", ""), asked_known())
    try:
        return _shown(slug, question)
    except MergedError as merged:
        return make_response(redirect(entity_url(merged.into, merged=slug), _MOVED_FOR_GOOD))


@blueprint.app_template_global()
def name_kind(name: str) -> str:
    """Return what sort of name it is, in words."""
    if name == _DISPLAY:
        return str(gettext("name in use"))
    return _NAME_KIND.type.words(name, current_locale()) if _NAME_KIND else name


def _shown(slug: str, question: Question) -> Response:
    readable = question if question.as_of else asked("", "")
    assert readable.as_of is not None  # noqa: S101 - today and the head are always readable
    answer = entity(current_connection(), id=slug, as_of=readable.as_of)
    known_then = readable.as_of.known
    merges = merges_into(current_connection(), slug=answer.entity.id, known=known_then)
    return respond(
        "entity",
        "entity_body",
        status=question.status,
        question=question,
        answer=answer,
        held=readable.as_of.valid,
        groups=grouped(answer.rows),
        sources=_sources(answer),
        other_name=_other_name(answer.entity.names),
        merges=merges,
        merged=next((one for one in merges if one.part.id == request.args.get("merged")), None),
    )


def _asked_type() -> str:
    asked_for = request.args.get("type", "")
    return asked_for if asked_for in _TYPES else ""


def _hints(text: str, sort: str) -> tuple[EntityHint, ...]:
    types = (sort,) if sort else ()
    connection = current_connection()
    found = find_entities(connection, text=text, types=types, limit=_SHOWN)
    return found or near_entities(connection, text=text, types=types)


def _listed(sort: str) -> dict[str, tuple[ListedEntity, ...]]:
    """Return the entities in the order in which the vocabulary has their types."""
    found = entities_by_type(current_connection(), known=known(), entity_type=sort)
    return {name: found[name] for name in _TYPES if name in found}


def _other_name(names: Words) -> str:
    """Return the name in the other language, if it is another."""
    shown = names.in_language(current_locale())
    return next((name for name in (names.zh, names.en) if name and name != shown), "")


def _sources(answer: EntityAnswer) -> tuple[SourceRef, ...]:
    cited = (claim.source for row in answer.events for claim in row.claims)
    return tuple({source.id: source for source in cited}.values())
