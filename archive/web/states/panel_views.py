"""What the panels of a state show: frozen rows that their fragments take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from archive.languages import Words
from archive.queries import (
    AsOf,
    Converted,
    DefinitionCount,
    LicenceRow,
    Ownership,
    Series,
    Stake,
    Verdict,
)
from archive.web.drawing.charts import Chart
from archive.web.drawing.trees import Tree


@dataclass(frozen=True, slots=True)
class Switch:
    """A form that changes one word of the address and keeps the others, as ``kept`` pairs."""

    name: str
    chosen: str
    kept: tuple[tuple[str, str], ...]
    path: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """The models of one verdict: how many there are, those shown, and where the next page begins.

    ``more`` is how many follow those shown.
    """

    count: int
    rows: tuple[LicenceRow, ...]
    more: int
    next: str


@dataclass(frozen=True, slots=True)
class LicencesView:
    """The models by their verdict on the definition chosen; ``counts`` are of all those judged.

    ``is_further`` tells that models come before the first ones shown, ``of_page`` that the models
    are those in the table beside.
    """

    counts: tuple[DefinitionCount, ...]
    switch: Switch
    groups: Mapping[Verdict, Judgements]
    is_further: bool
    of_page: bool


@dataclass(frozen=True, slots=True)
class OwnershipView:
    """The stakes of a day, drawn; ``shares`` are those of the groups in words.

    ``rows`` are those of the table: of a large archive as many as are drawn. ``of_page`` tells
    that they are of the entities in the table beside.
    """

    answer: Ownership
    rows: Sequence[Stake]
    drawing: Tree
    shares: Mapping[tuple[str, str], str]
    of_page: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series with its chart; ``left_out`` is how many of its oldest reports have no room.

    ``converted`` has each report in the currency that the reader chose, where it is money.
    """

    series: Series
    chart: Chart
    left_out: int
    converted: tuple[Converted | None, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The choice of a currency to convert into; ``until`` is the last day with a rate."""

    switch: Switch
    currencies: Mapping[str, Words]
    until: date


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The series that are drawn; ``more`` is how many there is no room for.

    ``of_page`` tells that they are of the entities in the table beside; ``exchange`` is there
    where amounts are converted.
    """

    drawn: tuple[Drawn, ...]
    more: int
    switch: Switch
    scales: Mapping[str, Words]
    of_page: bool
    exchange: Exchange | None


View: TypeAlias = LicencesView | OwnershipView | FiguresView


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment and what it takes."""

    template: str
    as_of: AsOf
    view: View
