"""A proposal as a form: what its words fill in, and where in the article they stand."""

from collections.abc import Iterator, Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from archive.commands.articles import Article
from archive.dates import restated
from archive.errors import RefusedError
from archive.languages import Words
from archive.proposing import Proposal, Span
from archive.vocabulary import KINDS, UNKNOWN, Field, Kind
from archive.web.forms.correcting import data_fields
from archive.web.forms.offering import Origin
from archive.web.forms.typed import LONGEST_LINE, Typed
from archive.web.frame.translating import current_locale

PLACE: Final = "article-place"
_FALLBACK: Final = "partnership_made"


def typed_from(proposal: Proposal, article: Article, kind: Kind) -> Typed:
    """Return the form of *kind* as *proposal* fills it; what the text does not say stays empty.

    Its dates are in the reader's language, and are read as what was proposed.
    """
    raw = proposal.raw(article.source)
    pairs = [
        ("when", _in_words(proposal.edtf)),
        ("stated", proposal.stated),
        ("date_kind", proposal.date_kind),
        ("source", article.source),
        ("locator", proposal.locator),
        ("quote", proposal.quote),
        ("confidence", "medium"),
        (PLACE, place_of(proposal.quote_span)),
    ]
    entities, data = raw.get("entities"), raw.get("data")
    pairs += [
        (f"field-{mention['role']}-id", str(mention["id"]))
        for mention in (entities if isinstance(entities, list) else [])
        if kind.field(str(mention["role"]))
    ]
    for field in kind.fields:
        if isinstance(data, Mapping) and field.name in data and not field.is_role:
            pairs += _as_stated(field, data[field.name])
    return Typed(MultiDict(pairs))


def _as_stated(field: Field, value: object) -> list[tuple[str, str]]:
    """Return a date in words, an amount in the text's own where those alone say it."""
    if field.type.widget == "date" and isinstance(value, str) and value != UNKNOWN:
        return [(f"field-{field.name}", _in_words(value))]
    stated = str(value.get("stated", "")) if isinstance(value, Mapping) else ""
    try:
        if stated and field.type.read(stated, field=field.name) == value:
            return [(f"field-{field.name}", stated)]
    except RefusedError:
        pass
    return data_fields(field, value)


def _in_words(edtf: str) -> str:
    return restated(edtf, locale=current_locale()) if edtf else ""


def kind_of_proposal(proposal: Proposal, wanted: str = "") -> Kind:
    """Return the kind asked for, else the one guessed."""
    name = wanted if wanted in KINDS else proposal.kind
    return KINDS.get(name, KINDS[_FALLBACK])


def origins_of(proposal: Proposal) -> Iterator[Origin]:
    """Yield the words that each field came from."""
    yield Origin(Words("种类", "Kind"), proposal.kind_words)
    if proposal.edtf:
        yield Origin(Words("日期", "Date"), proposal.stated)
    kind = KINDS.get(proposal.kind)
    for one in (*proposal.roles, *proposal.data):
        field = kind.field(one.field) if kind else None
        if field is not None:
            yield Origin(field.label, one.words)


def place_of(span: Span) -> str:
    """Return where *span* stands, as addresses write it."""
    return f"{span.start}-{span.end}"


def span_of(place: str) -> Span | None:
    """Return the span that an address writes so; None for what is none."""
    start, _dash, end = place.partition("-")
    is_place = start.isdecimal() and end.isdecimal() and len(place) < LONGEST_LINE // 10
    if not is_place or int(start) >= int(end):
        return None
    return Span(int(start), int(end))
