"""An article or a comment kept as it is typed, in the very way that an event's form is."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import abort
from werkzeug.datastructures import MultiDict

from archive.commands.drafts import LIVE, OPEN, TYPED, Draft
from archive.commands.unsent import ARTICLE, COMMENT, comment_on
from archive.errors import NotFoundError
from archive.languages import Words
from archive.vocabulary import KINDS
from archive.web.forms.keeping import Kept, id_in, keep_as, kept_form, version_in
from archive.web.forms.typed import Typed
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.htmx import see_other
from archive.web.frame.session import current_connection

PASTING: Final = "/admin/articles/"
# What a reviewer types: which field it is about, why it is sent back, why it is rejected.
WORDS: Final = ("field", "return-words", "reject-words")
_NOT_KEPT: Final = frozenset({"csrf_token", "step", "draft", "draft-version", "file"})
_TITLE_LENGTH: Final = 60

_Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Saving:
    """Where a form is kept while it is typed: what is listened to, and what of it is sent."""

    to: str
    within: str
    sent: str


SAVING_ARTICLE: Final = Saving(f"{PASTING}keep", "#admin-form", "#admin-form")


def saving_comment(name: str) -> Saving:
    """Return how comments on the draft called *name* are kept."""
    boxes = ", ".join(f"#review-decide [name='{one}']" for one in WORDS)
    return Saving(f"/admin/review/{name}/keep", "#review-decide", boxes)


def article_begun(name: str) -> Kept | None:
    """Return the article that was typed and kept as *name*; one that was sent leads to a blank."""
    if not name:
        return None
    try:
        found = kept_form(name)
    except NotFoundError:
        found = None
    if found is None or found.draft.kind != ARTICLE or found.draft.status not in LIVE:
        abort(see_other(PASTING))
    return found


def keep_typed_article(typed: Typed) -> Kept:
    """Keep the form of an article as typed; a file that was chosen is not part of it."""
    said = typed.one("text").strip() or typed.line("field-title")
    shown = " ".join(said[: 2 * _TITLE_LENGTH].split())[:_TITLE_LENGTH]
    pairs = [pair for pair in typed.fields.items(multi=True) if pair[0] not in _NOT_KEPT]
    return _keep(typed, pairs, kind=ARTICLE, of=typed.line("event_id"), title=Words(shown, shown))


def begun_comment(draft: Draft) -> Kept | None:
    """Return what the present account wrote about *draft* and has not sent."""
    by = current_account().name
    found = comment_on(current_connection(), account=by, draft=draft.id)
    return Kept(found) if found else None


def words_typed(kept: Kept | None, typed: Typed) -> Typed:
    """Return what a reviewer wrote about a draft: as *typed* now, else as *kept*."""
    said: MultiDict[str, str] = MultiDict(list(kept.draft.fields) if kept else [])
    for name in WORDS:
        if name in typed.fields:
            said[name] = typed.one(name)
    return Typed(said)


def keep_comment(draft: Draft, typed: Typed) -> Kept:
    """Keep what is typed about *draft* and not yet sent."""
    pairs = [(name, words) for name in WORDS if (words := typed.one(name))]
    label = KINDS[draft.kind].label if draft.kind in KINDS else Words("", "")
    zh, en = draft.title.zh or label.zh, draft.title.en or label.en
    title = Words(f"对“{zh}”的意见", f"Comment on “{en}”")
    return _keep(typed, pairs, kind=COMMENT, of=draft.id, title=title, target=draft.id)


def _keep(
    typed: Typed, pairs: _Pairs, *, kind: str, of: str, title: Words, target: str = ""
) -> Kept:
    """Keep *pairs*; what one person types for the first time *of* something has one name."""
    by = current_account().name
    first = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {of} {by}"))
    return keep_as(
        Draft(
            id=id_in(typed) or first,
            account=by,
            kind=kind,
            target=target,
            article="",
            origin=TYPED,
            title=title,
            fields=tuple(pairs),
            status=OPEN,
            risk=0,
            version=version_in(typed),
            saved_at=current_instant(),
            submitted_at=None,
        )
    )
