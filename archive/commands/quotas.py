"""How much one person may have kept: files, articles and drafts; no more is taken than that."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from archive.commands.drafts import LIVE, OFFERED
from archive.errors import RefusedError
from archive.languages import Words
from archive.storage.desk import articles, drafts, imports

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Quota:
    """What a person may have kept at most."""

    files: int
    megabytes: int
    drafts: int


class FullError(RefusedError):
    """A person has as much kept as anybody may."""


class FilesFullError(FullError):
    """One more file or article would be too many, or too large together."""

    sentence = Words(
        zh="您保存的文件和文章已有 {files} 个，共 {megabytes} MB；每人最多 {most} 个、"
        "{largest} MB。请先删除不再需要的导入文件，或请站点的管理者放宽限额。",
        en="You have {files} files and articles kept, {megabytes} MB together; {most} of "
        "{largest} MB are the most for one person. Remove files of imports that you no longer "
        "need, or ask whoever runs the site for more room.",
    )


class DraftsFullError(FullError):
    """One more draft would be too many."""

    sentence = Words(
        zh="您已有 {count} 份草稿，每人最多 {most} 份；此草稿未保存，所填内容仍在。"
        "请先丢弃或发布一些草稿。",
        en="You have {count} drafts, and {most} are the most for one person; this one was not "
        "kept, and what you typed is still here. Put some aside, or publish them, first.",
    )


def demand_room(connection: Connection, *, account: str, size: int, quota: Quota) -> None:
    """Raise FilesFullError where *size* more bytes are more than *account* may have kept."""
    files, held = _held(connection, account)
    if files < quota.files and held + size <= quota.megabytes * _MEGABYTE:
        return
    raise FilesFullError(
        files=files,
        megabytes=-(-held // _MEGABYTE),
        most=quota.files,
        largest=quota.megabytes,
    )


def demand_room_for_draft(
    connection: Connection, *, account: str, draft: str, quota: Quota
) -> None:
    """Raise DraftsFullError where *draft* would be one more than *account* may have kept."""
    theirs = (drafts.c.account == account, drafts.c.status.in_([*LIVE, OFFERED]))
    count = connection.scalar(select(func.count()).select_from(drafts).where(*theirs)) or 0
    if count < quota.drafts:
        return
    if connection.scalar(select(drafts.c.id).where(drafts.c.id == draft)) is None:
        raise DraftsFullError(count=count, most=quota.drafts)


def _held(connection: Connection, account: str) -> tuple[int, int]:
    """Return how many files and articles *account* has kept, and their bytes or signs."""
    files = held = 0
    for table, content in ((imports, imports.c.content), (articles, articles.c.text)):
        length = func.length(content)
        query = select(func.count(), func.coalesce(func.sum(length), 0))
        counted = query.where(table.c.account == account, length > 0)
        many, long = connection.execute(counted).one()
        files, held = files + many, held + int(long)
    return files, held
