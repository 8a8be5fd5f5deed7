"""Whole expressions: dates with the operators around them, joined to others, written as EDTF."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from archive.dates.calendar.periods import Period, Scale, marked
from archive.dates.grammar import writing
from archive.dates.grammar.chains import Scan, chain, element
from archive.dates.meaning.members import Choice, Context, Joint, Member, Run, chosen, resolved
from archive.dates.tables.dressing import DRESS
from archive.dates.tables.operators import COMMA, JOINTS, LAST_COMMA, Relation, prefixes, suffixes
from archive.dates.tables.rows import Node

_MOST_OPERATORS: Final = 6


@dataclass(frozen=True, slots=True)
class Understood:
    """A date found in words: its EDTF, its place, and the periods it is made of."""

    edtf: str
    opening: int  # where the first word stands that adds to its meaning
    start: int  # where the date itself begins, after its operators
    end: int
    periods: tuple[Period, ...]
    introduced: bool
    followed: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The operators on one side of a date, and where they end."""

    relations: tuple[Relation, ...]
    marks: str
    end: int
    opening: int | None = None  # where the first of them stands that adds a meaning
    soft: bool = False  # 从 and 到, which also lead to figures: 从1月的3元涨到5月的4元


def expression(scan: Scan, at: int) -> Understood | None:
    """Return the whole date, with its operators, that begins at a place."""
    before = _prefixes(scan, at)
    read = _joined_nodes(scan, before.end, between=Relation.BETWEEN in before.relations)
    if read is None:
        return None
    nodes, joint, end = read
    after = _suffixes(scan, end)
    reaching = bool(_REACHING & {*before.relations, *after.relations})
    found = _resolved(nodes, joint, replace(scan.context, reaching=reaching))
    if found is None:
        return None
    periods = _qualified(found, joint, before.marks, after.marks)
    told = () if _leads_elsewhere(scan, at, before, after.end) else before.relations
    relation = _relation(told, after.relations)
    edtf = _written(periods, joint, relation, ref=scan.context.ref)
    if edtf is None:
        return None
    return Understood(
        edtf=edtf,
        opening=before.end if before.opening is None else before.opening,
        start=before.end,
        end=after.end,
        periods=periods,
        introduced=before.end > at and bool(before.relations or before.marks),
        followed=bool(after.relations),
    )


def _leads_elsewhere(scan: Scan, at: int, before: Around, end: int) -> bool:
    """Return whether 从, 到 or "from" says where a thing is from, and not since when."""
    if before.soft and _FIGURE.match(scan.text, end):
        return True
    is_from = Relation.FROM in before.relations and scan.text[at : at + 4].lower() == "from"
    return bool(is_from and _OF_A_THING.search(scan.text, 0, at))


def _qualified(
    periods: tuple[Period, ...], joint: Joint | None, before: str, after: str
) -> tuple[Period, ...]:
    """Return the periods as qualified; before a stretch it is the beginning that is."""
    if joint is not Joint.STRETCH:
        return tuple(marked(period, before + after) for period in periods)
    first, *middle, last = periods
    return (marked(first, before), *middle, marked(last, after))


# "By the end of May": a May that runs counts, though its end has not come.
_REACHING: Final = frozenset({Relation.BY, Relation.BEFORE, Relation.UNTIL})
_FIGURE: Final = re.compile(r"的|最高|最低|开盘|收盘|[说谈讲聊]起")
# "Code from the early 1990s"; but "available from May", "closed from May".
_STARTS: Final = (
    "available|effective|starting|valid|open|sale|live|apply|applies|applied|runs?|running|ran|begin|"
    "begins|began|ships?|shipping|works?|worked|served|serves?|led|leads?|headed|closed|shut|force|"
    "required|mandatory|banned|free|payable|out|again|suspended|effect|stopped|bookings|rolled|"
    "rolling|rollout|charged?|pay|paid|use|used|place|offered|sold|held|kept|blocked|and|or|but|"
    "that"
)
_OF_A_THING: Final = re.compile(rf"(?<!\w)(?!(?:{_STARTS})\b)\w+,? $", re.IGNORECASE)
_SOFT: Final = frozenset("从到至由")
_ON: Final = re.compile(r"[ \t]*(?:,|on|of|于|在)?[ \t]*", re.IGNORECASE)
_THE: Final = re.compile(r"the[ \t]+", re.IGNORECASE)


