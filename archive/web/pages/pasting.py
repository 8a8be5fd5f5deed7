"""/admin/articles/: an article is pasted or sent as a file, with its source where that is new."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, flash, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from archive.commands.articles import LONGEST_TEXT, keep_article, latest_articles, text_to_keep
from archive.commands.noting import note
from archive.commands.quotas import FilesFullError, demand_room
from archive.commands.recording import Recorded
from archive.commands.unsent import sent
from archive.dates import read_typed
from archive.errors import ArchiveError, FieldError
from archive.languages import Words
from archive.storage import writing
from archive.web.forms import Step, Typed, source_id
from archive.web.forms.circumstances import source_options
from archive.web.forms.doing import Deed
from archive.web.forms.faults import Faults
from archive.web.forms.handing import carried_out
from archive.web.forms.keeping import Kept, id_in, typed_of
from archive.web.forms.reshaping import new_source
from archive.web.forms.submitting import looked_at
from archive.web.forms.unsent import PASTING, SAVING_ARTICLE, article_begun, keep_typed_article
from archive.web.forms.uploading import uploaded_text
from archive.web.frame.guarding import current_account, current_instant, demand_editor
from archive.web.frame.htmx import replacing, respond, see_other, wants_fragment
from archive.web.frame.session import current_connection, current_quota, engine, today
from archive.web.frame.translating import current_locale

blueprint = Blueprint("pasting", __name__, url_prefix="/admin/articles")
blueprint.before_request(demand_editor)

_REFUSED: Final = 422
_LANGUAGES: Final = {
    "": Words("自动判断", "find out"),
    "zh": Words("中文", "Chinese"),
    "en": Words("英文", "English"),
}
_LABELS: Final = {
    "published": Words("发布日期", "Published"),
    "text": Words("正文", "Text"),
    "source": Words("来源", "Source"),
}
_HELD: Final = Words("档案中的来源，或在下面新增", "a source of the archive, or a new one below")
_TITLE: Final = "field-title"
# The new source takes these from the article itself.
_OF_THE_ARTICLE: Final = ("published", "language")


@blueprint.get("/")
def show_paste() -> Response:
    """Ask for an article: pasted, or a file of text; go on with one that was begun."""
    kept = article_begun(request.args.get("draft", ""))
    return _asked(typed_of(kept.draft) if kept else Typed(request.args.copy()), {}, kept)


@blueprint.post("/keep")
def keep_begun() -> Response:
    """Keep the form as it stands; asked every few seconds, and by a button."""
    kept = keep_typed_article(Typed(request.form))
    here = f"{PASTING}?draft={kept.draft.id}"
    if not wants_fragment():
        flash(gettext("The draft is kept."), "done")
        return see_other(here)
    saved = respond("admin_saved", "admin_saved", kept=kept, saving=SAVING_ARTICLE)
    return replacing(saved, here)  # Back, and a page loaded anew, find it there


@blueprint.post("/")
def take_article() -> Response:
    """Keep the text, and record its source where it is new; go on to its drafts."""
    typed = Typed(request.form)
    try:
        text = uploaded_text("file") or request.form.get("text", "")
    except FieldError as error:
        return _asked(typed, _told({error.field: error}))
    if len(text) <= LONGEST_TEXT:  # a browser does not send a file twice by itself
        typed = typed.having(text=text)
    is_new = bool(typed.line(_TITLE)) and not typed.line("source")
    faults = _faults(typed, text, is_new=is_new)
    if faults:
        return _asked(typed, {**(_faults_of_the_source(typed) if is_new else {}), **_told(faults)})
    if is_new:
        return _with_new_source(typed, text)
    with writing(engine()) as connection:
        name = _kept(connection, typed, text, typed.line("source"))
    return _onward(name)


def _faults(typed: Typed, text: str, *, is_new: bool) -> dict[str, ArchiveError]:
    """Return all that is wrong with the article itself, by control."""
    demands: list[tuple[str, Callable[[], object]]] = [
        ("text", lambda: _demand_room(text)),
        ("text", lambda: text_to_keep(text)),
        ("published", lambda: _day(typed)),
    ]
    if not is_new:
        demands.append(("source", lambda: _demand_source(typed)))
    found: dict[str, ArchiveError] = {}
    for name, demand in demands:
        try:
            demand()
        except (FieldError, FilesFullError) as error:
            found.setdefault(name, error)
    return found


def _told(faults: Mapping[str, ArchiveError]) -> dict[str, str]:
    return Faults(faults).sentences(_LABELS, current_locale())


def _faults_of_the_source(typed: Typed) -> dict[str, str]:
    filled = looked_at(_deed(typed, Step("record")).filled).filled
    return _by_control(filled.faults.sentences(filled.labels, current_locale()))


def _demand_room(text: str) -> None:
    account, quota = current_account().name, current_quota()
    demand_room(current_connection(), account=account, size=len(text), quota=quota)


def _with_new_source(typed: Typed, text: str) -> Response:
    """Record the source and keep the article in one transaction, or hand the source over."""
    deed, names = _deed(typed, Step("record")), list[str]()

    def both(connection: Connection) -> Recorded:
        recorded = deed.command(connection)
        names.append(_kept(connection, typed, text, source_id(typed)))
        return recorded

    outcome = carried_out(replace(deed, command=both), _of_the_source(typed))
    if outcome.handed:
        waits = gettext("It waits for another person; choose it here once it is accepted.")
        return _asked(typed, {"source": waits})
    if outcome.recorded is None:
        faults = outcome.filled.faults
        told = faults.sentences(outcome.filled.labels, current_locale())
        return _asked(typed, _by_control(told))
    if not names:  # the same form came twice
        return see_other(f"/admin/articles/?source={source_id(typed)}")
    return _onward(names[-1])


def _onward(name: str) -> Response:
    flash(gettext("Choose a sentence, or one of the drafts proposed."), "done")
    return see_other(f"/admin/articles/{name}")


def _kept(connection: Connection, typed: Typed, text: str, source: str) -> str:
    by, now = current_account().name, current_instant()
    name = keep_article(
        connection,
        source=source,
        text=text,
        published=_day(typed),
        language=_language(typed),
        account=by,
        now=now,
    )
    note(connection, deed="pasted", about=name, account=by, now=now)
    if begun := id_in(typed):
        sent(connection, account=by, name=begun)
    return name


def _deed(typed: Typed, step: Step) -> Deed:
    by = current_account().name
    return new_source(current_connection(), "", _of_the_source(typed), step=step, by=by)


def _of_the_source(typed: Typed) -> Typed:
    """Return what of the form is about the new source; the day and the language are shared."""
    said = typed.fields.items(multi=True)
    own = [(name, one) for name, one in said if name.startswith("field-") or name == "source-id"]
    shared = [(f"field-{name}", typed.line(name)) for name in _OF_THE_ARTICLE]
    return Typed(MultiDict([*own, *shared, ("event_id", typed.one("event_id"))]))


def _asked(typed: Typed, errors: Mapping[str, str], kept: Kept | None = None) -> Response:
    connection = current_connection()
    fresh = _deed(typed, Step("show")).filled
    shared = {f"field-{name}" for name in _OF_THE_ARTICLE}
    return respond(
        "admin_paste",
        "admin_paste",
        status=_REFUSED if errors else 200,
        typed=typed,
        form=fresh,
        fields=[one for one in fresh.fields if one.name not in shared],
        is_new=bool(typed.line(_TITLE)) or bool(set(errors) & set(fresh.labels)),
        sources=source_options(connection),
        languages=_LANGUAGES,
        articles=latest_articles(connection, account=current_account().name),
        kept=kept,
        saving=SAVING_ARTICLE,
        errors=errors,
    )


def _by_control(errors: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with a new source by the controls that this form has for it."""
    here = {f"field-{name}": name for name in _OF_THE_ARTICLE} | {"source": "source-id"}
    renamed = {here.get(name, name): words for name, words in errors.items()}
    return {**renamed, **{name: words for name, words in errors.items() if name in renamed}}


def _demand_source(typed: Typed) -> None:
    source = typed.line("source")
    if source not in source_options(current_connection()):
        raise FieldError(field="source", value=source, accepted=_HELD)


def _language(typed: Typed) -> str:
    language = typed.line("language")
    return language if language in _LANGUAGES else ""


def _day(typed: Typed) -> str:
    """Return the day that the article came out, read as every date that is typed."""
    words = typed.line("published")
    return read_typed(words, ref=today(), field="published").edtf if words else ""
