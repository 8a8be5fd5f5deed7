"""Which attributes are meant: by the type of entity that has them, and by their names."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from archive.projections.tables import attributes
from archive.queries.known.asking import is_own


def attributes_called(entity_type: str, names: Iterable[str]) -> Select[Any]:
    """Return the query for the numbers of the attributes of *entity_type* called *names*."""
    return select(attributes.c.id).where(
        is_own(attributes.c.entity_type, [entity_type]), is_own(attributes.c.name, sorted(names))
    )