def _prefixes(scan: Scan, at: int) -> Around:
    relations: list[Relation] = []
    marks, opening, soft = "", None, False
    for _ in range(_MOST_OPERATORS):
        ends = [
            (match.end(), operator)
            for operator in prefixes(scan.text[at : at + 1])
            if (match := operator.pattern.match(scan.text, at))
        ]
        end, operator = max(ends, key=lambda found: found[0], default=(at, None))
        single = element(scan, at)
        if operator is None or end == at or (single is not None and single[1] >= end):
            break
        marks += operator.mark
        relations += [operator.relation] if operator.relation else []
        if opening is None and operator.relation is not Relation.PLAIN:
            opening = at
        soft = soft or scan.text[at:end] in _SOFT
        at = _past_hour(scan, end)
    the = _THE.match(scan.text, at)
    if the is not None and element(scan, at) is None:
        at = the.end()
    return Around(tuple(relations), marks, at, opening, soft)


def _past_hour(scan: Scan, at: int) -> int:
    """Return the place behind an hour that stands before the day: "until 5pm on …"."""
    dress = DRESS.match(scan.text, at)
    on = _ON.match(scan.text, dress.end()) if dress else None
    return on.end() if on and element(scan, at) is None and element(scan, on.end()) else at


def _suffixes(scan: Scan, at: int) -> Around:
    relations: list[Relation] = []
    marks = ""
    for _ in range(_MOST_OPERATORS):
        dress = DRESS.match(scan.text, at)
        found = _longest_suffix(scan, dress.end() if dress else at) or _longest_suffix(scan, at)
        if found is None:
            break
        at, mark, relation = found
        marks += mark
        relations += [relation] if relation else []
    return Around(tuple(relations), marks, at)


def _longest_suffix(scan: Scan, at: int) -> tuple[int, str, Relation | None] | None:
    ends = [
        (match.end(), operator.mark, operator.relation)
        for operator in suffixes(scan.text[at : at + 1])
        if (match := operator.pattern.match(scan.text, at)) and match.end() > at
    ]
    return max(ends, key=lambda found: found[0], default=None)


def _joined_nodes(
    scan: Scan, at: int, *, between: bool
) -> tuple[tuple[Node, ...], Joint | None, int] | None:
    first = chain(scan, at)
    if first is None:
        return None
    node, end = first
    if isinstance(node, Run):
        return node.nodes, Joint.BETWEEN if between else node.joint, end
    nodes, joint = [node], None
    scan = _anchored(scan, node)
    while (more := _next(scan, end, joint)) is not None:
        following, joint, end = more
        nodes.append(following)
        if joint is Joint.STRETCH:
            break
    if between and joint is not None:
        joint = Joint.BETWEEN
    return tuple(nodes), joint, end


def _anchored(scan: Scan, node: Period | Member) -> Scan:
    """Return the same text read after *node*: in 11月至次年2月 it is the date said before."""
    said = resolved(node, scan.context)
    if said is None:
        return scan
    context = replace(scan.context, anchors=(said, *scan.context.anchors))
    return Scan(scan.text, context, scan.matches)


def _next(scan: Scan, end: int, joint: Joint | None) -> tuple[Period | Member, Joint, int] | None:
    dress = DRESS.match(scan.text, end)
    for at in {end, dress.end() if dress else end}:
        for kind, gap in _joints_at(scan, at, listed=joint is not None):
            if joint is not None and kind is Joint.STRETCH:
                continue
            around = _prefixes(scan, gap)
            if kind is not Joint.STRETCH and set(around.relations) - {Relation.PLAIN}:
                continue
            following = chain(scan, _past_hour(scan, around.end))
            if following is not None and not isinstance(following[0], Run):
                node = following[0]
                if isinstance(node, Period):
                    node = marked(node, around.marks)
                return node, kind if joint is None or kind is Joint.ONE_OF else joint, following[1]
    return None


