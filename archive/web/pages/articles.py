"""/admin/articles/<name>: an article's sentences on the left, its drafts on the right."""

from typing import Final

from flask import Blueprint, Response, flash, request
from flask_babel import ngettext

from archive.commands.asking import TooManyQuestionsError
from archive.errors import FieldError
from archive.languages import Words
from archive.proposing import AssistantError
from archive.vocabulary import WORLD_KINDS, Kind
from archive.vocabulary import kind as kind_called
from archive.web.forms import Outcome, Step, Typed, fill, kinds_for
from archive.web.forms.assisting import ask_about, may_ask
from archive.web.forms.cautioning import cautions_for
from archive.web.forms.keeping import Kept, open_form, typed_of
from archive.web.forms.panes import Pane, pane, pane_of
from archive.web.forms.proposed import kind_of_proposal, typed_from
from archive.web.forms.reviewing import needs_second
from archive.web.frame.guarding import demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("articles", __name__, url_prefix="/admin/articles")
blueprint.before_request(demand_editor)

_LONGEST_NUMBER: Final = 3


@blueprint.get("/<name>")
def show_panes(name: str) -> Response:
    """Show the article beside its drafts, one of them open."""
    connection, asked = current_connection(), request.args
    kept = open_form(asked.get("draft", ""))
    if kept:
        return _taken_up(name, kept, asked.get("kind", ""))
    number = asked.get("number", "")
    shown = pane(
        connection,
        name,
        place=asked.get("place", ""),
        number=int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0,
        near=asked.get("after", "") or asked.get("near", ""),
    )
    if "after" in asked and (offer := shown.waiting_after(asked["after"])):
        return see_other(f"/admin/articles/{name}?place={offer.place}")
    if shown.open is None:
        return respond("admin_article", "admin_article", pane=shown, form=None)
    kind = kind_of_proposal(shown.open, asked.get("kind", ""))
    return _opened(shown, typed_from(shown.open, shown.article, kind), kind.name)


@blueprint.post("/<name>/assistant")
def ask_assistant(name: str) -> Response:
    """Ask the assistant about the article; its drafts stand beside the others from then on."""
    try:
        count = ask_about(name)
    except (AssistantError, TooManyQuestionsError, FieldError) as error:
        flash(error.words(current_locale()), "error")
    else:
        told = ngettext(
            "The assistant proposed %(num)s draft whose words stand in the article.",
            "The assistant proposed %(num)s drafts whose words stand in the article.",
            count,
        )
        flash(told, "done")
    return see_other(f"/admin/articles/{name}")


@blueprint.app_template_global()
def may_ask_assistant() -> bool:
    """Tell whether there is an assistant to be asked."""
    return may_ask()


@blueprint.app_template_global()
def kind_choices() -> tuple[tuple[str, Words, tuple[Kind, ...]], ...]:
    """Return every kind of event of the world, by group."""
    return kinds_for("").groups


def _taken_up(name: str, kept: Kept, wanted: str) -> Response:
    """Show a draft that was kept; one of the assistant's may be taken for another kind."""
    typed = typed_of(kept.draft).having(article=name)
    kind = wanted if wanted in WORLD_KINDS else kept.draft.kind
    connection = current_connection()
    is_offer = kept.draft.is_assisted
    shown = pane_of(connection, typed, kind) if is_offer else pane(connection, name)
    return _opened(shown, typed, kind, kept=kept)


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
