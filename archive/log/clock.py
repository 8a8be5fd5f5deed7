"""The only source of recorded_at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)


def to_microseconds(instant: datetime) -> int:
    """Return *instant* as whole microseconds since 1970, exactly."""
    return (instant - _EPOCH) // _MICROSECOND


def to_instant(microseconds: int) -> datetime:
    """Return the UTC instant of *microseconds* since 1970."""
    return _EPOCH + microseconds * _MICROSECOND
