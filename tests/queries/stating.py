"""What a state says, short enough to compare."""

from datetime import date

from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, State, StateRow, state


def on(connection: Connection, day: str, *, known: int | None = None, **more: object) -> State:
    """Return the state on *day*."""
    position = head(connection)[0] if known is None else known
    as_of = AsOf(date.fromisoformat(day), position)
    return state(connection, as_of=as_of, **more)  # type: ignore[arg-type]  # as in state


def told(answer: State, attribute: str = "") -> list[tuple[str, str, str, tuple[str, ...], str]]:
    return [
        (
            row.entity.id,
            row.attribute,
            row.member,
            tuple(one.key for one in row.values),
            row.standing,
        )
        for row in answer.rows
        if attribute in ("", row.attribute)
    ]


def row(answer: State, attribute: str) -> StateRow:
    return next(one for one in answer.rows if one.attribute == attribute)


def values(answer: State, attribute: str) -> list[str]:
    return [one.key for each in answer.rows if each.attribute == attribute for one in each.values]


def names_of(answer: State) -> set[str]:
    return {one.entity.id for one in answer.rows}
