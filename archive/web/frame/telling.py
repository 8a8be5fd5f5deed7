"""Notices on their way out: mailed beside the request, where a mail server is named."""

import logging
from collections.abc import Callable
from threading import Thread
from typing import cast

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from archive.commands.mailing import send_notices
from archive.errors import ArchiveError
from archive.web.frame.guarding import current_instant
from archive.web.frame.session import current_settings, engine

Start = Callable[[Callable[[], None]], None]


def tell_by_mail() -> None:
    """Begin to mail what people are to be told; no failure of that reaches the page."""
    address = current_settings().mail_url
    if not address:
        return
    archive, now = engine(), current_instant()

    def work() -> None:
        try:
            send_notices(archive, address=address, now=now)
        except (ArchiveError, SQLAlchemyError):
            logging.getLogger("archive.mail").warning("notices could not be mailed", exc_info=True)

    start = cast("Start", current_app.extensions.get("archive_work", _in_background))
    start(work)


def _in_background(work: Callable[[], None]) -> None:
    Thread(target=work, daemon=True).start()
