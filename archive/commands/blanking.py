"""What was typed or pasted taken out of the desk, where the text of an event is masked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import ColumnElement, Connection, Row, and_, false, or_, select, tuple_, update

from archive.commands.unsent import comments_on
from archive.commands.wording import Wording, blanked, wording_of
from archive.storage import remove_for_good
from archive.storage.desk import articles, desk_steps, drafts, import_rows, imports

_MASKING: Final = "text_masked"
_COMMENTS: Final = ("returned", "rejected")
_PLACE: Final = "article-place"


@dataclass(frozen=True, slots=True)
class Resting:
    """What of the desk holds the text of an event, each by what it is called.

    ``articles`` are those of which sentences go, with what is left of their text.
    """

    drafts: tuple[str, ...] = ()
    comments: tuple[int, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)


def resting_on(connection: Connection, *, event: str) -> Resting:
    """Return what of the desk rests on the event called *event*, whose text is still there."""
    wording = wording_of(connection, event)
    theirs = list(_drafts(connection, event, wording))
    unsent = comments_on(connection, drafts_called=[one.id for one in theirs])
    rows = list(_rows(connection, event, wording))
    return Resting(
        tuple(dict.fromkeys([*(one.id for one in theirs), *unsent])),
        tuple(_comments(connection, [one.id for one in theirs], wording)),
        tuple((one.import_id, one.number) for one in rows),
        tuple(dict.fromkeys(one.import_id for one in rows)),
        dict(_articles(connection, theirs, wording)),
    )


def blank_desk(connection: Connection, resting: Resting) -> None:
    """Take the text out of all that is *resting* on it.

    Drafts stay, and who did what with them. A row of an import stays with its kind: whoever undoes
    the import is asked for a second person by it. Its file goes: the plan has all that it needs.
    From here on, whatever the transaction removes from an SQLite file is overwritten there too,
    and once it is kept, what the file's write-ahead log holds of it is cut off.
    """
    remove_for_good(connection)
    _empty(connection, drafts.c.id, resting.drafts, fields="[]", title_zh="", title_en="")
    _empty(connection, desk_steps.c.id, resting.comments, words="")
    _empty(connection, imports.c.id, resting.files, content=b"")
    place = tuple_(import_rows.c.import_id, import_rows.c.number)
    for row in connection.execute(select(import_rows).where(place.in_(resting.rows))).all():
        kind = json.dumps({"kind": json.loads(row.draft).get("kind", "")}, separators=(",", ":"))
        here = (import_rows.c.import_id == row.import_id, import_rows.c.number == row.number)
        connection.execute(update(import_rows).where(*here).values(draft=kind, said=""))
    for name, text in resting.articles.items():
        _empty(connection, articles.c.id, [name], text=text)


def _empty(
    connection: Connection, column: ColumnElement[object], names: Sequence[object], **left: object
) -> None:
    if names:
        connection.execute(update(column.table).where(column.in_(names)).values(left))


def _drafts(
    connection: Connection, event: str, wording: Wording
) -> Iterator[Row[tuple[object, ...]]]:
    """Yield the drafts of the event, the deeds to it, and whatever repeats its words.

    One that masks the text keeps its reason.
    """
    made = drafts.c.fields.contains(_as_kept(["event_id", event]), autoescape=True)
    repeated = [
        drafts.c.fields.contains(_as_kept(needle)[1:-1], autoescape=True)
        for needle in wording.needles()
    ]
    about = or_(drafts.c.id == event, drafts.c.target == event, made, *repeated)
    yield from connection.execute(select(drafts).where(about, drafts.c.kind != _MASKING)).all()


def _as_kept(said: object) -> str:
    return json.dumps(said, ensure_ascii=False)


def _comments(connection: Connection, theirs: Sequence[str], wording: Wording) -> Iterator[int]:
    """Yield what reviewers wrote about the drafts, and what repeats the words elsewhere."""
    repeated = [desk_steps.c.words.contains(one, autoescape=True) for one in wording.needles()]
    said = or_(desk_steps.c.about.in_(theirs), *repeated)
    wanted = (desk_steps.c.deed.in_(_COMMENTS), desk_steps.c.words != "", said)
    yield from connection.scalars(select(desk_steps.c.id).where(*wanted))


def _rows(
    connection: Connection, event: str, wording: Wording
) -> Iterator[Row[tuple[object, ...]]]:
    """Yield the rows of the event, and those that repeat its words and were not recorded.

    An import that has begun is not held up: what it records says the words in the log itself.
    """
    mine = or_(import_rows.c.event_id == event, import_rows.c.target == event)
    begun = select(import_rows.c.import_id).where(import_rows.c.is_done != 0)
    repeated = [
        column.contains(_as_kept(needle)[1:-1], autoescape=True)
        for needle in wording.needles()
        for column in (import_rows.c.draft, import_rows.c.said)
    ]
    planned = and_(import_rows.c.import_id.not_in(begun), or_(false(), *repeated))
    yield from connection.execute(select(import_rows).where(or_(mine, planned))).all()


def _articles(
    connection: Connection, theirs: Sequence[Row[tuple[object, ...]]], wording: Wording
) -> Iterator[tuple[str, str]]:
    """Yield the articles that lose sentences, and what is left of each.

    The words are sought in every article; names, which may stand anywhere, in those that the event
    comes from alone.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for draft in theirs:
        places.setdefault(str(draft.article), []).extend(_places(draft))
    for row in connection.execute(select(articles.c.id, articles.c.source, articles.c.text)):
        is_origin = row.id in places or row.source in wording.sources
        words = (*wording.words, *wording.names) if is_origin else wording.words
        left = blanked(row.text, words, places.get(row.id, ()))
        if left != row.text:
            yield row.id, left


def _places(draft: Row[tuple[object, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where in its article the words of a draft stand."""
    for name, value in json.loads(str(draft.fields)):
        start, _dash, end = str(value).partition("-")
        if name == _PLACE and start.isdecimal() and end.isdecimal():
            yield int(start), int(end)
