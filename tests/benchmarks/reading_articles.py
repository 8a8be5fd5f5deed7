"""Articles: how many of their dates are found in their sentences, against dateparser's search."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeAlias

from archive.dates import Bounds, read_article
from tests.benchmarks.date_sets import OWN, Article, Named, articles
from tests.benchmarks.dateparsing import plainest, searched, widened
from tests.benchmarks.reporting import Line, Table
from tests.benchmarks.timing import contest

SEARCH: Final = "dateparser.search"
_TOTALS: Final = (
    *("articles, {} set", "reader", "sentences", "dates"),
    *("precision", "recall", "F1", "EDTF equal"),
    *("dated sentences found", "false dates", "exceptions"),
)

Reader: TypeAlias = Callable[[Article], list[Named]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one reader found in one article."""

    article: Article
    found: list[Named]
    is_broken: bool


def shares(name: str, each: Sequence[Article]) -> list[Table]:
    """Return one table, a row for each language and reader; none where there are no articles."""
    if not each:
        return []
    judged = {reader: [_judged(one, of) for one in each] for reader, of in _READERS.items()}
    langs = sorted({one.lang for one in each})
    rows = [
        (label, reader, *_total([one for one in some if one.article.lang in among]))
        for label, among in [*((lang, [lang]) for lang in langs), ("all", langs)]
        for reader, some in judged.items()
    ]
    return [Table([cell.format(name) for cell in _TOTALS], rows)]


def speed(rounds: int, forgotten: Callable[[], None]) -> list[Line]:
    """Return the sentences of the own articles in a second, nothing remembered."""
    each = articles(OWN)
    many = sum(len(one.sentences) for one in each)

    def ours() -> None:
        forgotten()
        for one in each:
            read_article(one.sentences, ref=one.ref, lang=one.lang)

    def theirs() -> None:
        for one in each:
            _searched_all(one)

    costs = contest({"ours": ours, "theirs": theirs}, rounds=rounds)
    what = f"{many:,} sentences of articles, no answer remembered"
    return [Line(what, SEARCH, costs["ours"].over(many), costs["theirs"].over(many))]


def _searched_all(article: Article) -> None:
    for sentence in article.sentences:
        with suppress(Exception):
            searched(sentence, ref=article.ref, lang=article.lang)


def _judged(article: Article, reader: Reader) -> _Judged:
    try:
        return _Judged(article, reader(article), is_broken=False)
    except Exception:  # noqa: BLE001 - any at all is what is counted
        return _Judged(article, [], is_broken=True)


def _total(some: Sequence[_Judged]) -> tuple[str, ...]:
    wanted = sum(len(one.article.dates) for one in some)
    found = sum(len(one.found) for one in some)
    right = sum(_common(one, _by_days) for one in some)
    equal = sum(_common(one, _by_notation) for one in some)
    precision, recall = _share(right, found), _share(right, wanted)
    dated = sum(len(_sentences(one.article.dates)) for one in some)
    met = sum(len(_sentences(one.article.dates) & _sentences(one.found)) for one in some)
    return (
        f"{sum(len(one.article.sentences) for one in some):,}",
        f"{wanted:,}",
        *map(_percent, (precision, recall, _share(2 * right, found + wanted))),
        _percent(_share(equal, wanted)),
        _percent(_share(met, dated)),
        str(sum(map(_false, some))),
        str(sum(one.is_broken for one in some)),
    )


def _common(one: _Judged, key: Callable[[Named], object]) -> int:
    """Return how many dates are found as they were told, each as often as it was told."""
    both = Counter(map(key, one.article.dates)) & Counter(map(key, one.found))
    return both.total()


def _false(one: _Judged) -> int:
    """Return how many dates were found in sentences that name none."""
    dated = _sentences(one.article.dates)
    return sum(named.sentence not in dated for named in one.found)


def _by_days(named: Named) -> object:
    return named.sentence, named.days


def _by_notation(named: Named) -> object:
    return named.sentence, named.edtf


def _sentences(dates: Iterable[Named]) -> set[int]:
    return {named.sentence for named in dates}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _ours(article: Article) -> list[Named]:
    found = read_article(article.sentences, ref=article.ref, lang=article.lang)
    return [
        Named(one.sentence, one.reading.edtf, Bounds(one.reading.earliest, one.reading.latest))
        for one in found
    ]


def _theirs(article: Article) -> list[Named]:
    ref, lang = article.ref, article.lang
    return [
        Named(number, plainest(days), days)
        for number, sentence in enumerate(article.sentences)
        for words, day in searched(sentence, ref=ref, lang=lang)
        for days in [widened(words, day, ref=ref, lang=lang)]
    ]


_READERS: Final[dict[str, Reader]] = {"archive.dates.read_article": _ours, SEARCH: _theirs}
