"""What the archive is: its scope, how it reads dates, what certain and possible mean."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response

from archive.dates import describe
from archive.queries import coverage, head
from archive.vocabulary import ARCHIVE_KINDS, ENTITY_TYPES, GROUPS, WORLD_KINDS, Group, Kind
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection

blueprint = Blueprint("about", __name__)

# What the notation says; the words beside it come from the dates themselves.
_DATES: Final = (
    "2023-06-29",
    "2023-07",
    "2023-34",
    "[2024-03-21..2024-03-31]",
    "2023-06-29~",
    "[..2023-05-28]",
    "2019?",
    "2022-05/2024-03",
)


@blueprint.get("/about")
def show() -> Response:
    """Show the archive's own account of itself."""
    connection = current_connection()
    end = head(connection)
    return respond(
        "about",
        "about_body",
        head=end,
        coverage=coverage(connection, known=end.position),
        kinds=_by_group(WORLD_KINDS),
        archive_kinds=tuple(ARCHIVE_KINDS.values()),
        types=tuple(ENTITY_TYPES.values()),
        dates=tuple(map(describe, _DATES)),
    )


def _by_group(kinds: Mapping[str, Kind]) -> dict[Group, tuple[Kind, ...]]:
    lists = {group: tuple(one for one in kinds.values() if one.group is group) for group in GROUPS}
    return {group: some for group, some in lists.items() if some}
