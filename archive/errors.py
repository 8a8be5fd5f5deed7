"""The one tree of errors. No HTTP in it: a status is the web's affair.

ArchiveError
├── RefusedError                 what a person or a file said cannot be taken
│   ├── FieldError               one field: its name, its value, what would be accepted
│   │   └── UnreadableDateError  words or EDTF that are no date
│   ├── UnknownNameError         a kind, field, unit … that does not exist; the nearest
│   ├── NotFoundError            an event, entity or source that the archive does not hold
│   ├── OutOfScopeError          litigation: the archive has no kind for it
│   └── BatchError               every error of a batch, none left out
├── ConflictError
│   ├── WrongPositionError       someone was faster; carries the events that came between
│   └── KeyReusedError           the same key, other content
├── NotMigratedError             the database has no tables, or old ones
│   ├── NewerTablesError         or those of a newer version
│   └── UnfinishedRestoreError   or what a restore left that was killed, never verified
├── UnreachableDatabaseError     no database answers at that address
└── DamagedLogError              the log does not verify; names the first bad position
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import PurePath
from typing import ClassVar

from typing_extensions import override

from archive.languages import Words

SHOWN_CHARACTERS = 80


def shortened(value: object) -> str:
    """Return *value* as text, cut where a message would drown in it; a path is told whole."""
    text = str(value)
    is_whole = len(text) <= SHOWN_CHARACTERS or isinstance(value, PurePath)
    return text if is_whole else f"{text[:SHOWN_CHARACTERS]}…"


class ArchiveError(Exception):
    """Any refusal of the archive; knows its sentence in Chinese and in English."""

    sentence: ClassVar[Words] = Words(zh="出错了。", en="Something went wrong.")

    def __init__(self, **parts: object) -> None:
        self.parts = parts
        super().__init__(self.words("en"))

    def words(self, locale: str) -> str:
        """Return the whole sentence in *locale*."""
        spoken = {
            name: part.in_language(locale) if isinstance(part, Words) else shortened(part)
            for name, part in self.parts.items()
        }
        return self._sentence().in_language(locale).format(**spoken)

    def _sentence(self) -> Words:
        return self.sentence


class RefusedError(ArchiveError):
    """What was asked or said cannot be taken; nothing was changed."""


class FieldError(RefusedError):
    """One field's value cannot be taken."""

    sentence = Words(
        zh="{field}：“{value}”不可用；可接受：{accepted}。",
        en="{field}: “{value}” cannot be taken; accepted: {accepted}.",
    )

    left_empty: ClassVar[Words] = Words(
        zh="{field}：没有填；{accepted}。", en="{field}: nothing is given; {accepted}."
    )

    def __init__(self, *, field: str, value: object, accepted: Words) -> None:
        self.field, self.accepted = field, accepted
        super().__init__(field=field, value=value, accepted=accepted)

    @override
    def _sentence(self) -> Words:
        is_plain = self.sentence is FieldError.sentence
        return self.left_empty if is_plain and self.parts["value"] == "" else self.sentence


class UnreadableDateError(FieldError):
    """Words, or an EDTF string, that are no date."""

    sentence = Words(
        zh="{field}：“{value}”读不成日期，可写作{accepted}等。",
        en="{field}: “{value}” cannot be read as a date. For example: {accepted}.",
    )
    none_given: ClassVar[Words] = Words(
        zh="{field}：没有填日期，可写作{accepted}等。",
        en="{field}: no date is given. For example: {accepted}.",
    )
    examples: ClassVar[Words] = Words(
        zh="2023-07-14、2023年3月下旬、2023年第三季度",
        en="2023-07-14, late March 2023, Q3 2023",
    )

    def __init__(self, value: object, *, field: str = "when") -> None:
        super().__init__(field=field, value=value, accepted=self.examples)

    @override
    def _sentence(self) -> Words:
        return self.sentence if str(self.parts["value"] or "").strip() else self.none_given


