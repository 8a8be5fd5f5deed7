"""/admin/import: a file mapped, checked into a plan, carried out, taken back."""

from typing import Final

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext

from archive.commands.noting import note
from archive.commands.quotas import demand_room
from archive.errors import FieldError, NotFoundError, RefusedError
from archive.ingest import jobs, mapping
from archive.languages import Words
from archive.storage import writing
from archive.vocabulary import WORLD_KINDS
from archive.web.forms import Typed
from archive.web.forms.circumstances import source_options
from archive.web.forms.importing import (
    FATES,
    STANDING,
    chosen_mapping,
    demand_second,
    is_stale,
    row_number,
)
from archive.web.forms.uploading import LARGEST_FILE, uploaded_bytes, uploaded_name
from archive.web.forms.working import set_to_work
from archive.web.frame.guarding import current_account, current_instant, demand_editor, recognise
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import (
    current_connection,
    current_quota,
    engine,
)
from archive.web.frame.translating import current_locale

blueprint = Blueprint("importing", __name__, url_prefix="/admin/import")
blueprint.before_request(demand_editor)

_REFUSED: Final = 422
_FORM: Final = 100_000
_SINCE: Final = {
    "check": jobs.CHECKABLE,
    "commit": jobs.COMMITTABLE,
    "undo": jobs.UNDOABLE,
}
_STATUSES: Final = {
    "check": jobs.CHECKING,
    "commit": jobs.COMMITTING,
    "undo": jobs.UNDOING,
}
_A_FILE: Final = Words("CSV、JSONL 或 YAML 文件", "a CSV, JSONL or YAML file")


@blueprint.url_value_preprocessor
def _let_editors_send_files(_endpoint: str | None, _values: object) -> None:
    # Before any form is read: nobody but an editor may send more than a form's worth.
    recognise()
    account = g.get("account")
    if account is not None and account.may_edit:
        request.max_content_length = LARGEST_FILE + _FORM


@blueprint.get("/")
def show_imports() -> Response:
    """Ask for a file, and list the latest imports."""
    return _asked({})


@blueprint.post("/")
def take_file() -> Response:
    """Keep the file; a sheet's columns are mapped next, another is checked at once."""
    by, now = current_account().name, current_instant()
    try:
        content = uploaded_bytes("file")
        if not content:
            raise FieldError(field="file", value="", accepted=_A_FILE)
        with writing(engine()) as connection:
            demand_room(connection, account=by, size=len(content), quota=current_quota())
            name = jobs.new_job(
                connection, name=uploaded_name("file"), content=content, account=by, at=now
            )
    except RefusedError as error:
        return _asked({"file": error.words(current_locale())})
    with writing(engine()) as connection:
        job = jobs.job_called(connection, name)
        if not job.is_sheet:
            jobs.begin(connection, name, status=jobs.CHECKING, since=_SINCE["check"])
    if not job.is_sheet:
        set_to_work("check", name, by=by)
    return see_other(f"/admin/import/{name}")


@blueprint.get("/<name>")
def show_job(name: str) -> Response:
    """Show how an import stands: its mapping, its progress, its plan."""
    job = jobs.job_called(current_connection(), name)
    return _mapped(job, {}) if job.status == jobs.MAPPING else _shown(job)


@blueprint.post("/<name>/map")
def map_columns(name: str) -> Response:
    """Keep what the columns are read as, and check the whole file."""
    typed, by = Typed(request.form), current_account().name
    job = jobs.job_called(current_connection(), name)
    try:
        chosen = chosen_mapping(job, typed)
    except FieldError as error:
        return _mapped(job, {f"column-{error.field or 'file'}": error.words(current_locale())})
    with writing(engine()) as connection:
        jobs.map_columns(connection, name, chosen)
        saved_as = typed.line("save-as")
        if saved_as:
            now = current_instant()
            jobs.save_mapping(connection, chosen, name=saved_as, account=by, at=now)
        jobs.begin(connection, name, status=jobs.CHECKING, since=_SINCE["check"])
    set_to_work("check", name, by=by)
    return see_other(f"/admin/import/{name}")


@blueprint.post("/<name>/<any(check, commit, undo):deed>")
def set_going(name: str, deed: str) -> Response:
    """Check again, carry the plan out, or take back what was recorded."""
    by = current_account().name
    job = jobs.job_called(current_connection(), name)
    if job.is_running and not is_stale(job):
        return see_other(f"/admin/import/{name}")
    if deed in {"commit", "undo"}:
        demand_second(job, is_undone=deed == "undo")
    with writing(engine()) as connection:
        jobs.begin(connection, name, status=_STATUSES[deed], since=_SINCE[deed])
    set_to_work(deed, name, by=by)
    return see_other(f"/admin/import/{name}")


@blueprint.post("/<name>/remove")
def remove_file(name: str) -> Response:
    """Let the file of one's own import go, to make room for others."""
    account, job = current_account(), jobs.job_called(current_connection(), name)
    if job.account != account.name and not account.may_audit:
        raise NotFoundError(what=Words("导入", "import"), name=name)
    with writing(engine()) as connection:
        jobs.remove_file(connection, name)
        by, now = account.name, current_instant()
        note(connection, deed="file-removed", about=name, account=by, now=now, words=job.name)
    flash(gettext("The file is removed; what was recorded from it stays."), "done")
    return see_other("/admin/import/")


def _asked(errors: dict[str, str]) -> Response:
    return respond(
        "admin_imports",
        "admin_imports",
        status=_REFUSED if errors else 200,
        jobs=jobs.jobs_of(current_connection()),
        standing=STANDING,
        errors=errors,
        largest=LARGEST_FILE // 1_000_000,
        who=current_account(),
    )


def _mapped(job: jobs.Job, errors: dict[str, str]) -> Response:
    connection = current_connection()
    saved = jobs.saved_mappings(connection)
    try:
        sheet = mapping.sheet_of(jobs.content_of(connection, job.id))
    except FieldError as error:
        return _asked({"file": error.words(current_locale())})
    wanted = saved.get(request.values.get("mapping", ""))
    return respond(
        "admin_mapping",
        "admin_mapping",
        status=_REFUSED if errors else 200,
        job=job,
        head=sheet,
        chosen=wanted or mapping.guessed(sheet.header),
        typed=Typed(request.form),
        targets=mapping.targets(),
        target_labels=mapping.target_labels(),
        saved=saved,
        kinds={name: kind.label for name, kind in WORLD_KINDS.items()},
        sources=source_options(connection),
        errors=errors,
    )


def _shown(job: jobs.Job) -> Response:
    connection, asked = current_connection(), request.args
    fate = asked.get("fate", "")
    rows = jobs.rows_of(
        connection,
        job.id,
        fate=fate if fate in FATES else "",
        after=row_number(asked.get("row", "")),
    )
    return respond(
        "admin_import",
        "admin_import",
        job=job,
        standing=STANDING,
        fates=FATES,
        counts=jobs.counts_of(connection, job.id),
        rows=rows,
        fate=fate,
        is_stale=job.is_running and is_stale(job),
    )