def _joints_at(scan: Scan, at: int, *, listed: bool) -> list[tuple[Joint, int]]:
    found = [
        (kind, match.end()) for kind, pattern in JOINTS if (match := pattern.match(scan.text, at))
    ]
    last = LAST_COMMA.match(scan.text, at) if listed else None
    if last is not None:
        found.append((Joint.ONE_OF if last["word"].lower() == "or" else Joint.ALL_OF, last.end()))
    comma = COMMA.match(scan.text, at)
    return found + ([(Joint.ALL_OF, comma.end())] if comma else [])


def _resolved(
    nodes: tuple[Node, ...], joint: Joint | None, context: Context
) -> tuple[Period, ...] | None:
    """Return the periods of all nodes; one that names its year lends it to its neighbours."""
    if joint is None:
        only = _resolved_one(nodes[0], context)
        return None if only is None else (only,)
    pivot = _pivot(nodes, backwards=joint in _LISTS or context.future)
    found: list[Period | None] = [None] * len(nodes)
    found[pivot] = _resolved_one(nodes[pivot], context)
    for place in range(pivot - 1, -1, -1):
        found[place] = _beside(nodes[place], found[place + 1], joint, context, later=False)
    for place in range(pivot + 1, len(nodes)):
        found[place] = _beside(nodes[place], found[place - 1], joint, context, later=True)
    whole = tuple(period for period in found if period is not None)
    return whole if len(whole) == len(nodes) else None


def _pivot(nodes: tuple[Node, ...], *, backwards: bool) -> int:
    """Return which node is resolved first: one that is whole, else one that lacks the year."""
    places = range(len(nodes))[:: -1 if backwards else 1]
    whole = [place for place in range(len(nodes)) if isinstance(nodes[place], Period)]
    yearly = [p for p in places if getattr(nodes[p], "cycle", None) is Scale.YEAR]
    return (whole or yearly or list(places))[0]


_LISTS: Final = {Joint.ALL_OF, Joint.ONE_OF}


def _resolved_one(node: Node, context: Context) -> Period | None:
    if isinstance(node, Run):
        return None
    found = resolved(node, context)
    return None if found is None or found.unsaid else found


def _beside(
    node: Node, said: Period | None, joint: Joint, context: Context, *, later: bool
) -> Period | None:
    """Return the one of those like *node* that lies next to the date said beside it."""
    if said is None or isinstance(node, Run):
        return None
    if isinstance(node, Period) or node.bare is not Choice.LATEST:
        return resolved(node, context)
    found = chosen(node, said.first, Choice.NEXT if later else Choice.LAST)
    if joint in _LISTS and found is not None and found.first.year != said.first.year:
        same = chosen(node, said.first, Choice.THIS) if node.cycle is Scale.YEAR else None
        return same if same is not None and said.dated else found
    return found


def _relation(before: tuple[Relation, ...], after: tuple[Relation, ...]) -> Relation:
    """Return the one relation that all operators together say."""
    told = [relation for relation in before if relation is not Relation.PLAIN]
    closing = [relation for relation in after if relation is not Relation.PLAIN]
    if not closing:
        return told[-1] if told else Relation.PLAIN
    if Relation.BY in told and closing[-1] is Relation.UNTIL:
        return Relation.BY
    if Relation.SINCE in told and closing[-1] is Relation.AFTER:
        return Relation.SINCE
    return closing[-1]


def _written(
    periods: tuple[Period, ...], joint: Joint | None, relation: Relation, *, ref: date
) -> str | None:
    if joint is None:
        return writing.related(periods[0], relation, ref=ref)
    if relation in _ENDS_OF_STRETCH:
        end = periods[0 if relation in _FROM_START else -1]
        return writing.related(end, relation, ref=ref)
    return writing.joined(periods, Joint.BETWEEN if relation is Relation.BETWEEN else joint)


_FROM_START: Final = {Relation.BEFORE, Relation.NOT_BEFORE, Relation.EARLIEST}
_ENDS_OF_STRETCH: Final = {Relation.BY, Relation.AFTER} | _FROM_START
