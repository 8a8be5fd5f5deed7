"""The grammar of dates: how words, parts, greater periods and operators go together."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning.members import (
    Choice,
    Context,
    Member,
    Run,
    Side,
    chosen,
    scale_of,
    within,
)
from archive.dates.tables.chinese import CHINESE_ROWS
from archive.dates.tables.chinese_parts import CHINESE_PART_ROWS
from archive.dates.tables.chinese_relative import CHINESE_RELATIVE_ROWS
from archive.dates.tables.english import ENGLISH_ROWS
from archive.dates.tables.english_parts import ENGLISH_PART_ROWS
from archive.dates.tables.english_relative import ENGLISH_RELATIVE_ROWS
from archive.dates.tables.figures import FIGURE_ROWS
from archive.dates.tables.rows import Gaps, Node, Row

_LATIN_ROWS: Final = ENGLISH_ROWS + ENGLISH_PART_ROWS + ENGLISH_RELATIVE_ROWS
_HAN_ROWS: Final = CHINESE_ROWS + CHINESE_PART_ROWS + CHINESE_RELATIVE_ROWS
_ALL_ROWS: Final = FIGURE_ROWS + _LATIN_ROWS + _HAN_ROWS

_DEEPEST: Final = 4
_NEAR: Final = re.compile(
    r"(?:the )?(?P<last>last|past|this past)[ ]+|"
    r"(?:the )?(?P<next>next|upcoming|(?:this )?coming)[ ]+|"
    r"(?P<this>this)[ ]+|(?P<last_>上一?个)|(?P<next_>下一?个)|(?P<this_>这个)",
    re.IGNORECASE,
)
_NEAR_CHOICE: Final = {"last": Choice.LAST, "next": Choice.NEXT, "this": Choice.THIS}
_TO_GREATER: Final = re.compile(
    r"[ \t]*-[ \t]*|[ \t]*,[ \t]*(?=\d|of[ ]|(?:last|this|next) year)|"
    r"[ \t]*(?:(?:of|in|during|for|from|on)[ \t]+)?(?=[A-Za-z\d'])|[ \t]*",
    re.IGNORECASE,
)
_TO_GREATER_THE: Final = re.compile(
    r"[ \t]*(?:(?:of|in|during|for|from|on)[ \t]+)?the[ \t]+", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"[ \t]*[(（]")
_TO_SMALLER: Final = re.compile(r"(?:[ \t]*(?:的|之|'s|’s)?[ \t]*)")
_WEEKDAY_COMMA: Final = re.compile(
    r"[ \t]*,?[ \t]*(?:the[ \t]+)?(?:[(（])?(?=[\dA-Za-z])|[ \t]*[,，]?[ \t]*[(（]?"
)


Matches = list[tuple[Row, Gaps, int]]


@dataclass
class Scan:
    """One text being read in one context; what was once found at a place is remembered.

    ``matches`` is what the rows find in the text, whatever the context; scans may share it.
    """

    text: str
    context: Context
    matches: dict[int, Matches] = field(default_factory=dict)
    forms: dict[int, list[tuple[Node | None, int]]] = field(default_factory=dict)


def element(scan: Scan, at: int) -> tuple[Node, int] | None:
    """Return the longest form of a date that begins at a place."""
    node, end = next((form for form in _forms(scan, at) if _begins(form[0])), (None, at))
    # A longer form that is no date ("30 February 2022") leaves no shorter one standing.
    return None if node is None else (node, end)


def longest_form(scan: Scan, at: int) -> int:
    """Return where the longest form ends that begins at a place; 30 February is none."""
    return next((end for _node, end in _forms(scan, at)), at)


def continuations(scan: Scan, at: int) -> list[tuple[Node | None, int]]:
    """Return the forms that may go on with a greater period there, the longest first."""
    return [form for form in _forms(scan, at) if _goes_on(form[0])]


def _forms(scan: Scan, at: int) -> list[tuple[Node | None, int]]:
    if at not in scan.forms:
        scan.forms[at] = [
            (row.meaning(gaps, scan.context), end) for row, gaps, end in _matches(scan, at)
        ]
    return scan.forms[at]


def _matches(scan: Scan, at: int) -> Matches:
    """Return the rows that match at a place, the longest first."""
    if at not in scan.matches:
        sign = scan.text[at : at + 1]
        # Many rows begin with a figure: what follows it tells more of them apart.
        rows = _rows_at(scan.text[at : at + 2] if sign.isdigit() else sign)
        matches = ((row, row.pattern.match(scan.text, at)) for row in rows)
        found = [(row, Gaps(match), match.end()) for row, match in matches if match]
        scan.matches[at] = sorted(found, key=lambda one: -one[2])
    return scan.matches[at]


def _begins(node: Node | None) -> bool:
    return not isinstance(node, Member) or node.cycle is not None or node.side is not Side.TRAILS


def _goes_on(node: Node | None) -> bool:
    return not isinstance(node, Period) and getattr(node, "side", None) is not Side.LEADS


@lru_cache(maxsize=4096)
def _rows_at(signs: str) -> tuple[Row, ...]:
    """Return the rows that may begin with these signs."""
    return tuple(row for row in _rows_of(signs[:1]) if row.may_begin_with(signs))


def _rows_of(sign: str) -> tuple[Row, ...]:
    if sign.isascii() and sign.isalpha():
        return _ALL_ROWS if sign in "QqHh" else _LATIN_ROWS
    if sign in "“「" or (not sign.isascii() and sign.isalpha()):
        return _HAN_ROWS
    return _ALL_ROWS if sign.isdigit() or sign in "'〇○" else ()


def chain(scan: Scan, at: int, depth: int = 0) -> tuple[Node, int] | None:
    """Return a date with all the greater and smaller periods that belong to it."""
    if depth > _DEEPEST:
        return None
    found = _near(scan, at, depth) or element(scan, at)
    if found is None:
        return None
    found = _after_weekday(scan, *found, depth) or found
    while True:
        longer = _with_smaller(scan, *found) or _with_greater(scan, *found, depth)
        if longer is None:
            return found
        found = longer


def _near(scan: Scan, at: int, depth: int) -> tuple[Node, int] | None:
    """Return "last Tuesday", "next May", 上个春节: one of those that return."""
    match = _NEAR.match(scan.text, at)
    if match is None:
        return None
    single, named = element(scan, at), chain(scan, match.end(), depth + 1)
    if named is None or (single is not None and single[1] > match.end()):
        return None
    node, end = named
    if not isinstance(node, Member) or node.cycle is None:
        return None
    word = next(name for name, said in match.groupdict().items() if said).rstrip("_")
    period = chosen(node, scan.context.ref, _NEAR_CHOICE[word])
    return None if period is None else (period, end)


def _after_weekday(scan: Scan, node: Node, end: int, depth: int) -> tuple[Node, int] | None:
    """Return the date in "Tuesday, 14 May", 上周四（10月20日）: the weekday adds nothing."""
    is_told = isinstance(node, Period) and node.scale is Scale.DAY
    if not _is_weekday(node) and not (is_told and _BRACKET.match(scan.text, end)):
        return None
    gap = _WEEKDAY_COMMA.match(scan.text, end)
    start = gap.end() if gap else end
    following = chain(scan, start, depth + 1) if start > end else None
    if following is None or _is_weekday(following[0]) or _scale(following[0]) is not Scale.DAY:
        return None
    closing = re.compile(r"[ \t]*[)）]").match(scan.text, following[1])
    bracketed = closing is not None and re.search(r"[(（]", scan.text[end:start])
    if is_told and not bracketed:
        return None
    return following[0], closing.end() if closing and bracketed else following[1]


def _is_weekday(node: Node) -> bool:
    return isinstance(node, Member) and node.cycle is Scale.WEEK and node.gives is Scale.DAY


def _scale(node: Node) -> Scale:
    return scale_of(node.nodes[0] if isinstance(node, Run) else node)


def _with_smaller(scan: Scan, node: Node, end: int) -> tuple[Node, int] | None:
    """Return 2022年3月, "last year's third quarter": the greater period stands first."""
    if isinstance(node, Run):
        return None
    gap = _TO_SMALLER.match(scan.text, end)
    for inner, after in continuations(scan, gap.end() if gap else end):
        combined = None if inner is None else _combined(inner, node, forbidden=Side.LEADS)
        if combined is not None:
            return combined, after
    return None


def _with_greater(scan: Scan, node: Node, end: int, depth: int) -> tuple[Node, int] | None:
    """Return "March of last year", "early 2022": the greater period stands last."""
    if isinstance(node, Period):
        return None
    for gap in (_TO_GREATER, _TO_GREATER_THE):
        match = gap.match(scan.text, end)
        outer = chain(scan, match.end(), depth + 1) if match else None
        if outer is not None and not isinstance(outer[0], Run):
            combined = _combined(node, outer[0], forbidden=Side.TRAILS)
            if combined is not None:
                return combined, outer[1]
    return None


def _combined(inner: Node, outer: Period | Member, *, forbidden: Side) -> Node | None:
    if isinstance(inner, Period):
        return None
    if isinstance(inner, Run):
        nodes = [_combined(node, outer, forbidden=forbidden) for node in inner.nodes]
        whole = tuple(node for node in nodes if isinstance(node, Period | Member))
        return Run(inner.joint, whole) if len(whole) == len(nodes) else None
    if inner.side is forbidden or scale_of(outer) not in inner.needs:
        return None
    return within(inner, outer)
