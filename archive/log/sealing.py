"""Seal the log outside the append path: full tiles kept, and over them a signed checkpoint."""

from sqlalchemy import Connection, Engine, func, insert, select, text

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log import merkle
from archive.log.clock import Clock, now, to_instant, to_microseconds
from archive.log.notes import Checkpoint, Signer, read_checkpoint, signed
from archive.log.reader import head
from archive.log.sealed import signed_checkpoints, tiles
from archive.log.tiles import HASH, MISSING, TILE, Tree, leaves, split, tiles_kept
from archive.storage import reading, writing

# As many tiles as one transaction takes: writers wait no longer than for them.
_AT_ONCE = 64
_LOCK = 0x7365616C
NOT_SEALED_SO = Words("它与已封存的不符", "it is not what was sealed")


def newest_checkpoint(connection: Connection) -> Checkpoint | None:
    """Return the checkpoint signed last."""
    newest = select(signed_checkpoints.c.note).order_by(signed_checkpoints.c.size.desc())
    note = connection.scalar(newest.limit(1))
    return None if note is None else read_checkpoint(note)


def seal_tiles(
    engine: Engine, *, signer: Signer | None = None, clock: Clock = now
) -> Checkpoint | None:
    """Seal every event that is in the log, and return the newest checkpoint.

    Cheap where there is nothing to seal, and the same twice as once, however many do it at a
    time. Without a *signer* only tiles are kept. What is not the beginning of the log that was
    sealed before is never signed: DamagedLogError names the first position that differs.
    """
    while True:
        with reading(engine) as connection:
            last, _instant = head(connection)
            known = newest_checkpoint(connection)
            kept = tiles_kept(connection)
            if known and known.size > last:
                raise DamagedLogError(position=last + 1, reason=MISSING)
        full = last // TILE
        if kept < full:
            _keep_tiles(engine, until=min(full, kept + _AT_ONCE))
        elif signer and last > (known.size if known else 0):
            _sign(engine, signer, clock)
        else:
            return known


def _keep_tiles(engine: Engine, *, until: int) -> None:
    with writing(engine) as connection:
        _alone(connection)
        for number in range(tiles_kept(connection), until):
            sealed = leaves(connection, after=number * TILE, until=(number + 1) * TILE)
            _demand_sealed(connection, number * TILE, sealed)
            _keep(connection, 0, number, sealed)


def _keep(connection: Connection, level: int, number: int, hashes: list[bytes]) -> None:
    """Keep a tile, and the one above it where this one fills that."""
    row = {"level": level, "number": number, "hashes": b"".join(hashes)}
    connection.execute(insert(tiles), row)
    above, place = divmod(number, TILE)
    if place == TILE - 1:
        wanted = (
            select(tiles.c.hashes)
            .where(tiles.c.level == level, tiles.c.number >= above * TILE)
            .order_by(tiles.c.number)
        )
        roots = [merkle.folded(split(bytes(one))) for one in connection.scalars(wanted)]
        _keep(connection, level + 1, above, roots)


def _sign(engine: Engine, signer: Signer, clock: Clock) -> None:
    with writing(engine) as connection:
        _alone(connection)
        size, last_instant = head(connection)
        known = newest_checkpoint(connection)
        before = known.size if known else 0
        start = tiles_kept(connection) * TILE
        if size <= before or size - start >= TILE:
            return  # another was first, or there is a tile to keep first
        tree = Tree(connection)
        tail = leaves(connection, after=start, until=size)
        _demand_sealed(connection, start, tail)
        if known and tree.root(before) != known.root:
            raise DamagedLogError(position=before, reason=NOT_SEALED_SO)
        # A clock that was set back seals nothing before it was recorded, or sealed before.
        sealed_last = connection.scalar(select(func.max(signed_checkpoints.c.sealed_at))) or 0
        instant = max(clock(), to_instant(max(last_instant, sealed_last)))
        checkpoint = signed(
            signer, size=size, root=tree.root(size), sealed_at=f"{instant:%Y-%m-%dT%H:%M:%S.%fZ}"
        )
        row = {
            "size": size,
            "root": checkpoint.root,
            "sealed_at": to_microseconds(instant),
            "leaves": b"".join(tail[max(0, before - start) :]),
            "note": checkpoint.note,
        }
        connection.execute(insert(signed_checkpoints), row)


def _alone(connection: Connection) -> None:
    """Wait for whoever else seals; nobody who appends waits."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _demand_sealed(connection: Connection, after: int, found: list[bytes]) -> None:
    """Raise DamagedLogError at the first leaf above *after* that a checkpoint says otherwise."""
    for position, leaf in sealed_leaves(connection, after=after).items():
        place = position - after - 1
        if place < len(found) and found[place] != leaf:
            raise DamagedLogError(position=position, reason=NOT_SEALED_SO)


def sealed_leaves(connection: Connection, *, after: int) -> dict[int, bytes]:
    """Return the leaves above *after* that checkpoints keep, by position."""
    wanted = (
        select(signed_checkpoints.c.size, signed_checkpoints.c.leaves)
        .where(signed_checkpoints.c.size > after)
        .order_by(signed_checkpoints.c.size)
    )
    found: dict[int, bytes] = {}
    for size, joined in connection.execute(wanted):
        kept = split(bytes(joined))
        found |= dict(enumerate(kept, start=size - len(joined) // HASH + 1))
    return {position: leaf for position, leaf in found.items() if position > after}
