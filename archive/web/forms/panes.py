"""The two panes: an article's sentences, the drafts proposed from it, and the one that is open."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from archive.commands.articles import Article, article_called
from archive.commands.draft_lists import drafts_from
from archive.commands.drafts import LIVE
from archive.dates import describe
from archive.errors import NotFoundError, UnreadableDateError
from archive.languages import Words
from archive.proposing import Proposal, Span, propose_at, propose_some
from archive.queries import SourceRef, head, source_called
from archive.vocabulary import KINDS
from archive.web.forms.keeping import ARTICLE
from archive.web.forms.marking import Sentence, sentences
from archive.web.forms.offering import Offered, Origin, is_assisted, offered, origins_in
from archive.web.forms.proposed import PLACE, origins_of, place_of, span_of
from archive.web.forms.typed import Typed
from archive.web.frame.session import today

_RECORDED, _KEPT = "recorded", "kept"


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal in the list: its place in the text, and what became of it."""

    proposal: Proposal
    label: Words
    status: str

    @property
    def place(self) -> str:
        """Return where its words stand, as addresses write it."""
        return place_of(self.proposal.quote_span)


@dataclass(frozen=True, slots=True)
class Pane:
    """An article beside its drafts; ``open`` is the proposal whose form is shown, if any.

    ``assisted`` is what the assistant offered, ``at`` where the words of the open draft stand;
    ``is_assisted`` tells that this draft is the assistant's. Of a long text some offers are shown:
    those from ``since`` up to ``onward``, if the text goes on to propose.
    """

    article: Article
    source: SourceRef | None
    paragraphs: tuple[tuple[Sentence, ...], ...]
    offers: tuple[Offer, ...]
    open: Proposal | None = None
    origins: tuple[Origin, ...] = ()
    assisted: tuple[Offered, ...] = ()
    at: Span | None = None
    is_assisted: bool = False
    since: int = 0
    onward: int | None = None

    @property
    def place(self) -> str:
        """Return where the words of the open draft stand; empty where none is open."""
        return place_of(self.at) if self.at else ""

    def is_open(self, sentence: Sentence) -> bool:
        """Tell whether the open draft rests on words of *sentence*."""
        return self.at is not None and self.at.meets(Span(sentence.start, sentence.end))

    def waiting_after(self, place: str) -> Offer | None:
        """Return the first offer behind *place* of which nothing was made yet."""
        span = span_of(place)
        start = span.start if span else -1
        waiting = [one for one in self.offers if not one.status]
        later = [one for one in waiting if one.proposal.quote_span.start >= start]
        return next(iter(later or waiting), None)


def pane(
    connection: Connection, name: str, *, place: str = "", number: int = 0, near: str = ""
) -> Pane:
    """Return the panes of the article called *name*, the draft of the words at *place* open.

    *number* tells apart the drafts that rest on the same words. Of a long text the offers are
    those *near* a place. Raises NotFoundError.
    """
    shown, day = _panes(connection, name, near=span_of(place or near))
    found = _opened(connection, shown, day, place=place, number=number)
    if found is None:
        return shown
    return replace(shown, open=found, origins=tuple(origins_of(found)), at=found.quote_span)


def pane_of(connection: Connection, typed: Typed, kind_name: str) -> Pane:
    """Return the panes beside a form as typed; of the assistant's, with the words it offered."""
    name, place = typed.line(ARTICLE), typed.line(PLACE)
    if not is_assisted(typed):
        return pane(connection, name, place=place)
    shown, _day = _panes(connection, name, near=span_of(place))
    origins = tuple(origins_in(typed, kind_name))
    return replace(shown, origins=origins, at=span_of(place), is_assisted=True)


def _panes(connection: Connection, name: str, *, near: Span | None) -> tuple[Pane, date]:
    """Return the panes with no draft open, and the day that the article came out on."""
    article = article_called(connection, name)
    day, text = day_of(connection, article), article.text
    since, language = 0, article.language or None
    part = propose_some(connection, text, published=day, language=language)
    if near and part.onward is not None and near.start >= part.onward:
        since = near.start
        part = propose_some(connection, text, published=day, language=language, since=since)
    statuses = _statuses(connection, article)
    offers = tuple(
        Offer(one, _label(one.kind), statuses.get((one.kind, one.quote), "")) for one in part.found
    )
    shown = Pane(
        article,
        _source(connection, article),
        sentences(text),
        offers,
        assisted=offered(connection, article=name, day=day),
        since=since,
        onward=part.onward,
    )
    return shown, day


def _opened(
    connection: Connection, shown: Pane, day: date, *, place: str, number: int
) -> Proposal | None:
    span = span_of(place)
    if span is None or span.end > len(shown.article.text):
        return None
    same = [one.proposal for one in shown.offers if one.place == place]
    if same:
        return same[min(number, len(same) - 1)]
    language = shown.article.language or None
    return propose_at(connection, shown.article.text, span=span, published=day, language=language)


def _statuses(connection: Connection, article: Article) -> dict[tuple[str, str], str]:
    """Return what became of drafts with the same kind and quote."""
    kept = {
        (one.kind, dict(one.fields).get("quote", "")): _KEPT
        for one in drafts_from(connection, article=article.id)
        if one.status in LIVE or one.status == "submitted"
    }
    if not article.source:
        return kept
    try:
        known = head(connection).position
        answer = source_called(connection, slug=article.source, known=known)
    except NotFoundError:
        return kept
    return kept | {
        (row.kind, claim.quote): _RECORDED
        for row in answer.events
        for claim in row.claims
        if claim.source.id == article.source
    }


def _source(connection: Connection, article: Article) -> SourceRef | None:
    try:
        known = head(connection).position
        return source_called(connection, slug=article.source, known=known).ref
    except NotFoundError:
        return None


def day_of(connection: Connection, article: Article) -> date:
    """Return the day against which the article's dates are read."""
    source = _source(connection, article)
    for said in (article.published, source.published if source else ""):
        try:
            bounds = describe(said) if said else None
        except UnreadableDateError:
            continue
        day = (bounds.latest or bounds.earliest) if bounds else None
        if day:
            return day
    return today()


def _label(name: str) -> Words:
    kind = KINDS.get(name)
    return kind.label if kind else Words(name, name)
