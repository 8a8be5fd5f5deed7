"""What random histories are about: a few entities, dates of every shape, events of every kind."""

import re
from typing import Final

from hypothesis import strategies as st

from archive.errors import FieldError
from archive.vocabulary import UNDATED, WORLD_KINDS, Field, demand_two_sides
from tests.builders import a_value, an_entity, an_event_with, checked

ORGS: Final = [an_entity(f"org-{letter}") for letter in "abc"]
PEOPLE: Final = [an_entity(f"person-{letter}", "person") for letter in "pq"]
MODELS: Final = [an_entity(f"model-{letter}", "model") for letter in "mn"]
PRODUCTS: Final = [an_entity("product-x", "product")]
DEALS: Final = [an_entity("deal-z", "deal")]
EVERYONE: Final = {
    "organization": ORGS,
    "person": PEOPLE,
    "model": MODELS,
    "product": PRODUCTS,
    "deal": DEALS,
}
SOURCES: Final = ["paper-one", "paper-two"]
DATES: Final = [
    *("2023-03-05", "2023-03-06", "2023-03-07", "2023-03-20", "2023-03", "2023-03~", "2023-04"),
    *("2023", "2023-33", "[..2023-03-15]", "[2023-03-06..2023-03-09]", "2023-03-06/2023-03-20"),
    *("2023-03/2023-04", "2023-03-05/..", "2022/2023", "2021-05?"),
    *("2023/2023-03-08", "2023/2023-03", "../2023-03-20", "2023-03-08"),  # vaguer begun than ended
    *("[2023-03-07..]", "[2023-03-05,2023-03-20]", "{2023-03-06,2023-03-08}", "2023-03-07/"),
    *("/2023-03-08", "202X", "2023-21", "2023-03-06/2023-03-06", "2023-03-06/2023-03"),
]

Fields = dict[str, st.SearchStrategy[object]]

org, person, model = (st.sampled_from(some) for some in (ORGS, PEOPLE, MODELS))
dates = st.sampled_from(DATES)
# Of three events of a day two have a time; some cannot be told apart from others.
TIMES: Final = [
    *("", "", "", "09:00", "09:00:30", "09:01", "17:00", "17:00:00"),
    *("09:00+08:00", "01:30Z", "20:00-05:00", "17:00+08:00"),
]
_STATUSES = ["dissolved", "paused"]
_LICENCES = ["MIT", "Apache-2.0", "LicenseRef-own"]
TITLES = st.sampled_from(["ceo", "chair", "director", "founder"])

# The kinds of which most is asked, with few values, so that what they say meets in few cells.
FIELDS: Final[dict[str, Fields]] = {
    "org_founded": {"org": org, "founders": person, "parent": st.none() | org},
    "org_renamed": {
        "org": org,
        "new_name": st.sampled_from(["新名", "New"]),
        "language": st.just("zh"),
    },
    "org_ended": {"org": org, "manner": st.sampled_from(_STATUSES)},
    "deal_closed": {
        "buyer": org,
        "target": org,
        "share": st.sampled_from(["100", ">=51", "30", None]),
    },
    "stake_changed": {
        "org": org,
        "holder": org,
        "direction": st.sampled_from(["increase", "decrease", "exit"]),
        "share_after": st.sampled_from(["10", "60", "0", None]),
        "share_kind": st.sampled_from(["shares", "votes", "profit_share", None]),
    },
    "divested": {
        "seller": org,
        "what": org,
        "buyer": st.none() | org,
        "manner": st.sampled_from(["sale", "closure"]),
    },
    "funding_round": {
        "org": org,
        "phase": st.sampled_from(["closed", "closed", "reported"]),
        "amount": st.sampled_from(["5 USD", ">=7 USD", "3 CNY", "0.1 USD", "~4 USD", "<=2 USD"]),
        "lead": st.none() | org,
        "round": st.sampled_from(["A", "A", "A+", None]),
    },
    "valuation_reported": {
        "org": org,
        "amount": st.sampled_from(["100 USD", "200 USD"]),
        "basis": st.sampled_from(["post_money", "rumour"]),
    },
    "role_started": {"person": person, "org": org, "role": TITLES},
    "role_ended": {"person": person, "org": org, "role": TITLES},
    "model_announced": {"model": model, "developer": org},
    "model_released": {"model": model, "developer": org, "region": st.sampled_from(["CN", None])},
    "model_retired": {"model": model, "phase": st.sampled_from(["deprecated", "shut_down"])},
    "licence_set": {
        "model": model,
        "licence": st.sampled_from(_LICENCES),
        "commercial_use": st.sampled_from(["free", "paid", "unknown"]),
    },
    "figure_reported": {
        "subject": st.one_of(org, model),
        "measure": st.sampled_from(["users", "revenue"]),
        "value": st.sampled_from(["79 models", "about 80 models"]),
        "basis": st.just("stated"),
    },
    "partnership_made": {
        "parties": st.lists(org, min_size=2, max_size=3, unique_by=str),
        "subject": st.just("算力"),
        "step": st.sampled_from([None, "ended"]),
    },
    "listing_changed": {
        "org": org,
        "venue": st.just("HKEX"),
        "step": st.sampled_from(["filed", "approved", "listed", "delisted"]),
    },
    "availability_changed": {
        "product": model,
        "step": st.sampled_from(["opened", "suspended", "resumed"]),
        "region": st.just("CN"),
    },
}


