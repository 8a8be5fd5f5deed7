"""Where a stream ends, and what came into it since somebody last looked."""

from sqlalchemy import Connection, func, select

from archive.log import RecordedEvent, read_stream
from archive.log.tables import events, streams


def stream_end(connection: Connection, *, stream: str) -> int:
    """Return the stream position of the last event of *stream*; 0 if it has none."""
    last = (
        select(func.max(events.c.stream_position))
        .join(streams, streams.c.id == events.c.stream_id)
        .where(streams.c.name == stream)
    )
    return connection.scalar(last) or 0


def came_since(connection: Connection, *, stream: str, position: int) -> tuple[RecordedEvent, ...]:
    """Return the events of *stream* after stream position *position*, in their order."""
    return tuple(one for one in read_stream(connection, stream) if one.stream_position > position)
