"""Which documents of the full text match words: the keys of a few are fetched at once."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    all_,
    any_,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    text,
    true,
)

from archive.projections import fts5_query, tsquery
from archive.projections.tables import search_documents
from archive.storage import BIG, plan_anew

# Of more documents than these the keys take longer to hand over than to find again.
_FEW: Final = 30_000
# Nothing is left out, but a server answers the question by itself, and once.
_NONE_OUT: Final = literal_column("0", Integer)


@dataclass(frozen=True, slots=True)
class Matches:
    """The references of documents that match: of a few the *keys*, else what finds them."""

    documents: Select[Any]
    keys: str | None
    on_server: bool

    def has(self, reference: ColumnElement[int]) -> ColumnElement[bool]:
        """Return whether *reference* is one of them."""
        if self.keys is not None and self.on_server:
            return reference == any_(self._array)
        return reference.in_(self._found)

    def lacks(self, reference: ColumnElement[int]) -> ColumnElement[bool]:
        """Return whether *reference* is none of them."""
        if self.keys is not None and self.on_server:
            return reference != all_(self._array)
        return reference.not_in(self._found)

    @property
    def _array(self) -> Any:
        # As one text: of thousands of numbers neither Core nor the driver need look at each.
        return cast(literal(f"{{{self.keys}}}", Text), ARRAY(BIG))

    @property
    def _found(self) -> Select[Any]:
        if self.keys is None:
            return self.documents
        return select(func.json_each(f"[{self.keys}]").table_valued("value").c.value)


def matching_documents(connection: Connection, words: str, *, what: str) -> Matches | None:
    """Return the documents of type *what* that match; None for no words at all.

    On a server what is asked after it in the transaction is planned for its words.
    """
    on_server = connection.dialect.name == "postgresql"
    query = tsquery(words) if on_server else fts5_query(words)
    if not query:
        return None
    if on_server:
        plan_anew(connection)
        found = _on_server(query, what)
    else:
        found = _in_file(query, what)
    keys = connection.scalars(found.limit(_FEW + 1)).all()
    return Matches(found, ",".join(map(str, keys)) if len(keys) <= _FEW else None, on_server)


# The type is tried on those that match, and no index of it is entered: of some types there are
# too many.


def _on_server(query: str, what: str) -> Select[Any]:
    c = search_documents.c
    vector = func.to_tsvector(text("'simple'::regconfig"), c.tokens)
    asked = func.to_tsquery(text("'simple'::regconfig"), query)
    # So a server knows how many it is true of; taken for few, they would be sought again for
    # each event of a window.
    is_such = (c.what == what).is_(true())
    return select(c.reference).where(is_such, vector.op("@@")(asked)).offset(_NONE_OUT)


def _in_file(query: str, what: str) -> Select[Any]:
    c = search_documents.c
    hits = text("SELECT rowid FROM search_index WHERE search_index MATCH :words")
    found = hits.bindparams(words=query).columns(column("rowid", Integer))
    return select(c.reference).where(c.what.concat("") == what, c.id.in_(found))
