"""What a file of the desk may bring: events of the world, sources and names; nothing else."""

from typing import Final

from archive.errors import RefusedError
from archive.ingest.judging import Fate, Judged
from archive.languages import Words
from archive.vocabulary import KINDS, WORLD_KINDS

_ADMITTED: Final = frozenset({*WORLD_KINDS, "source_added", "names_changed"})
_EVENT_PAGE: Final = Words("在该事件的页面上", "on the page of that event")
_ENTITY_PAGE: Final = Words("在该实体的页面上", "on the page of that entity")
_COMMAND_LINE: Final = Words("在命令行", "on the command line")
_ELSEWHERE: Final = {
    "claim_corrected": _EVENT_PAGE,
    "claim_retracted": _EVENT_PAGE,
    "claim_disputed": _EVENT_PAGE,
    "dispute_settled": _EVENT_PAGE,
    "text_masked": _EVENT_PAGE,
    "entities_merged": _ENTITY_PAGE,
    "entity_split": _ENTITY_PAGE,
}


class NotByFileError(RefusedError):
    """An event about the archive's own events, which has its own place at the desk."""

    sentence = Words(
        zh="文件不能带入“{kind}”（{name}）；请{where}做。",
        en="A file brings no event of the kind “{kind}” ({name}); do that {where}.",
    )

    def __init__(self, kind: str) -> None:
        where = _ELSEWHERE.get(kind, _COMMAND_LINE)
        super().__init__(kind=KINDS[kind].label, name=kind, where=where)


class MaskedByFileError(RefusedError):
    """A line without its text, claims and entities: only a whole log may hold such lines."""

    sentence = Words(
        zh="此行的文字已被遮蔽（masked），没有来源与实体，不能由此导入；"
        "整份日志请在命令行用 archive ingest 载入。",
        en="The text of this line was masked: it has no sources and no entities, and is not "
        "imported here; take a whole log in on the command line, with archive ingest.",
    )


def refusals(one: Judged) -> tuple[RefusedError, ...]:
    """Return why the desk does not take *one* in; what is there already is never refused."""
    if one.fate is Fate.ALREADY:
        return ()
    if one.is_masked:
        return (MaskedByFileError(),)
    kind = one.event.kind if one.event else one.kind
    if kind in KINDS and kind not in _ADMITTED:
        return (NotByFileError(kind),)
    return ()
