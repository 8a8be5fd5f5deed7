"""How to cite a state: in words and in the forms that programs read, with its address and hash."""

from datetime import date
from typing import Final

from flask import Blueprint, Response

from archive.queries import AsOf, recorded_at
from archive.web.frame.htmx import respond
from archive.web.frame.keeping import kept
from archive.web.frame.sealing import newest_seal
from archive.web.frame.session import as_of, current_connection, today
from archive.web.states.citing import Citation, bibtex, csl_json, gb_t_7714, plain
from archive.web.states.links import pinned
from archive.web.states.narrowing import Narrowing, narrowing
from archive.web.states.viewing import entity_known, rooted, sealed

blueprint = Blueprint("citations", __name__)

_FORMS: Final = {
    "txt": (gb_t_7714, "text/plain"),
    "bib": (bibtex, "application/x-bibtex"),
    "json": (csl_json, "application/vnd.citationstyles.csl+json"),
}


@blueprint.get("/state/<held>/citation")
@kept
def show(held: str) -> Response:
    """Show a state's citation in every form; the address pins what is cited."""
    asked_for, narrowed = _asked(held)
    said = _citation(asked_for, narrowed)
    sentence = plain(said)
    return respond(
        "citation",
        "state_citation",
        as_of=asked_for,
        narrowing=narrowed,
        citation=said,
        is_sealed=_is_sealed(asked_for.known),
        forms=(
            ("zh", "中文", sentence.zh),
            ("en", "English", sentence.en),
            ("gbt", "GB/T 7714-2015", gb_t_7714(said)),
            ("bib", "BibTeX", bibtex(said)),
            ("csl", "CSL-JSON", csl_json(said)),
        ),
    )


@blueprint.get("/state/<held>/citation.<any(txt, bib, json):form>")
@kept
def download(held: str, form: str) -> Response:
    """Answer a state's citation as a file: the line of GB/T 7714, BibTeX, or CSL-JSON."""
    asked_for, narrowed = _asked(held)
    write, mimetype = _FORMS[form]
    body = write(_citation(asked_for, narrowed))
    response = Response(body, content_type=f"{mimetype}; charset=utf-8")
    name = f"state-{asked_for.valid}-{asked_for.known}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(held: str) -> tuple[AsOf, Narrowing]:
    asked_for = as_of(held)
    return asked_for, narrowing(asked_for)


def _citation(asked_for: AsOf, narrowed: Narrowing) -> Citation:
    seal = sealed(asked_for, narrowed)
    known = entity_known(asked_for, narrowed.entity) if narrowed.entity else None
    return Citation(
        held_on=asked_for.valid,
        position=asked_for.known,
        recorded=_recorded(asked_for.known),
        accessed=today(),
        address=pinned("states.show", asked_for, narrowed, hash=seal, _external=True),
        hash=seal,
        root=rooted(asked_for.known),
        parts=narrowed.parts(called=known),
    )


def _is_sealed(position: int) -> bool:
    """Tell whether a signed checkpoint covers the events up to *position*."""
    newest = newest_seal()
    return newest is not None and newest.size >= position


def _recorded(position: int) -> date:
    at = recorded_at(current_connection(), position)
    return at.date() if at else today()
