"""The newest signed checkpoint of the log, for the foot of every page."""

from dataclasses import dataclass
from typing import Final

from flask import Flask, g
from sqlalchemy.exc import SQLAlchemyError

from archive.errors import ArchiveError
from archive.log import newest_checkpoint
from archive.web.frame.session import current_connection

_SHOWN_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Seal:
    """A checkpoint as the foot of a page shows it; ``note`` is the whole of it."""

    size: int
    root: str
    note: str

    @property
    def short_root(self) -> str:
        """Return the first digits of the root."""
        return self.root[:_SHOWN_DIGITS]


def install(app: Flask) -> None:
    """Give templates ``newest_seal()``."""
    app.add_template_global(newest_seal, "newest_seal")


def newest_seal() -> Seal | None:
    """Return the checkpoint signed last; None where there is none, or no database to ask."""
    if "seal" not in g:
        try:
            g.seal = newest_checkpoint(current_connection())
        except (ArchiveError, SQLAlchemyError):  # the page tells of something else
            g.seal = None
    return None if g.seal is None else Seal(g.seal.size, g.seal.root.hex(), g.seal.note)
