"""Which status an error has, and the page that tells of it, in the reader's language."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import msgspec
from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError

from archive.errors import (
    ArchiveError,
    ConflictError,
    NewerTablesError,
    NotFoundError,
    NotMigratedError,
    RefusedError,
    UnfinishedRestoreError,
    UnreachableDatabaseError,
)
from archive.languages import Words
from archive.storage import DatabaseRefusedError, known_reason
from archive.web.frame.asking import MalformedRequestError
from archive.web.frame.filters import address, entity_url, event_url
from archive.web.frame.htmx import into_messages, wants_fragment
from archive.web.frame.translating import COOKIE, current_locale

_MISSING, _CONFLICT, _REFUSED_FORM, _REFUSED, _BROKEN, _UNREADY = 404, 409, 422, 400, 500, 503
_FIRST_BROKEN: Final = 500
_STATUSES: Final = (
    (NotFoundError, _MISSING),
    (MalformedRequestError, _REFUSED),
    (ConflictError, _CONFLICT),
    (NotMigratedError, _UNREADY),
    (UnreachableDatabaseError, _UNREADY),
    (DatabaseRefusedError, _UNREADY),
)
# Where the database lies is nobody's business on the web: the log has the whole sentence.
_UNREADY_SENTENCES: Final = (
    (
        NewerTablesError,
        Words(
            "数据库的表属于更新的版本；请站点的管理者更新 archive",
            "The database has the tables of a newer version; whoever keeps the site takes a "
            "newer archive",
        ),
    ),
    (
        UnfinishedRestoreError,
        Words(
            "数据库的恢复没有完成；请站点的管理者重新运行：archive restore",
            "The database was not restored to the end; whoever keeps the site runs again: "
            "archive restore",
        ),
    ),
    (
        NotMigratedError,
        Words(
            "数据库的表不是这个版本的；请站点的管理者运行：archive migrate",
            "The database lacks the tables of this version; whoever keeps the site runs: "
            "archive migrate",
        ),
    ),
    (
        UnreachableDatabaseError,
        Words(
            "现在打不开数据库；原因已记录在服务器日志中。新的档案由 archive migrate 建立。",
            "The database cannot be opened now; the server's log says why. "
            "A new archive is made by: archive migrate",
        ),
    ),
)
_DATA: Final = (".json", ".jsonl", ".csv", ".parquet")
_PAGES: Final = {_MISSING: "missing", _UNREADY: "unready"}
_HTTP_SENTENCES: Final = {
    400: Words(
        "这个请求读不懂；请从页面上的表单重新提交。",
        "The request cannot be read; send it again from the page's form.",
    ),
    403: Words("您无权进行此操作。", "You are not allowed to do this."),
    404: Words("这个地址没有页面。", "There is no page at this address."),
    405: Words("这个地址不接受这种请求。", "This address does not take such a request."),
    413: Words("提交的内容太大。", "What was sent is too large."),
    415: Words(
        "只接受网页表单；这种内容类型无法读取。",
        "Only forms are taken here; content of this type is not read.",
    ),
    429: Words("尝试过于频繁；请稍后再试。", "Too many attempts; try again later."),
}  # fmt: skip
_BROKEN_SENTENCE: Final = Words(
    "站点出了错；已记录在服务器日志中。", "The site failed; the server's log says how."
)


_BACK: Final = {
    "/admin/events/<id>": (event_url, Words("回到该事件", "Back to the event")),
    "/admin/entities/<id>": (entity_url, Words("回到该实体", "Back to the entity")),
}
_DESK: Final = Words("回到编辑台", "To the desk")
_SAME_PAGE: Final = Words("同一页面，不带这些条件", "The same page, asked for nothing more")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a reader is told: the status, the sentence, and the page that carries it.

    ``back`` leads to what was acted on, and says so.
    """

    status: int
    sentence: str
    back: tuple[str, Words] | None = None

    @property
    def page(self) -> str:
        """Return the name of the page under ``errors/``."""
        return _PAGES.get(self.status, "broken" if self.status >= _FIRST_BROKEN else "refused")


def install(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(ArchiveError, _refuse)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(SQLAlchemyError, _refuse_database)


def status_of(error: ArchiveError) -> int:
    """Return the HTTP status that *error* is answered with."""
    for sort, status in _STATUSES:
        if isinstance(error, sort):
            return status
    if isinstance(error, RefusedError):
        return _REFUSED if request.method in {"GET", "HEAD"} else _REFUSED_FORM
    return _BROKEN


def _refuse(error: ArchiveError) -> Response:
    status = status_of(error)
    if status >= _FIRST_BROKEN:
        logging.getLogger("archive.web").error("%s", error)
    return shown(Refusal(status, _sentence_of(error), _way_back()))


def _sentence_of(error: ArchiveError) -> str:
    locale = current_locale()
    for sort, words in _UNREADY_SENTENCES:
        if isinstance(error, sort):
            return words.in_language(locale)
    return error.words(locale)


def _refuse_database(error: SQLAlchemyError) -> Response:
    """Say what the database refused; what nobody foresaw is a fault, logged as one."""
    reason = known_reason(error)
    if reason is None:
        logging.getLogger("archive.web").error("the database failed", exc_info=error)
        return shown(Refusal(_BROKEN, _BROKEN_SENTENCE.in_language(current_locale())))
    return _refuse(DatabaseRefusedError(reason=reason))


def _refuse_http(error: HTTPException) -> Response:
    if error.code is None or error.code < _REFUSED:
        return make_response(error.get_response())
    words = _HTTP_SENTENCES.get(error.code)
    if isinstance(error, InternalServerError) or error.code >= _FIRST_BROKEN:
        words = _BROKEN_SENTENCE
    sentence = (
        words.in_language(current_locale())
        if words
        else gettext("Refused: %(why)s", why=error.name)
    )
    return shown(Refusal(error.code, sentence, _way_back()))


def _way_back() -> tuple[str, Words] | None:
    """Return where an act at the desk was about something, the address of that.

    Of a page that cannot be read so, that of the page by itself, in the same language.
    """
    rule = _rule()
    for pattern, (link, label) in _BACK.items():
        if rule.startswith(f"{pattern}/"):
            return link(str((request.view_args or {})["id"])), label
    if rule.startswith("/admin/"):
        return "/admin/", _DESK
    asked = set(request.args) - {COOKIE}
    if not (rule and asked and request.method == "GET"):
        return None
    return address(**dict.fromkeys(asked, "")), _SAME_PAGE


def _rule() -> str:
    """Return the rule that the address asked for meets, or nothing."""
    return request.url_rule.rule if request.url_rule else ""


def _problem(refusal: Refusal) -> Response:
    title = HTTPStatus(refusal.status).phrase
    told = {"title": title, "status": refusal.status, "detail": refusal.sentence}
    response = make_response(msgspec.json.encode(told), refusal.status)
    response.headers["Content-Type"] = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def shown(refusal: Refusal) -> Response:
    """Return the page of *refusal*, or for a fragment the sentence that stands in its messages.

    Who asked for data gets data: the problem details of RFC 9457.
    """
    if _rule().endswith(_DATA):
        return _problem(refusal)
    partial = wants_fragment()
    template = "fragments/refusal.html" if partial else f"errors/{refusal.page}.html"
    response = make_response(render_template(template, refusal=refusal), refusal.status)
    response.headers["Cache-Control"] = "no-store"
    return into_messages(response) if partial else response
