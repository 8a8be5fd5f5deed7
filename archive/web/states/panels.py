"""What stands beside the table of a state: answers computed from several cells, and drawings.

``panel_for`` gives the fragment's name and what it takes; a tab without one gives None.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from flask import request
from sqlalchemy import Connection

from archive.dates import day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.queries import (
    DEFINITIONS,
    TARGETS,
    USUAL,
    AsOf,
    Judged,
    LicenceRow,
    Series,
    Verdict,
    converted,
    counted,
    find_entities,
    judged_models,
    judged_rows,
    licence_rows,
    ownership_around,
    ownership_on,
    rates_until,
    series_of,
    size,
)
from archive.web.drawing.charts import chart
from archive.web.frame.keeping import remembered
from archive.web.frame.translating import current_locale
from archive.web.states.converting import CURRENCIES, target_in
from archive.web.states.owning import ownership_view
from archive.web.states.panel_views import (
    Drawn,
    Exchange,
    FiguresView,
    Judgements,
    LicencesView,
    OwnershipView,
    Panel,
    Switch,
    View,
)

# Beyond so many cells a panel is drawn of what the page of the table shows, not of all.
_MOST_CELLS: Final = 6_000
_MOST_MODELS: Final = 20
_MOST_CHARTS, _MOST_OF_ONE = 6, 24
_LEAST_POINTS, _MOST_POINTS = 2, 200
_CONVERTED: Final = "valuation"
_SCALES: Final = {
    "": Words("随数据", "as fits"),
    "linear": Words("线性", "linear"),
    "log": Words("对数", "logarithmic"),
}
_FREE: Final = Words("“免费”的定义", "definition of “free”")

# Words of the address that no other link carries on: what they ask for takes long, or is a place.
COUNTED: Final = "counted"
_FROM: Final = "models_from"
_AT_ONCE: Final = frozenset({"panel", COUNTED, _FROM})

Args: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Question:
    connection: Connection
    as_of: AsOf
    args: Args
    entity: str
    is_large: bool
    is_counted: bool
    shown: Sequence[str]

    @property
    def is_of_page(self) -> bool:
        """Tell whether the panel is about the entities in the table beside, and no others."""
        return self.is_large and not (self.entity or self.is_counted)


def panel_for(
    connection: Connection, *, tab: str, as_of: AsOf, args: Args, shown: Sequence[str] = ()
) -> Panel | None:
    """Return the panel of *tab*, or None; *args* are the words of the address.

    *shown* are the entities in the table beside: of a large archive the panel is about them, and
    counts of all are told where the address says ``counted``.
    Raises UnknownNameError for a definition or a scale that means nothing.
    """
    if tab not in _PANELS:
        return None
    kind = _PANELS[tab]
    name = args.get("entity", "").strip()
    entity = _entity_called(connection, name) if name else ""
    is_large = size(connection) > _MOST_CELLS
    is_counted = request.args.get(COUNTED) == "1"
    question = _Question(connection, as_of, args, entity, is_large, is_counted, shown)
    return Panel(f"fragments/{kind.template}.html", as_of, kind.view(question))


def follows(connection: Connection, *, tab: str) -> bool:
    """Tell whether the panel of *tab* follows the page at an address of its own.

    So it does of a large archive, unless the reader asks for both at once.
    """
    if tab not in _PANELS or not _AT_ONCE.isdisjoint(request.args):
        return False
    return size(connection) > _MOST_CELLS


def definition_in(args: Args) -> str:
    """Return the definition of “free” that the address asks for, or the usual one."""
    return (
        _chosen(args, "definition", DEFINITIONS, Words("“免费”的定义", "definition of free"))
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
    return Switch(name, chosen, pairs, f"/state/{question.as_of.valid.isoformat()}")


def _pairs(args: Args) -> Iterable[tuple[str, str]]:
    several = getattr(args, "lists", None)
    if several is None:
        return args.items()
    return [(name, value) for name, values in several() for value in values]


def _licences(question: _Question) -> LicencesView:
    chosen = definition_in(question.args)
    judged, rows = _judged(question)
    from_name = request.args.get(_FROM, "")
    start = next((at for at, one in enumerate(judged) if one.slug == from_name), 0)
    place = list(DEFINITIONS).index(chosen)
    parts = {
        verdict: [one.slug for one in judged[start:] if one.verdicts[place] is verdict]
        for verdict in reversed(Verdict)
    }
    counts = Counter(one.verdicts[place] for one in judged)
    if rows is None:
        rows = _terms_of(question, [one for part in parts.values() for one in part[:_MOST_MODELS]])
    groups = {verdict: _group(counts[verdict], part, rows) for verdict, part in parts.items()}
    switch = _switch(question, "definition", chosen)
    return LicencesView(counted(judged), switch, groups, start > 0, question.is_of_page)


_Rows: TypeAlias = Mapping[str, LicenceRow]


def _judged(question: _Question) -> tuple[tuple[Judged, ...], _Rows | None]:
    """Return the verdicts on the models meant, with their rows if those were read for it.

    Those on all models are the same whatever is switched, so they are sought but once.
    """
    connection, as_of = question.connection, question.as_of
    if question.entity or question.is_of_page:
        meant = [question.entity] if question.entity else question.shown
        rows = _terms_of(question, meant)
        return judged_rows(rows.values()), rows
    judged = remembered(
        ("judged models", as_of.known, as_of.valid),
        lambda: judged_models(connection, as_of=as_of),
    )
    return judged, None


def _terms_of(question: _Question, slugs: Sequence[str]) -> _Rows:
    if not slugs:
        return {}
    rows = licence_rows(question.connection, as_of=question.as_of, entities=slugs)
    return {row.entity.id: row for row in rows}


def _group(count: int, left: Sequence[str], rows: _Rows) -> Judgements:
    rest = left[_MOST_MODELS:]
    told = tuple(rows[slug] for slug in left[:_MOST_MODELS])
    return Judgements(count, told, len(rest), rest[0] if rest else "")


def _ownership(question: _Question) -> OwnershipView:
    connection, as_of, entity = question.connection, question.as_of, question.entity
    answer = (
        ownership_around(
            connection, as_of=as_of, entities=question.shown, is_counted=question.is_counted
        )
        if question.is_large and not entity
        else ownership_on(connection, as_of=as_of, entity=entity, is_near=question.is_large)
    )
    return ownership_view(answer, entity=entity, of_page=question.is_of_page)


def _figures_of(attribute: str) -> Callable[[_Question], FiguresView]:
    def figures(question: _Question) -> FiguresView:
        return _figures(question, attribute)

    return figures


def _figures(question: _Question, attribute: str) -> FiguresView:
    scale = _chosen(question.args, "scale", _SCALES, Words("刻度", "scale"))
    of_page = question.is_large and not question.entity
    found = [
        series
        for entity in (question.shown if of_page else [question.entity])
        for series in series_of(
            question.connection, as_of=question.as_of, attribute=attribute, entity=entity
        )
    ]
    several = [one for one in found if len(one.points) >= _LEAST_POINTS]
    several.sort(key=lambda one: -len(one.points))
    most = _MOST_OF_ONE if question.entity else _MOST_CHARTS
    day = day_number(question.as_of.valid)
    target = target_in(question.args) if attribute == _CONVERTED else ""
    drawn = tuple(_drawn(one, day=day, scale=scale, target=target) for one in several[:most])
    return FiguresView(
        drawn,
        max(0, len(several) - most),
        _switch(question, "scale", scale),
        _SCALES,
        of_page,
        Exchange(_switch(question, "currency", target), CURRENCIES, rates_until())
        if target
        else None,
    )


def _drawn(series: Series, *, day: int, scale: str, target: str) -> Drawn:
    newest = replace(series, points=series.points[-_MOST_POINTS:])
    drawing = chart(newest, day=day, locale=current_locale(), scale=scale)
    told = tuple(
        converted(one.value.key, target=target, days=(one.first_day, one.last_day))
        if target in TARGETS
        else None
        for one in newest.points
    )
    return Drawn(newest, drawing, len(series.points) - len(newest.points), told)


@dataclass(frozen=True, slots=True)
class _Kind:
    template: str
    view: Callable[[_Question], View]


def _of_figures(attribute: str) -> _Kind:
    return _Kind("state_figures", _figures_of(attribute))


_PANELS: Final = {
    "ownership": _Kind("state_ownership", _ownership),
    "models": _Kind("state_licences", _licences),
    "valuations": _of_figures("valuation"),
    "availability": _of_figures("price"),
    "figures": _of_figures("figures"),
}
