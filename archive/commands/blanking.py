"""What was typed taken out of the desk, where the text of an event is masked."""

import json
from typing import Final

from sqlalchemy import Connection, or_, select, update

from archive.storage.desk import drafts, import_rows

_CREATE: Final = "create"


def blank_drafts(connection: Connection, *, event: str) -> None:
    """Take what was typed out of the drafts that the event called *event*, or its text, rests on.

    Those drafts stay, and who did what with them; one that masks the text keeps its reason.
    """
    made = drafts.c.fields.contains(
        json.dumps(["event_id", event], ensure_ascii=False), autoescape=True
    )
    about = or_(drafts.c.id == event, drafts.c.target == event, made)
    theirs = update(drafts).where(about, drafts.c.kind != "text_masked")
    connection.execute(theirs.values(fields="[]", title_zh="", title_en=""))


def blank_imports(connection: Connection, *, event: str) -> None:
    """Take what a table said of the event called *event* out of the plan that recorded it.

    The row stays with its kind: who undoes the import is asked for a second person by it.
    """
    mine = (import_rows.c.event_id == event, import_rows.c.fate == _CREATE)
    query = select(import_rows.c.import_id, import_rows.c.number, import_rows.c.draft).where(*mine)
    for row in connection.execute(query).all():
        kind = json.dumps({"kind": json.loads(row.draft).get("kind", "")}, separators=(",", ":"))
        place = (import_rows.c.import_id == row.import_id, import_rows.c.number == row.number)
        connection.execute(update(import_rows).where(*place).values(draft=kind))
