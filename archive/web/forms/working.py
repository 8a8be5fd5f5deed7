"""Long work of the desk, done beside the request that asked for it; its progress is kept."""

import logging
from collections.abc import Callable
from threading import Thread
from typing import cast

from flask import current_app

from archive.errors import ArchiveError
from archive.ingest import carrying, jobs, planning
from archive.web.frame.session import engine

Start = Callable[[Callable[[], None]], None]


def in_background(work: Callable[[], None]) -> None:
    """Begin *work* and go on; it ends with the process, and may be taken up by another."""
    Thread(target=work, daemon=True).start()


def set_to_work(deed: str, name: str, *, by: str) -> None:
    """Begin what *deed* says of the import called *name*; tests may do it at once."""
    start = cast("Start", current_app.extensions.get("archive_work", in_background))
    start(_work(deed, name, by=by))


def _work(deed: str, name: str, *, by: str) -> Callable[[], None]:
    archive = engine()

    def work() -> None:
        try:
            if deed == "check":
                planning.check(archive, name)
            elif deed == "commit":
                carrying.commit(archive, name, by=by)
            else:
                carrying.undo(archive, name, by=by)
        except ArchiveError as error:
            jobs.stop(archive, name, error)
        except Exception:  # nobody else would hear of it
            logging.getLogger("archive.web").exception("an import failed")
            jobs.stop(archive, name, ArchiveError())

    return work
