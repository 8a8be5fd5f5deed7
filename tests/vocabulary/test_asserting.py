"""What an event asserts of whom: the kinds' rules as a table, and what depends on their fields."""

import pytest

from archive.projections import PER_EVENT
from archive.vocabulary import ENTITY_TYPES, WORLD_KINDS, Raw, assertions
from archive.vocabulary.asserting import MOST_ASSERTIONS
from tests.builders import an_entity, an_event, an_event_with, checked, every_field

# With every field given: class, entity.attribute[member] = value; a dash ends it. The entities of
# a role are called after it.
ASSERTED = {
    "org_founded": """
        P org.status = active
        M org.founders[founders] = founders
        M org.founders[founders-2] = founders-2
        M founders.roles[founder ·  · org] = org
        M founders-2.roles[founder ·  · org] = org
        S org.parent = parent
        M parent.units[org] = org
        S org.seat = a text
    """,
    "org_renamed": """
        S org.name[zh] = a text
    """,
    "org_reorganized": """
        P units.status = active
        P units-2.status = active
        S units.parent = org
        S units-2.parent = org
        M org.units[units] = units
        M org.units[units-2] = units-2
    """,
    "org_ended": """
        P org.status = dissolved
    """,
    "deal_announced": """
        P deal.phase = announced
        M deal.parties[buyer] = buyer
        M deal.parties[buyer-2] = buyer-2
        M deal.parties[target] = target
        Q deal.amount = 2065000000 CNY
        S deal.expected_close = 2023-06
    """,
    "deal_closed": """
        P deal.phase = closed
        M deal.parties[buyer] = buyer
        M deal.parties[buyer-2] = buyer-2
        M deal.parties[target] = target
        Q deal.amount = 2065000000 CNY
        M target.owners[buyer] = unknown
        M target.owners[buyer-2] = unknown
    """,
    "deal_ended": """
        P deal.phase = ended
    """,
    "stake_changed": """
        M org.owners[holder] = >=51
    """,
    "divested": """
        M what.owners[seller] = —
        M what.votes[seller] = —
        M what.profit_shares[seller] = —
        M seller.units[what] = —
        S what.parent = vacant seller
        S what.parent = buyer
        M what.owners[buyer] = unknown
    """,
    "funding_round": """
        Q org.valuation[post_money] = 2065000000 CNY
    """,
    "valuation_reported": """
        Q org.valuation[post_money] = 2065000000 CNY
    """,
    "listing_changed": """
        P org.listing[a text] = filed
    """,
    "role_started": """
        S org.officers[ceo · a phrase|一句话] = person
        M person.roles[ceo · a phrase|一句话 · org] = org
        M person.affiliation[org] = org
    """,
    "role_ended": """
        S org.officers[ceo · a phrase|一句话] = vacant person
        M person.roles[ceo · a phrase|一句话 · org] = —
    """,
    "model_announced": """
        P model.status = announced
        M model.developer[developer] = developer
        M model.developer[developer-2] = developer-2
        Q model.parameters = 13000000000 parameters
    """,
    "model_released": """
        P model.status = released
        M model.developer[developer] = developer
        M model.developer[developer-2] = developer-2
        S model.access = weights
        P model.availability[CN] = opened
        Q model.parameters = 13000000000 parameters
        S model.base_model = base-model
    """,
    "weights_released": """
        S model.weights = full
        S model.access = weights
        M model.developer[developer] = developer
        M model.developer[developer-2] = developer-2
        Q model.parameters = 13000000000 parameters
    """,
    "licence_set": """
        S model.licence = Apache-2.0
        S model.commercial_use = free
        S model.conditions = registration
    """,
    "source_code_released": """
        S model.code_licence = Apache-2.0
    """,
    "model_retired": """
        P model.status = deprecated
    """,
    "price_changed": """
        Q product.price[api_call · 1k_tokens · CN] = 2065000000 CNY
    """,
    "availability_changed": """
        P product.availability[CN · a phrase|一句话] = opened
    """,
    "product_launched": """
        P product.status = launched
        S product.operator = operator
        S product.operator = operator-2
        M product.built_on[built-on] = built-on
        M product.built_on[built-on-2] = built-on-2
        P product.availability[CN] = opened
    """,
    "project_started": """
        P project.status = in_development
        M project.developer[org] = org
        M project.developer[org-2] = org-2
        M lead.affiliation[org] = org
        M lead.affiliation[org-2] = org-2
        M lead-2.affiliation[org] = org
        M lead-2.affiliation[org-2] = org-2
    """,
    "partnership_made": """
        M parties.partners[parties-2] = a phrase|一句话
        M parties-2.partners[parties] = a phrase|一句话
    """,
    "capacity_changed": """
        Q org.figures[chips · added · product] = 13000000000 parameters
        Q org.figures[chips · added] = 2065000000 CNY
    """,
    "figure_reported": """
        Q subject.figures[users · 2023-06 · a phrase|一句话 · audited] = 13000000000 parameters
    """,
}


