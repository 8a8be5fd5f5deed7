"""/admin/articles: an article pasted once, its sentences on the left, its drafts on the right."""

from typing import Final

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands.articles import keep_article, latest_articles
from archive.commands.drafts import note
from archive.dates import describe
from archive.errors import FieldError, UnreadableDateError
from archive.languages import Words
from archive.storage import writing
from archive.vocabulary import Kind
from archive.vocabulary import kind as kind_called
from archive.web.forms import Outcome, Step, Typed, fill, kinds_for
from archive.web.forms.cautioning import cautions_for
from archive.web.forms.circumstances import source_options
from archive.web.forms.keeping import kept_form, typed_of
from archive.web.forms.panes import Pane, kind_of_proposal, pane, typed_from
from archive.web.forms.reviewing import needs_second
from archive.web.forms.uploading import uploaded_text
from archive.web.frame.guarding import current_account, current_instant, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection, engine
from archive.web.frame.translating import current_locale

blueprint = Blueprint("articles", __name__, url_prefix="/admin/articles")
blueprint.before_request(demand_editor)

_REFUSED: Final = 422
_LANGUAGES: Final = {
    "": Words("自动判断", "find out"),
    "zh": Words("中文", "Chinese"),
    "en": Words("英文", "English"),
}
_DAY: Final = Words("日期，例如 2023-07-14；可留空", "a date such as 2023-07-14, or nothing")
_LONGEST_NUMBER: Final = 3


@blueprint.get("/")
def show_paste() -> Response:
    """Ask for an article: pasted, or a file of text."""
    return _asked(Typed(request.args.copy()), {})


@blueprint.post("/")
def take_article() -> Response:
    """Keep the text and go on to its drafts."""
    typed, by, now = Typed(request.form), current_account().name, current_instant()
    try:
        text = uploaded_text("file") or request.form.get("text", "")
        _demand_day(typed.line("published"))
        with writing(engine()) as connection:
            name = keep_article(
                connection,
                source=_source(typed),
                text=text,
                published=typed.line("published"),
                language=_language(typed),
                account=by,
                now=now,
            )
            note(connection, deed="pasted", about=name, account=by, now=now)
    except FieldError as error:
        return _asked(typed, {error.field: error})
    flash(gettext("Choose a sentence, or one of the drafts proposed."), "done")
    return see_other(f"/admin/articles/{name}")


@blueprint.get("/<name>")
def show_panes(name: str) -> Response:
    """Show the article beside its drafts, one of them open."""
    connection, asked = current_connection(), request.args
    kept = kept_form(asked.get("draft", ""))
    number = asked.get("number", "")
    shown = pane(
        connection,
        name,
        place=asked.get("place", ""),
        number=int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0,
    )
    if kept:
        return _opened(shown, typed_of(kept.draft), kept.draft.kind, kept=kept)
    if "after" in asked and (offer := shown.waiting_after(asked["after"])):
        return see_other(f"/admin/articles/{name}?place={offer.place}")
    if shown.open is None:
        return respond("admin_article", "admin_article", pane=shown, form=None)
    kind = kind_of_proposal(shown.open, asked.get("kind", ""))
    return _opened(shown, typed_from(shown.open, shown, kind), kind.name)


@blueprint.app_template_global()
def kind_choices() -> tuple[tuple[str, Words, tuple[Kind, ...]], ...]:
    """Return every kind of event of the world, by group."""
    return kinds_for("").groups


def _opened(shown: Pane, typed: Typed, kind: str, *, kept: object = None) -> Response:
    connection = current_connection()
    filled = fill(connection, kind_called(kind), typed, step=Step("show"))
    outcome = Outcome(filled)
    return respond(
        "admin_article",
        "admin_article",
        status=outcome.status,
        pane=shown,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(kind),
        cautions=cautions_for(connection, filled, typed),
        foreseen=None,
        action=f"/admin/record/{kind}",
        errors={},
    )


def _asked(typed: Typed, faults: dict[str, FieldError]) -> Response:
    connection = current_connection()
    return respond(
        "admin_paste",
        "admin_paste",
        status=_REFUSED if faults else 200,
        typed=typed,
        sources=source_options(connection),
        languages=_LANGUAGES,
        articles=latest_articles(connection, account=current_account().name),
        errors={name: error.words(current_locale()) for name, error in faults.items()},
    )


def _source(typed: Typed) -> str:
    source = typed.line("source")
    if source not in source_options(current_connection()):
        accepted = Words("档案中的来源；没有时请先新增", "a source of the archive; add it first")
        raise FieldError(field="source", value=source, accepted=accepted)
    return source


def _language(typed: Typed) -> str:
    language = typed.line("language")
    return language if language in _LANGUAGES else ""


def _demand_day(words: str) -> None:
    try:
        if words:
            describe(words)
    except UnreadableDateError as error:
        raise FieldError(field="published", value=words, accepted=_DAY) from error
