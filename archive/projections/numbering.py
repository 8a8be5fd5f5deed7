"""The numbers that stand for entities, attributes, cells and values: found, or handed out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Connection, Table

from archive.projections import rows
from archive.projections.tables import (
    attributes,
    cells,
    entities,
    fact_values,
    search_documents,
)

# What is remembered between batches; beyond it is forgotten, and looked up again when needed.
MOST_REMEMBERED: Final = 300_000


class Numbers(dict[Any, int]):
    """The numbers of the rows of a table by their keys, as far as looked up or handed out.

    New keys get the next number in the order of their coming.
    """

    def __init__(self, table: Table, *by: str, is_empty: bool = False) -> None:
        super().__init__()
        self._table, self._by = table, by
        self._last = 0 if is_empty else None
        self._knows_all = is_empty
        self._absent: set[Any] = set()

    def look_up(self, connection: Connection, keys: Iterable[Any]) -> None:
        """Learn the numbers of those of *keys* that have one."""
        if len(self) > MOST_REMEMBERED:
            self.clear()
            self._absent.clear()
            self._knows_all = False
        if self._knows_all:
            return
        unknown = [
            key for key in dict.fromkeys(keys) if key not in self and key not in self._absent
        ]
        if not unknown:
            return
        found = rows.find(connection, self._table, ("id", *self._by), by=self._by, keys=unknown)
        one = len(self._by) == 1
        self.update((row[1] if one else tuple(row[1:]), row[0]) for row in found)

    def learn(self, found: Mapping[Any, int], *, asked: Iterable[Any]) -> None:
        """Take in the numbers that were *found* elsewhere: others of those *asked* have none."""
        self.update(found)
        self._absent.update(key for key in asked if key not in found)

    def begin_after(self, last: int | None) -> None:
        """Give out the numbers after *last*, which was given out before; None if none was."""
        if self._last is None:
            self._last = last or 0

    def give(self, connection: Connection, key: Any) -> int:
        """Return the next number, which is that of *key* from now on."""
        number = self[key] = self.next(connection)
        return number

    def give_all(
        self, connection: Connection, keys: Sequence[Any]
    ) -> tuple[list[int], list[tuple[int, Any]]]:
        """Return the number of each of *keys*, and the new ones in the order of their coming."""
        self.look_up(connection, keys)
        known = list(map(self.get, keys))
        new = [key for key, number in zip(keys, known, strict=True) if number is None]
        if not new:
            return cast("list[int]", known), []
        fresh = [(self.give(connection, key), key) for key in dict.fromkeys(new)]
        return [self[key] for key in keys], fresh

    def next(self, connection: Connection) -> int:
        """Return the next number, for what will not be asked for by its key."""
        if self._last is None:
            self._last = rows.last(connection, self._table)
        self._last += 1
        return self._last


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of every table that has them, for one transaction or one rebuild."""

    entities: Numbers
    attributes: Numbers
    cells: Numbers
    values: Numbers
    documents: Numbers


def numbering(*, is_empty: bool = False) -> Numbering:
    """Return the numbers as the tables have them; *is_empty* tells that these hold nothing yet."""
    return Numbering(
        entities=Numbers(entities, "slug", is_empty=is_empty),
        attributes=Numbers(attributes, "entity_type", "name", is_empty=is_empty),
        cells=Numbers(cells, "entity_id", "attribute_id", "member", is_empty=is_empty),
        values=Numbers(fact_values, "value", is_empty=is_empty),
        documents=Numbers(search_documents, "what", "reference", is_empty=is_empty),
    )