@st.composite
def field_values(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Draw a value for each field of *kind*: those of FIELDS, else any that it may have."""
    if kind in FIELDS:
        return {name: draw(strategy) for name, strategy in FIELDS[kind].items()}
    return {one.name: draw(_any_of(kind, one)) for one in WORLD_KINDS[kind].fields}


def _any_of(kind: str, field: Field) -> st.SearchStrategy[object]:
    found = _given(kind, field)
    return found if field.required else st.none() | found


def _given(kind: str, field: Field) -> st.SearchStrategy[object]:
    types = getattr(field.type, "types", ())
    if field.is_role:
        each = st.sampled_from([one for name in types for one in EVERYONE[name]])
        return st.lists(each, min_size=1, max_size=2, unique_by=str) if field.is_many else each
    if field.type.widget == "choice":
        return st.sampled_from(list(getattr(field.type, "options", {})))
    return st.just(a_value(WORLD_KINDS[kind], field))


@st.composite
def occurrences(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Draw a raw event of *kind* without an id."""
    extra = {"importance": draw(st.sampled_from(["landmark", "major", "minor"]))}
    when, source = draw(dates), draw(st.sampled_from(SOURCES))
    raw = an_event_with(kind, draw(field_values(kind)) | extra, when=when, source=source)
    told = {name: value for name, value in raw.items() if name != "id"}
    return timed(told, draw(st.sampled_from(TIMES)))


def is_of_two_sides(raw: dict[str, object]) -> bool:
    """Tell whether nobody buys, holds or funds itself in *raw*, which is refused by now."""
    try:
        demand_two_sides(checked({**raw, "id": "an-event"}), {})
    except FieldError:
        return False
    return True


def world_events() -> st.SearchStrategy[dict[str, object]]:
    """Draw a raw world event without an id: of any kind, but mostly of one much asked about."""
    often, ever = st.sampled_from(sorted(FIELDS)), st.sampled_from(sorted(WORLD_KINDS))
    return st.one_of(often, often, ever).flatmap(occurrences)


def dated(raw: dict[str, object], when: str, **bounds: str) -> dict[str, object]:
    """Return *raw* on another date; *bounds* may name the events between which it lies."""
    return {**raw, "occurred": {"edtf": when, **bounds}}


def timed(raw: dict[str, object], time: str) -> dict[str, object]:
    """Return *raw* with a time of day, if its date is one whole day."""
    occurred: dict[str, object] = raw["occurred"]  # type: ignore[assignment]  # as drawn
    is_day = bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(occurred["edtf"])))
    return {**raw, "occurred": {**occurred, "time": time}} if is_day and time else raw


def hung_dates() -> st.SearchStrategy[str]:
    """Draw the date of an event that lies after or before another: often none."""
    return st.just(UNDATED) | dates
