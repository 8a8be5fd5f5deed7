"""A form kept as it is typed: by itself every few seconds, by a button without a script."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from flask import abort
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from archive.commands.drafts import (
    ASSISTED,
    DROPPED,
    LIVE,
    OPEN,
    OPENABLE,
    PUBLISHED,
    SUBMITTED,
    TYPED,
    Draft,
    draft_called,
    keep_draft,
    move,
)
from archive.commands.noting import DeskStep, note, steps_about
from archive.commands.quotas import demand_room_for_draft
from archive.commands.recording import Recorded, new_id
from archive.errors import NotFoundError
from archive.languages import LOCALES, Words
from archive.storage import writing
from archive.web.forms.filled import Filled
from archive.web.forms.typed import Typed
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.htmx import see_other
from archive.web.frame.session import current_connection, current_quota, engine

ID, VERSION, ARTICLE, ORIGIN = "draft", "draft-version", "article", "origin"
_NOT_KEPT: Final = frozenset({"csrf_token", "step", ID, VERSION})
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a form; ``is_fork`` tells that another tab has a draft of its own."""

    draft: Draft
    is_fork: bool = False
    steps: tuple[DeskStep, ...] = ()


def kept_form(name: str) -> Kept | None:
    """Return what the present account kept under *name*, if it may still be changed."""
    if not name:
        return None
    connection = current_connection()
    draft = draft_called(connection, name)
    if draft.account != current_account().name:
        raise NotFoundError(what=Words("草稿", "draft"), name=name)
    return Kept(draft, steps=tuple(steps_about(connection, name)))


def open_form(name: str) -> Kept | None:
    """Return what ``kept_form`` does; where it is past changing, the answer is how it stands."""
    kept = kept_form(name)
    if kept and kept.draft.status not in OPENABLE:
        abort(see_other(f"/admin/drafts/{kept.draft.id}"))
    return kept


def typed_of(draft: Draft) -> Typed:
    """Return the form as it was typed; whence it comes is as the draft has it."""
    typed = Typed(MultiDict(list(draft.fields)))
    return typed.having(origin=draft.origin) if draft.is_assisted else typed


def as_begun(typed: Typed) -> Typed:
    """Return the form, marked as the assistant's where the draft that it names is that."""
    name = typed.line(ID)
    if not name or typed.line(ORIGIN) == ASSISTED:
        return typed
    try:
        draft = draft_called(current_connection(), name)
    except NotFoundError:
        return typed
    return typed.having(origin=ASSISTED) if draft.is_assisted else typed


def is_correction(draft: Draft) -> bool:
    """Tell whether a draft is an event's own form, corrected, and not a deed about an event."""
    return bool(draft.target) and any(name == "correction-kind" for name, _ in draft.fields)


def keep(filled: Filled, typed: Typed, *, target: str = "", title: Words | None = None) -> Kept:
    """Keep the form as typed; what another tab kept meanwhile stays, beside this one.

    Raises DraftsFullError where the present account has as many as anybody may.
    """
    draft = draft_of(filled, typed, target=target)
    return keep_as(replace(draft, title=title or draft.title))


def keep_as(draft: Draft) -> Kept:
    """Keep *draft* as it is; what another tab kept meanwhile stays, beside this one.

    Raises DraftsFullError where the present account has as many as anybody may.
    """
    demand_room_for_draft(
        current_connection(), account=draft.account, draft=draft.id, quota=current_quota()
    )
    with writing(engine()) as connection:
        same = keep_draft(connection, draft=draft, now=current_instant())
        if same is not None:
            return Kept(same)
        is_fork = draft_called(connection, draft.id).status != DROPPED
        fork = replace(draft, id=new_id(), version=0)
        forked = keep_draft(connection, draft=fork, now=current_instant())
    assert forked is not None  # noqa: S101 - nobody else has an id so fresh
    return Kept(forked, is_fork=is_fork)


def draft_of(filled: Filled, typed: Typed, *, target: str = "") -> Draft:
    """Return the draft that the form makes, not yet kept."""
    pairs = [pair for pair in typed.fields.items(multi=True) if pair[0] not in _NOT_KEPT]
    if not typed.one("event_id"):
        pairs.append(("event_id", filled.event_id))
    return Draft(
        id=id_in(typed) or filled.event_id,
        account=current_account().name,
        kind=filled.kind.name,
        target=target,
        article=typed.line(ARTICLE),
        origin=typed.line(ORIGIN) or TYPED,
        title=_title(filled),
        fields=tuple(pairs),
        status=OPEN,
        risk=0,
        version=version_in(typed),
        saved_at=current_instant(),
        submitted_at=None,
    )


def id_in(typed: Typed) -> str:
    """Return the draft's id that the form brings along; what is no id of ours is left out."""
    try:
        return str(uuid.UUID(typed.line(ID)))
    except ValueError:
        return ""


def version_in(typed: Typed) -> int:
    """Return which version of its draft the form goes on from; 0 where it says none."""
    version = typed.one(VERSION)
    is_number = version.isdecimal() and len(version) <= _LONGEST_NUMBER
    return int(version) if is_number else 0


def _title(filled: Filled) -> Words:
    control = filled.common.get("title")
    if control is None:
        return filled.kind.label
    said = [control.texts.get(one) or control.placeholder.in_language(one) for one in LOCALES]
    return Words(*said)


def submit(
    filled: Filled, typed: Typed, *, risk: int, target: str = "", title: Words | None = None
) -> Draft:
    """Keep the form and hand it to the reviewers; the same form sent twice is handed over once."""
    before = _submitted_before(draft_of(filled, typed, target=target))
    if before is not None:
        return before
    draft = keep(filled, typed, target=target, title=title).draft
    with writing(engine()) as connection:
        scored = keep_draft(connection, draft=replace(draft, risk=risk), now=current_instant())
        move(connection, draft=scored or draft, to=SUBMITTED, since=LIVE, now=current_instant())
        _note(connection, "submitted", draft.id)
    return draft


def _submitted_before(draft: Draft) -> Draft | None:
    """Return the draft that the very same form made, if it waits for review already."""
    try:
        found = draft_called(current_connection(), draft.id)
    except NotFoundError:
        return None
    said = (found.account, found.kind, found.target, sorted(found.fields))
    is_same = said == (draft.account, draft.kind, draft.target, sorted(draft.fields))
    return found if is_same and found.status == SUBMITTED else None


def settling(typed: Typed, command: Callable[[Connection], Recorded]) -> Callable[..., Recorded]:
    """Return *command*, with the form's draft counted as published in the same transaction."""

    def both(connection: Connection) -> Recorded:
        recorded = command(connection)
        name = typed.line(ID)
        if name:
            _settle(connection, name, recorded)
        return recorded

    return both


def _settle(connection: Connection, name: str, recorded: Recorded) -> None:
    try:
        draft = draft_called(connection, name)
    except NotFoundError:
        return
    if draft.account == current_account().name and draft.status in OPENABLE:
        move(connection, draft=draft, to=PUBLISHED, since=OPENABLE, now=current_instant())
        _note(connection, "published", name, words=recorded.id)


def _note(connection: Connection, deed: str, about: str, *, words: str = "") -> None:
    account = current_account().name
    note(connection, deed=deed, about=about, account=account, now=current_instant(), words=words)
