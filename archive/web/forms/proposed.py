"""A proposal as a form: what its words fill in, and where in the article they stand."""

from collections.abc import Iterator, Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from archive.commands.articles import Article
from archive.errors import RefusedError
from archive.languages import Words
from archive.proposing import Proposal, Span
from archive.vocabulary import KINDS, Field, Kind
from archive.web.forms.correcting import data_fields
from archive.web.forms.offering import Origin
from archive.web.forms.typed import LONGEST_LINE, Typed

PLACE: Final = "article-place"
_FALLBACK: Final = "partnership_made"


def typed_from(proposal: Proposal, article: Article, kind: Kind) -> Typed:
    """Return the form of *kind* as *proposal* fills it; what the text does not say stays empty."""
    raw = proposal.raw(article.source)
    pairs = [
        ("when", proposal.edtf),
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
    """Return an amount in the text's own words where those alone say it, else canonically."""
    stated = str(value.get("stated", "")) if isinstance(value, Mapping) else ""
    try:
        if stated and field.type.read(stated, field=field.name) == value:
            return [(f"field-{field.name}", stated)]
    except RefusedError:
        pass
    return data_fields(field, value)


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
