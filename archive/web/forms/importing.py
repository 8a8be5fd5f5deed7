"""An import as its page tells it: how it stands, what becomes of each row, who may go on."""

from typing import Final

from archive.commands.drafts import SecondPersonError
from archive.ingest import jobs, mapping
from archive.languages import Words
from archive.web.forms.typed import Typed
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.session import current_connection, current_settings

STANDING: Final = {
    jobs.MAPPING: Words("待对应列", "columns to be mapped"),
    jobs.WAITING: Words("待核对", "to be checked"),
    jobs.CHECKING: Words("正在核对", "being checked"),
    jobs.PLANNED: Words("已有计划", "planned"),
    jobs.COMMITTING: Words("正在载入", "being taken in"),
    jobs.DONE: Words("已载入", "taken in"),
    jobs.MOVED: Words("档案已变动", "the archive moved"),
    jobs.STOPPED: Words("已停止", "stopped"),
    jobs.UNDOING: Words("正在撤销", "being undone"),
    jobs.UNDONE: Words("已撤销", "undone"),
}
FATES: Final = {
    jobs.CREATE: Words("新增", "create"),
    jobs.ATTACH: Words("附加来源", "attach source"),
    jobs.SKIP: Words("跳过（已有）", "skip (already there)"),
    jobs.CONFLICT: Words("冲突", "conflict"),
    jobs.ERROR: Words("有误", "error"),
}
_CONSTANTS: Final = ("kind", "source", "importance")
_LONGEST_NUMBER: Final = 10


def demand_second(job: jobs.Job, *, is_undone: bool) -> None:
    """Refuse what is about events that take two people, unless to a reviewer who is another."""
    account, kinds = current_account(), current_settings().four_eyes
    is_second = account.may_review and account.name != job.account
    if is_second:
        return
    if jobs.records_any(current_connection(), job.id, kinds, is_undone=is_undone):
        raise SecondPersonError


def is_stale(job: jobs.Job) -> bool:
    """Tell whether whoever works on it has not said so for too long."""
    return (current_instant() - job.seen_at).total_seconds() > jobs.STALE_SECONDS


def chosen_mapping(job: jobs.Job, typed: Typed) -> mapping.ColumnMapping:
    """Return what the columns are to be read as; raises FieldError for what cannot be."""
    sheet = mapping.sheet_of(jobs.content_of(current_connection(), job.id))
    columns = {
        name: typed.line(f"column-{number}") for number, name in enumerate(sheet.header) if name
    }
    constants = {name: said for name in _CONSTANTS if (said := typed.line(f"constant-{name}"))}
    return mapping.checked_mapping(mapping.ColumnMapping(columns, constants), sheet.header)


def row_number(words: str) -> int:
    """Return the number of a row that an address names; 0 for none."""
    return int(words) if words.isdecimal() and len(words) <= _LONGEST_NUMBER else 0
