"""How an import may stand, what may be begun with it then, and why it may not."""

from typing import Final

from archive.errors import RefusedError
from archive.languages import Words

MAPPING, WAITING, CHECKING, PLANNED = "mapping", "waiting", "checking", "planned"
COMMITTING, DONE, MOVED, STOPPED = "committing", "done", "moved", "stopped"
UNDOING, UNDONE = "undoing", "undone"
RUNNING: Final = frozenset({CHECKING, COMMITTING, UNDOING})
# What a job may stand as when each thing is begun with it; the running ones to be gone on with.
MAPPABLE: Final = frozenset({MAPPING, WAITING, PLANNED, MOVED})
CHECKABLE: Final = frozenset({WAITING, PLANNED, MOVED, CHECKING})
COMMITTABLE: Final = frozenset({PLANNED, STOPPED, COMMITTING})
UNDOABLE: Final = frozenset({DONE, STOPPED, UNDOING})
# Who works on a job gives a sign of it far more often.
STALE_SECONDS: Final = 120
CREATE, ATTACH, SKIP, CONFLICT, ERROR = "create", "attach", "skip", "conflict", "error"
SHEETS: Final = (".csv",)
LINES: Final = (".jsonl", ".ndjson")
SECTIONS: Final = (".yaml", ".yml")


class MovedError(RefusedError):
    """The archive is no longer what the plan was made for."""

    sentence = Words(
        zh="制定计划之后档案已有变动；请重新核对，再执行。",
        en="The archive moved since the plan was made; check the file again, then take it in.",
    )


class UnplannedError(RefusedError):
    """The plan holds errors or conflicts, or is not in a state to be carried out."""

    sentence = Words(
        zh="此计划不能执行：仍有错误或冲突，或已在处理。",
        en="The plan cannot be carried out: it holds errors or conflicts, or is under way.",
    )


class LeftError(RefusedError):
    """Somebody else went on with the job, or ended it; whoever hears this leaves it alone."""

    sentence = Words(
        zh="此导入已由他人接手，或已结束。",
        en="Somebody else has gone on with this import, or it has ended.",
    )
