"""A date as typed and as read: in words, its bounds, how finely, and what else it may mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.dates import (
    EXAMPLES,
    BeforeYearOneError,
    NoNotationError,
    Precision,
    Qualifier,
    Reading,
    Shape,
    UnkeptNotationError,
    describe,
    phrase,
    read,
    read_typed,
)
from archive.errors import UnreadableDateError
from archive.languages import Words
from archive.queries import day_first, head, published
from archive.web.frame.session import today
from archive.web.frame.translating import current_locale

_JOINTS: Final = {"zh": "、", "en": ", "}
_PRECISIONS: Final = {
    Precision.DAY: Words("精确到日", "to the day"),
    Precision.MONTH: Words("精确到月", "to the month"),
    Precision.QUARTER: Words("精确到季度", "to the quarter"),
    Precision.SEASON: Words("精确到季节（按北半球）", "to the season (northern)"),
    Precision.HALF: Words("精确到半年", "to the half-year"),
    Precision.YEAR: Words("精确到年", "to the year"),
    Precision.DECADE: Words("精确到年代", "to the decade"),
    Precision.CENTURY: Words("精确到世纪", "to the century"),
}
_RANGES: Final = {
    Shape.UNIT: Words("一段时期内", "within a period"),
    Shape.ONE_OF: Words("期间的某一时刻", "some moment in this range"),
    Shape.STRETCH: Words("持续的一段时间", "a stretch of time"),
    Shape.ALL_OF: Words("几个日期都算", "each of these dates"),
    Shape.BEFORE: Words("起始未定", "open beginning"),
    Shape.AFTER: Words("截止未定", "open end"),
}
_EITHER: Final = Words("几个日期之一", "one of these dates")
_QUALIFIERS: Final = {
    Qualifier.APPROXIMATE: Words("约略", "approximate"),
    Qualifier.UNCERTAIN: Words("存疑", "uncertain"),
    Qualifier.BOTH: Words("约略且存疑", "approximate and uncertain"),
}
_REFUSALS: Final[Mapping[type, Words]] = {
    BeforeYearOneError: Words(
        "在公元元年之前，而档案只收 0001 年至 9999 年。例如可写：",
        "It lies before the year 1, and the archive keeps years 0001 to 9999 only. Try for "
        "example:",
    ),
    NoNotationError: Words(
        "形似 EDTF，但写法有误。例如可写：", "It looks like EDTF but is none. Try for example:"
    ),
    UnkeptNotationError: Words(
        "这是 EDTF，但档案只收 0001 年至 9999 年间真实的日期，起在前、止在后，起止须为日、月或年。"
        "例如可写：",
        "It is EDTF, but the archive keeps years 0001 to 9999 only: days that exist, the earlier "
        "end first, ends that are days, months or years. Try for example:",
    ),
}
_ORDERS: Final = {
    True: Words("按“日在前”读，与此来源先前一致", "Read day first, as before for this source"),
    False: Words("按“月在前”读，与此来源先前一致", "Read month first, as before for this source"),
}


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """How typed words were read, against which day; no reading where they are no date.

    ``order`` tells that day and month stand as they did before in this source (True: day first),
    ``other`` what the words mean if not. ``is_relative``: other events bound what has no date.
    """

    words: str
    reference: date
    is_from_source: bool
    reading: Reading | None = None
    fault: UnreadableDateError | None = None
    order: bool | None = None
    other: Reading | None = None
    is_relative: bool = False

    @property
    def sentence(self) -> str:
        """Return the reading in the reader's language."""
        return phrase(self.reading.edtf, locale=current_locale()) if self.reading else ""

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether day and month of the words may be either."""
        return self.other is not None or bool(self.reading and self.reading.alternatives)

    @property
    def is_kept_as_stated(self) -> bool:
        """Tell whether words that are no date stand, for other events bound the date."""
        return self.is_relative and self.reading is None and type(self.fault) not in _REFUSALS

    @property
    def order_words(self) -> Words | None:
        """Return how the order of day and month was remembered, if it was."""
        return None if self.order is None else _ORDERS[self.order]

    @property
    def qualities(self) -> tuple[Words, ...]:
        """Return how finely the date is known, and how surely."""
        return tuple(_qualities(self.reading)) if self.reading else ()

    @property
    def fault_words(self) -> str:
        """Return what is wrong with EDTF that is none, or none that is kept."""
        words = _REFUSALS.get(type(self.fault))
        return words.in_language(current_locale()) if words else ""

    @property
    def examples(self) -> tuple[str, ...]:
        """Return what is accepted, in the reader's language."""
        locale = current_locale()
        examples = self.fault.examples if self.fault_words and self.fault else EXAMPLES
        return tuple(examples.in_language(locale).split(_JOINTS[locale])[:3])


def answer_for(
    connection: Connection,
    words: str,
    *,
    source: str = "",
    reference: date | None = None,
    is_relative: bool = False,
    may_be_unknown: bool = False,
) -> DateAnswer:
    """Return how *words* read against *reference*, else the day of *source*, else today.

    The language of the words is their own, not the page's. That of an event *may_be_unknown*.
    """
    known = head(connection).position
    came_out = "" if reference or not source else published(connection, source=source, known=known)
    against = reference or _last_day(came_out) or today()
    answer = DateAnswer(words, against, bool(_last_day(came_out)), is_relative=is_relative)
    if not words:
        return answer
    try:
        reading = read_typed(words, ref=against, may_be_unknown=may_be_unknown)
    except UnreadableDateError as error:
        return replace(answer, fault=error)
    order = None
    if reading.alternatives and source:
        order = day_first(connection, source=source, known=known)
    if order is None:
        return replace(answer, reading=reading)
    taken, other = (
        read(words, ref=against, day_first=one, whole=True) for one in (order, not order)
    )
    return replace(answer, reading=taken, order=order, other=other)


def _last_day(published: str) -> date | None:
    if not published:
        return None
    try:
        bounds = describe(published)
    except UnreadableDateError:
        return None
    return bounds.latest or bounds.earliest


def _qualities(reading: Reading) -> Iterator[Words]:
    if reading.earliest is reading.latest is None:
        return
    if reading.shape is Shape.ONE_OF and "," in reading.edtf:
        yield _EITHER
    elif reading.precision in _PRECISIONS:
        yield _PRECISIONS[reading.precision]
    else:
        yield _RANGES[reading.shape]
    if reading.precision is Precision.OPEN and reading.shape not in {Shape.BEFORE, Shape.AFTER}:
        yield _RANGES[Shape.BEFORE if reading.earliest is None else Shape.AFTER]
    if reading.qualifier is not Qualifier.NONE:
        yield _QUALIFIERS[reading.qualifier]
