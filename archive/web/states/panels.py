"""What stands beside the table of a state: answers computed from several cells, and drawings.

``panel_for`` gives the fragment's name and what it takes; a tab without one gives None.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from flask import request
from sqlalchemy import Connection

from archive.dates import day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.queries import (
    DEFINITIONS,
    USUAL,
    AsOf,
    LicenceRow,
    Licences,
    Ownership,
    Series,
    Verdict,
    find_entities,
    licences,
    ownership_on,
    series_of,
    size,
)
from archive.web.drawing.charts import Chart, chart
from archive.web.drawing.trees import Tree, tree
from archive.web.frame.translating import current_locale
from archive.web.states.panel_words import share_words, stake_words

# What is computed from all cells of an attribute is so only up to so many cells of an archive; in
# a larger one it is computed of the entity that the reader names.
_MOST_CELLS: Final = 6_000
_MOST_CELLS_OF_MODELS: Final = 30_000
_MOST_ROWS: Final = 60
_MOST_CHARTS, _MOST_OF_ONE = 6, 24
_LEAST_POINTS, _MOST_POINTS = 2, 200
_SCALES: Final = {
    "": Words("随数据", "as fits"),
    "linear": Words("线性", "linear"),
    "log": Words("对数", "logarithmic"),
}
_FREE: Final = Words("“免费”的定义", "definition of “free”")

Args: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Switch:
    """A form that changes one word of the address and keeps the others, as ``kept`` pairs."""

    name: str
    chosen: str
    kept: tuple[tuple[str, str], ...]
    path: str


@dataclass(frozen=True, slots=True)
class LicencesView:
    """The models by their verdict on the definition chosen."""

    answer: Licences
    switch: Switch
    rows: Mapping[Verdict, tuple[LicenceRow, ...]]


@dataclass(frozen=True, slots=True)
class OwnershipView:
    """The stakes of a day, drawn; ``shares`` are those of the groups in words."""

    answer: Ownership
    drawing: Tree
    shares: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series with its chart; ``left_out`` is how many of its oldest reports have no room."""

    series: Series
    chart: Chart
    left_out: int


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The series that are drawn; ``more`` is how many there is no room for."""

    drawn: tuple[Drawn, ...]
    more: int
    switch: Switch
    scales: Mapping[str, Words]


View: TypeAlias = LicencesView | OwnershipView | FiguresView


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment and what it takes; ``view`` is None where the archive is too large for all."""

    template: str
    as_of: AsOf
    view: View | None

    @property
    def definition(self) -> str:
        """Return the definition of “free” that the panel counts by; empty where none matters."""
        return self.view.switch.chosen if isinstance(self.view, LicencesView) else ""


@dataclass(frozen=True, slots=True)
class _Question:
    connection: Connection
    as_of: AsOf
    args: Args
    entity: str
    is_large: bool


def panel_for(connection: Connection, *, tab: str, as_of: AsOf, args: Args) -> Panel | None:
    """Return the panel of *tab*, or None; *args* are the words of the address.

    Raises UnknownNameError for a definition or a scale that means nothing.
    """
    if tab not in _PANELS:
        return None
    kind = _PANELS[tab]
    name = args.get("entity", "").strip()
    entity = _entity_called(connection, name) if name else ""
    is_large = size(connection, known=as_of.known) > kind.most_cells
    question = _Question(connection, as_of, args, entity, is_large)
    view = None if is_large and not entity else kind.view(question)
    return Panel(f"fragments/{kind.template}.html", as_of, view)


def definition_in(args: Args) -> str:
    """Return the definition of “free” that the address asks for, or the usual one."""
    return (
        _chosen(args, "definition", DEFINITIONS, Words("自由的定义", "definition of free"))
        or USUAL
    )


def _chosen(args: Args, field: str, known: Mapping[str, object], what: Words) -> str:
    said = args.get(field, "")
    if said and said not in known:
        raise UnknownNameError(what=what, name=said, known=known, field=field)
    return said


def _entity_called(connection: Connection, words: str) -> str:
    """Return the id of the entity that *words* name, or the words themselves."""
    found = find_entities(connection, text=words, limit=_MOST_CHARTS)
    ids = [one.ref.id for one in found]
    return words if words in ids or not ids else ids[0]


def _switch(question: _Question, name: str, chosen: str) -> Switch:
    pairs = tuple((key, value) for key, value in _pairs(question.args) if key != name and value)
    return Switch(name, chosen, pairs, request.path)


def _pairs(args: Args) -> Iterable[tuple[str, str]]:
    several = getattr(args, "lists", None)
    if several is None:
        return args.items()
    return [(name, value) for name, values in several() for value in values]


def _licences(question: _Question) -> LicencesView:
    chosen = definition_in(question.args)
    answer = licences(question.connection, as_of=question.as_of, entity=question.entity)
    rows = {
        verdict: tuple(row for row in answer.rows if row.judgements[chosen].verdict is verdict)
        for verdict in reversed(Verdict)
    }
    return LicencesView(answer, _switch(question, "definition", chosen), rows)


def _ownership(question: _Question) -> OwnershipView:
    answer = ownership_on(
        question.connection,
        as_of=question.as_of,
        entity=question.entity,
        is_near=question.is_large,
    )
    told = {stake: stake_words(stake) for stake in answer.stakes}
    drawing = tree(answer.stakes, told=told, locale=current_locale(), most=_MOST_ROWS)
    shares = {
        (group.head.id, member.id): share_words(share)
        for group in answer.groups
        for member, share in group.members
    }
    return OwnershipView(answer, drawing, shares)


def _figures_of(attribute: str) -> Callable[[_Question], FiguresView]:
    def figures(question: _Question) -> FiguresView:
        return _figures(question, attribute)

    return figures


def _figures(question: _Question, attribute: str) -> FiguresView:
    scale = _chosen(question.args, "scale", _SCALES, Words("刻度", "scale"))
    found = series_of(
        question.connection, as_of=question.as_of, attribute=attribute, entity=question.entity
    )
    several = [one for one in found if len(one.points) >= _LEAST_POINTS]
    several.sort(key=lambda one: -len(one.points))
    most = _MOST_OF_ONE if question.entity else _MOST_CHARTS
    day = day_number(question.as_of.valid)
    drawn = tuple(_drawn(one, day=day, scale=scale) for one in several[:most])
    switch = _switch(question, "scale", scale)
    return FiguresView(drawn, max(0, len(several) - most), switch, _SCALES)


def _drawn(series: Series, *, day: int, scale: str) -> Drawn:
    newest = replace(series, points=series.points[-_MOST_POINTS:])
    drawing = chart(newest, day=day, locale=current_locale(), scale=scale)
    return Drawn(newest, drawing, len(series.points) - len(newest.points))


@dataclass(frozen=True, slots=True)
class _Kind:
    template: str
    view: Callable[[_Question], View]
    most_cells: int = _MOST_CELLS


def _of_figures(attribute: str) -> _Kind:
    return _Kind("state_figures", _figures_of(attribute))


_PANELS: Final = {
    "ownership": _Kind("state_ownership", _ownership),
    "models": _Kind("state_licences", _licences, _MOST_CELLS_OF_MODELS),
    "valuations": _of_figures("valuation"),
    "availability": _of_figures("price"),
    "figures": _of_figures("figures"),
}
