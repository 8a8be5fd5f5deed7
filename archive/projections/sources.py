"""Read model: the sources, a row for each version, with the event that says what it is."""

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.tables import source_versions

NAME = "sources"
VERSION = 1
TABLES = (source_versions,)


def apply(connection: Connection, batch: Batch) -> None:
    """Take in the sources of *batch*, and their corrections and retractions."""
    added = {
        one.position: one.event.in_role("source")[0].id
        for one in batch.effects
        if one.event is not None and one.event.kind == "source_added"
        if not one.recorded.is_masked
    }
    if not added and not batch.ends:
        return
    before = _standing(connection, list(added.values()), list(batch.ended_before))
    ends: dict[Line, int | None] = dict.fromkeys(before)
    standing = {slug: (slug, position) for slug, position in before}
    for effect in batch.effects:
        over = [key for key in standing.values() if key[1] == effect.ended] if effect.ended else []
        slug = added.get(effect.position)
        if slug in standing:
            over.append(standing[slug])
        for key in over:
            ends[key] = effect.position
            standing.pop(key[0], None)
        if slug is not None:
            standing[slug] = slug, effect.position
            ends[slug, effect.position] = None
    rows.add(
        connection,
        source_versions,
        [(*key, gone) for key, gone in ends.items() if key not in before],
    )
    ended = [(ends[key], *key) for key in before if ends[key] is not None]
    rows.change(connection, source_versions, ("gone",), ended, by=("slug", "position"))


def _standing(connection: Connection, slugs: list[str], positions: list[int]) -> set[Line]:
    """Return the versions that stand of sources that are added again, or that end."""
    columns = ("slug", "position")
    by_slug = rows.find(
        connection, source_versions, columns, by=("slug",), keys=slugs, unset="gone"
    )
    by_position = rows.find(
        connection, source_versions, columns, by=("position",), keys=positions, unset="gone"
    )
    return {tuple(row) for row in (*by_slug, *by_position)}