class UnknownNameError(RefusedError):
    """A name of the vocabulary or the archive that does not exist."""

    sentence = Words(
        zh="没有名为“{name}”的{what}{near}。", en="There is no {what} “{name}”{near}."
    )

    def __init__(self, *, what: Words, name: str, known: Iterable[str], field: str = "") -> None:
        names = sorted(known)
        self.field = field
        self.nearest: Sequence[str] = get_close_matches(name, names, n=3, cutoff=0.4) or names[:8]
        some = shortened(", ".join(self.nearest))
        near = Words(f"；最接近的有：{some}", f"; the nearest are: {some}")
        near = near if some else Words("", "")
        super().__init__(what=what, name=name, nearest=some, near=near)


class NotFoundError(RefusedError):
    """Something asked for by its address is not in the archive."""

    sentence = Words(zh="档案中没有{what}“{name}”。", en="The archive holds no {what} “{name}”.")

    def __init__(self, *, what: Words, name: object) -> None:
        super().__init__(what=what, name=name)


class OutOfScopeError(RefusedError):
    """Lawsuits, verdicts and settlements have no kind and no field here."""

    sentence = Words(
        zh="“{name}”不在本档案的范围内：这里收录发布、交易、资产剥离、开源、条款、资金、"
        "人事与数字，不收录诉讼。",
        en="“{name}” is out of scope: the archive holds launches, deals, divestments, releases, "
        "terms, money, people and figures; it holds no lawsuits.",
    )

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class BatchError(RefusedError):
    """Every error of one event or one file, so that all can be mended at once."""

    sentence = Words(zh="共有 {count} 处不可用。", en="{count} values cannot be taken.")

    def __init__(self, errors: Sequence[RefusedError]) -> None:
        self.errors = tuple(errors)
        super().__init__(count=len(self.errors))

    @override
    def words(self, locale: str) -> str:
        """Return one line for each error."""
        return "\n".join(error.words(locale) for error in self.errors)


class ConflictError(ArchiveError):
    """The archive moved between reading and writing."""


class WrongPositionError(ConflictError):
    """Someone else appended to the stream first."""

    sentence = Words(
        zh="“{stream}”已在第 {actual} 位，而不是预期的第 {expected} 位；期间另有记录。",
        en="“{stream}” is at position {actual}, not at {expected} as expected; "
        "other events came between.",
    )

    def __init__(
        self, *, stream: str, expected: int, actual: int, between: Sequence[str] = ()
    ) -> None:
        self.between = tuple(between)
        super().__init__(stream=stream, expected=expected, actual=actual)


class KeyReusedError(ConflictError):
    """An event of the same id, but with other content, is already in the log."""

    sentence = Words(
        zh="标识“{key}”已用于第 {position} 条记录，其内容不同。",
        en="The id “{key}” already belongs to another event, at position {position}, "
        "with other content.",
    )

    def __init__(self, *, key: str, position: int) -> None:
        super().__init__(key=key, position=position)


class NotMigratedError(ArchiveError):
    """The database lacks the tables of this version."""

    sentence = Words(
        zh="数据库 {database} 尚未迁移（现为 {found}，需要 {wanted}）；请运行：archive migrate",
        en="The database {database} is not migrated (found {found}, wanted {wanted}); "
        "run: archive migrate",
    )


class NewerTablesError(NotMigratedError):
    """The tables are of a version that this program does not know."""

    sentence = Words(
        zh="数据库 {database} 的版本（{found}）比本程序（{wanted}）新，或属于另一个程序；"
        "请使用更新版本的 archive。",
        en="The database {database} is of a newer version ({found}) than this program ({wanted}), "
        "or of another program; use a newer archive.",
    )


class UnfinishedRestoreError(NotMigratedError):
    """What the database holds was not verified: whoever restored it came to no end."""

    sentence = Words(
        zh="数据库 {database} 的恢复没有完成，其内容未经核对；请重新运行：archive restore",
        en="The database {database} was not restored to the end, and what it holds was not "
        "verified; run again: archive restore",
    )


class UnreachableDatabaseError(ArchiveError):
    """No database could be opened at the address given."""

    sentence = Words(
        zh="无法打开数据库 {database}：{reason}",
        en="Cannot open the database {database}: {reason}",
    )


class DamagedLogError(ArchiveError):
    """The log does not verify."""

    sentence = Words(
        zh="日志在第 {position} 条记录处受损：{reason}。",
        en="The log is damaged at position {position}: {reason}.",
    )
