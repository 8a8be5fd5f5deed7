"""A draft of the desk: kept as typed, and moved along: submitted, sent back, published."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, case, insert, select, update

from archive.errors import NotFoundError, RefusedError
from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage.desk import drafts

OPEN, SUBMITTED, RETURNED = "open", "submitted", "returned"
REJECTED, PUBLISHED, DROPPED = "rejected", "published", "dropped"
OFFERED: Final = "offered"
LIVE: Final = (OPEN, RETURNED)
# What its author may take up: an offer becomes a draft when it is first kept.
OPENABLE: Final = (*LIVE, OFFERED)
# Where a draft comes from: typed, proposed by the archive's own reader, or by a language model.
TYPED, PROPOSED, ASSISTED = "typed", "proposed", "assistant"
STATUSES: Final = {
    OPEN: Words("草稿", "draft"),
    OFFERED: Words("助手拟出", "offered by the assistant"),
    SUBMITTED: Words("待审", "submitted"),
    RETURNED: Words("已退回", "sent back"),
    REJECTED: Words("已否决", "rejected"),
    PUBLISHED: Words("已发布", "published"),
    DROPPED: Words("已丢弃", "dropped"),
}
_DRAFT: Final = Words("草稿", "draft")
_CHANGED: Final = Words("已被作者改动", "changed by its author since")
_LONGEST: Final = 400_000

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form kept as typed; ``article`` and ``target`` are empty where it has none.

    ``origin`` is set once and for all when the draft is first kept.
    """

    id: str
    account: str
    kind: str
    target: str
    article: str
    origin: str
    title: Words
    fields: Pairs
    status: str
    risk: int
    version: int
    saved_at: datetime
    submitted_at: datetime | None

    @property
    def is_assisted(self) -> bool:
        """Tell whether a language model proposed it."""
        return self.origin == ASSISTED


class TooLargeError(RefusedError):
    """What was typed is more than a draft may hold."""

    sentence = Words(zh="草稿太大，无法保存。", en="The draft is too large to be kept.")


class SettledDraftError(RefusedError):
    """The draft went on meanwhile: what was to be done with it is no longer possible."""

    sentence = Words(
        zh="此草稿现在的状态是“{status}”，不能这样处理。",
        en="The draft is {status} by now; that cannot be done with it.",
    )


class SecondPersonError(RefusedError):
    """An event of this kind needs a second person."""

    sentence = Words(
        zh="此类事件须由另一人审阅。",
        en="An event of this kind needs a second person to accept it.",
    )


def keep_draft(
    connection: Connection,
    *,
    draft: Draft,
    now: datetime,
) -> Draft | None:
    """Keep *draft* as typed and return it with its new version.

    Returns None where another tab kept it since (*draft* has an older version), or where it is no
    longer open: then nothing is changed.
    """
    fields = json.dumps([list(pair) for pair in draft.fields], ensure_ascii=False)
    if len(fields) > _LONGEST:
        raise TooLargeError
    row = {
        "kind": draft.kind,
        "target": draft.target,
        "article": draft.article,
        "title_zh": draft.title.zh,
        "title_en": draft.title.en,
        "fields": fields,
        "risk": draft.risk,
        "version": draft.version + 1,
        "saved_at": to_microseconds(now),
    }
    same = drafts.c.id == draft.id
    if connection.scalar(select(drafts.c.id).where(same)) is None:
        status = OFFERED if draft.status == OFFERED else OPEN
        kept = {"id": draft.id, "account": draft.account, "origin": draft.origin, "status": status}
        connection.execute(insert(drafts), row | kept)
        return draft_called(connection, draft.id)
    may = (drafts.c.version == draft.version, drafts.c.account == draft.account)
    taken_up = case((drafts.c.status == OFFERED, OPEN), else_=drafts.c.status)
    changed = connection.execute(
        update(drafts)
        .where(same, *may, drafts.c.status.in_(OPENABLE))
        .values(row | {"status": taken_up})
    )
    return draft_called(connection, draft.id) if changed.rowcount else None


def draft_called(connection: Connection, name: str) -> Draft:
    """Return the draft called *name*; raises NotFoundError."""
    row = connection.execute(select(drafts).where(drafts.c.id == name)).one_or_none()
    if row is None:
        raise NotFoundError(what=_DRAFT, name=name)
    return draft_in(row)


def move(
    connection: Connection,
    *,
    draft: Draft,
    to: str,
    since: Iterable[str],
    now: datetime,
) -> None:
    """Let *draft* stand as *to*.

    Raises SettledDraftError unless it stands as one of *since*, and as typed in this very version.
    """
    values: dict[str, object] = {"status": to}
    if to == SUBMITTED:
        values["submitted_at"] = to_microseconds(now)
    known = (drafts.c.id == draft.id, drafts.c.version == draft.version)
    standing = (*known, drafts.c.status.in_(list(since)))
    if not connection.execute(update(drafts).where(*standing).values(values)).rowcount:
        found = draft_called(connection, draft.id)
        is_same = found.version == draft.version
        raise SettledDraftError(status=STATUSES[found.status] if is_same else _CHANGED)


def draft_in(row: Row[tuple[object, ...]]) -> Draft:
    """Return the draft that a row of the table holds."""
    return Draft(
        id=row.id,
        account=row.account,
        kind=row.kind,
        target=row.target,
        article=row.article,
        origin=row.origin,
        title=Words(row.title_zh, row.title_en),
        fields=tuple((str(name), str(value)) for name, value in json.loads(row.fields)),
        status=row.status,
        risk=row.risk,
        version=row.version,
        saved_at=to_instant(row.saved_at),
        submitted_at=to_instant(row.submitted_at) if row.submitted_at else None,
    )