def told(raw: Raw) -> list[str]:
    """Return what *raw* asserts, a line each, its entities called after their roles."""
    prefix = f"{raw['kind']}-".replace("_", "-")
    lines = []
    for one in assertions(checked(raw)):
        attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
        member = f"[{one.member}]" if one.member else ""
        cell = f"{attribute.attribute_class.value} {one.entity}.{one.attribute}{member}"
        lines.append(f"{cell} = {one.value or '—'}".replace(prefix, ""))
    return lines


def test_every_world_kind_stands_in_the_table() -> None:
    assert list(ASSERTED) == list(WORLD_KINDS)


@pytest.mark.parametrize("name", WORLD_KINDS)
def test_a_kind_asserts_what_the_table_says(name: str) -> None:
    raw = an_event_with(name, every_field(name))

    assert told(raw) == [
        line.strip() for line in ASSERTED[name].strip().splitlines() if line.strip()
    ]


DEPENDING: dict[str, tuple[Raw, list[str]]] = {
    "a majority makes a parent": (
        an_event("deal_closed", buyer="deal-closed-buyer", share=">=51"),
        ["M target.owners[buyer] = >=51", "S target.parent = buyer"],
    ),
    "two buyers share what they bought": (
        an_event("deal_closed", buyer=["deal-closed-a", "deal-closed-b"], share="100"),
        ["M target.owners[a] = unknown", "M target.owners[b] = unknown"],
    ),
    "half is no majority": (
        an_event("deal_closed", buyer="deal-closed-buyer", share="50"),
        ["M target.owners[buyer] = 50"],
    ),
    "at most 60 % is not surely a majority": (
        an_event("deal_closed", buyer="deal-closed-buyer", share="<=60"),
        ["M target.owners[buyer] = <=60"],
    ),
    "an acquisition of no stated share makes a parent": (
        an_event("deal_closed", buyer="deal-closed-buyer", deal_type="acquisition"),
        ["M target.owners[buyer] = unknown", "S target.parent = buyer"],
    ),
    "a minority of no stated share does not": (
        an_event("deal_closed", buyer="deal-closed-buyer", deal_type="minority"),
        ["M target.owners[buyer] = unknown"],
    ),
    "who buys assets holds no share": (
        an_event("deal_closed", buyer="deal-closed-buyer", deal_type="asset"),
        [],
    ),
    "who licenses and hires holds no share": (
        an_event("deal_closed", buyer="deal-closed-buyer", deal_type="licence_and_hire"),
        [],
    ),
    "a share that was told is held, whatever the deal is called": (
        an_event("deal_closed", buyer="deal-closed-buyer", deal_type="asset", share="30"),
        ["M target.owners[buyer] = 30"],
    ),
    "a deal of no stated sort and share makes an owner": (
        an_event("deal_closed", buyer="deal-closed-buyer"),
        ["M target.owners[buyer] = unknown"],
    ),
    "an announced deal without a deal of its own asserts nothing": (
        an_event("deal_announced", share="100"),
        [],
    ),
    "a planned sale changes no owner": (
        an_event("stake_changed", direction="decrease", step="planned", share_before="10"),
        ["M org.owners[holder] = 10"],
    ),
    "a sale that was done": (
        an_event("stake_changed", direction="decrease", share_before="10", share_after="7"),
        ["M org.owners[holder] = 7", "S org.parent = vacant holder"],
    ),
    "an exit ends it": (
        an_event("stake_changed", direction="exit"),
        [
            "M org.owners[holder] = —",
            "M org.votes[holder] = —",
            "M org.profit_shares[holder] = —",
            "S org.parent = vacant holder",
        ],
    ),
    "an exit of one kind of share ends that": (
        an_event("stake_changed", direction="exit", share_kind="profit_share"),
        ["M org.profit_shares[holder] = —"],
    ),
    "votes are told apart": (
        an_event("stake_changed", direction="increase", share_after="7", share_kind="votes"),
        ["M org.votes[holder] = 7"],
    ),
    "divested to a buyer": (
        an_event("divested", manner="sale", buyer="divested-buyer"),
        [
            "M what.owners[seller] = —",
            "M what.votes[seller] = —",
            "M what.profit_shares[seller] = —",
            "M seller.units[what] = —",
            "S what.parent = vacant seller",
            "S what.parent = buyer",
            "M what.owners[buyer] = unknown",
        ],
    ),
    "divested to nobody": (
        an_event("divested", manner="spin_off"),
        [
            "M what.owners[seller] = —",
            "M what.votes[seller] = —",
            "M what.profit_shares[seller] = —",
            "M seller.units[what] = —",
            "S what.parent = vacant seller",
        ],
    ),
    "closed by its owner": (
        an_event("divested", manner="closure"),
        [
            "P what.status = closed",
            "M what.owners[seller] = —",
            "M what.votes[seller] = —",
            "M what.profit_shares[seller] = —",
            "M seller.units[what] = —",
            "S what.parent = vacant seller",
        ],
    ),
    "a reported round raises nothing yet": (
        an_event("funding_round", phase="reported", amount="5 USD", lead="funding-round-lead"),
        [],
    ),
    "a closed round adds up and invents no share": (
        an_event("funding_round", phase="closed", amount="5 USD", lead="funding-round-lead"),
        ["A org.total_raised = 5 USD", "M org.owners[lead] = unknown"],
    ),
    "a closed round of an unknown sum adds nothing": (
        an_event("funding_round", phase="closed", amount="unknown"),
        [],
    ),
    "a member of staff holds no office": (
        an_event("role_started", role="employee"),
        ["M person.roles[employee ·  · org] = org", "M person.affiliation[org] = org"],
    ),
    "a chair sits on the board": (
        an_event("role_started", role="chair"),
        [
            "S org.officers[chair] = person",
            "M org.board[person] = person",
            "M person.roles[chair ·  · org] = org",
            "M person.affiliation[org] = org",
        ],
    ),
    "a founder is one of the founders": (
        an_event("role_started", role="co_founder"),
        [
            "M org.founders[person] = person",
            "M person.roles[co_founder ·  · org] = org",
            "M person.affiliation[org] = org",
        ],
    ),
    "who leaves a post and the house": (
        an_event("role_ended", role="director"),
        [
            "M org.board[person] = —",
            "M person.roles[director ·  · org] = —",
            "M person.affiliation[org] = —",
        ],
    ),
    "a founder leaves, and founded it for ever": (
        an_event("role_ended", role="founder"),
        ["M person.affiliation[org] = —"],
    ),
    "who leaves a post and stays": (
        an_event("role_ended", role="ceo", remains=True),
        ["S org.officers[ceo] = vacant person", "M person.roles[ceo ·  · org] = —"],
    ),
    "units merged": (
        an_event("org_reorganized", change="unit_merged", units=["org-reorganized-a"]),
        ["P a.status = merged", "M org.units[a] = —"],
    ),
    "units moved": (
        an_event(
            "org_reorganized",
            change="unit_moved",
            units=["org-reorganized-a"],
            into="org-reorganized-b",
        ),
        ["S a.parent = b"],
    ),
    "a partnership that ends": (
        an_event("partnership_made", step="ended"),
        ["M parties.partners[parties-2] = —", "M parties-2.partners[parties] = —"],
    ),
    "a partnership that is planned": (an_event("partnership_made", step="planned"), []),
    "code of an unknown licence": (
        an_event("source_code_released"),
        ["S model.code_licence = unknown"],
    ),
    "terms without a word of conditions": (
        an_event("licence_set", commercial_use="free"),
        ["S model.commercial_use = free", "S model.conditions = unknown"],
    ),
    "terms without conditions": (
        an_event("licence_set", commercial_use="free", conditions=["none"]),
        ["S model.commercial_use = free", "S model.conditions = none"],
    ),
    "a product in the place of a model has no weights to speak of": (
        an_event("org_reorganized", change="unit_closed", units=[an_entity("p", "product")]),
        ["P p.status = closed", "M org.units[p] = —"],
    ),
}


@pytest.mark.parametrize(("raw", "lines"), DEPENDING.values(), ids=DEPENDING)
def test_what_is_asserted_depends_on_what_is_given(raw: Raw, lines: list[str]) -> None:
    assert told(raw) == lines


def test_an_archive_event_asserts_nothing_of_the_world() -> None:
    assert told(an_event("claim_retracted")) == []
    assert told(an_event("names_changed")) == []


def test_a_number_is_what_a_sum_adds() -> None:
    raw = an_event("funding_round", phase="closed", amount="1..3 USD")

    assert [one.number for one in assertions(checked(raw))] == [1.0]


def test_the_read_models_can_number_all_that_an_event_may_assert() -> None:
    assert MOST_ASSERTIONS == PER_EVENT
