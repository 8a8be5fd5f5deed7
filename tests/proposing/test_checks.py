"""Doubts about a draft while it is typed."""

import pytest
from sqlalchemy import Connection

from archive.proposing import Caution, warnings_for
from archive.queries import head
from archive.vocabulary import ARCHIVE_KINDS
from tests.builders import A_SOURCE, an_entity, an_event, an_event_with, recorded

BUYER, TARGET = an_entity("buyer"), an_entity("target")
ADA, BEN = an_entity("ada", "person"), an_entity("ben", "person")
ACME, ORCA = an_entity("acme"), an_entity("orca", "model")


def draft(kind: str, when: str, entities: dict[str, str], **data: object) -> dict[str, object]:
    return {"kind": kind, "occurred": {"edtf": when}, "entities": entities, "data": data}


def checks(found: tuple[Caution, ...]) -> list[tuple[str, str]]:
    return [(one.check, one.event) for one in found]


@pytest.fixture
def deal(connection: Connection) -> Connection:
    """An archive that holds one purchase, of 10 July 2023."""
    event = an_event("deal_closed", id="deal", when="2023-07-10", buyer=BUYER, target=TARGET)
    recorded(connection, [event])
    return connection


PARTIES = {"buyer": "buyer", "target": "target"}


@pytest.mark.parametrize("when", ["2023-07-10", "2023-08-09", "2023-06-10", "2023-07", "2023"])
def test_the_same_event_within_thirty_days_is_named(deal: Connection, when: str) -> None:
    found = warnings_for(deal, draft("deal_closed", when, PARTIES))

    assert checks(found) == [("same_event", "deal")]
    assert "添加此来源" in found[0].words.zh


@pytest.mark.parametrize(
    ("when", "entities"),
    [
        ("2023-08-10", PARTIES),
        ("2023-06-09", PARTIES),
        ("2023-07-10", {"buyer": "another", "target": "target"}),
        ("2023-07-10", {"buyer": "buyer", "target": "another"}),
        ("2023-07-10", {"buyer": "buyer"}),
        ("", PARTIES),
    ],
)
def test_another_event_is_not_the_same(
    deal: Connection, when: str, entities: dict[str, str]
) -> None:
    assert warnings_for(deal, draft("deal_closed", when, entities)) == ()


def test_an_event_is_not_the_same_as_itself(deal: Connection) -> None:
    raw = draft("deal_closed", "2023-07-10", PARTIES) | {"id": "deal"}

    assert warnings_for(deal, raw) == ()


def test_figures_of_another_measure_are_not_the_same(connection: Connection) -> None:
    figure = an_event(
        "figure_reported",
        id="users",
        when="2023-07",
        subject=ACME,
        measure="users",
        value="5 users",
    )
    recorded(connection, [figure])

    same = draft("figure_reported", "2023-07", {"subject": "acme"}, measure="users")
    other = draft("figure_reported", "2023-07", {"subject": "acme"}, measure="revenue")

    assert checks(warnings_for(connection, same)) == [("same_event", "users")]
    assert warnings_for(connection, other) == ()


def test_of_many_like_events_the_nearest_few_are_named(connection: Connection) -> None:
    given = {"subject": ACME, "measure": "users", "value": "5 users"}
    days = range(1, 9)
    figures = [
        an_event_with("figure_reported", given, id=f"day-{day}", when=f"2023-07-0{day}")
        for day in days
    ]
    recorded(connection, figures)
    raw = draft("figure_reported", "2023-07-02", {"subject": "acme"}, measure="users")

    found = warnings_for(connection, raw)

    assert found[0].event == "day-2"
    assert {one.event for one in found} == {"day-1", "day-2", "day-3"}


def test_a_closing_lies_after_its_announcement(connection: Connection) -> None:
    told = an_event("deal_announced", id="told", when="2023-07", buyer=BUYER, target=TARGET)
    recorded(connection, [told])

    before = warnings_for(connection, draft("deal_closed", "2023-06-30", PARTIES))
    maybe = warnings_for(connection, draft("deal_closed", "2023-07", PARTIES))
    after = warnings_for(connection, draft("deal_closed", "2023-09", PARTIES))

    assert checks(before) == [("order", "told")]
    assert before[0].field == "when"
    assert maybe == after == ()


@pytest.mark.parametrize(
    ("kind", "date_kind", "doubts"),
    [
        ("deal_closed", "announced", ["closing_day"]),
        ("deal_closed", "signed", ["closing_day"]),
        ("deal_closed", "closed", []),
        ("deal_closed", "reported", []),
        ("deal_announced", "announced", []),
    ],
)
def test_the_day_of_an_announcement_is_not_that_of_a_closing(
    connection: Connection, kind: str, date_kind: str, doubts: list[str]
) -> None:
    raw = draft(kind, "2023-07-10", PARTIES)
    raw["occurred"] = {"edtf": "2023-07-10", "date_kind": date_kind}

    found = warnings_for(connection, raw)

    assert [one.check for one in found] == doubts
    assert {one.field for one in found} <= {"date_kind"}


def test_an_announcement_lies_before_its_closing(deal: Connection) -> None:
    found = warnings_for(deal, draft("deal_announced", "2023-07-11", PARTIES))

    assert checks(found) == [("order", "deal")]


def test_nobody_leads_what_is_not_yet_founded(connection: Connection) -> None:
    recorded(connection, [an_event("org_founded", id="founding", when="2021", org=ACME)])
    roles = {"person": "ada", "org": "acme"}

    early = warnings_for(connection, draft("role_started", "2020-12", roles, role="ceo"))
    doubtful = warnings_for(connection, draft("role_started", "2021-01", roles, role="ceo"))

    assert checks(early) == [("order", "founding")]
    assert doubtful == ()


def test_a_second_term_after_an_end_is_in_order(connection: Connection) -> None:
    given = {"person": ADA, "org": ACME, "role": "adviser"}
    first = an_event_with("role_started", given, id="start", when="2020")
    last = an_event_with("role_ended", given, id="end", when="2021")
    again = an_event_with("role_started", given, id="again", when="2022")
    recorded(connection, [first, last, again])

    raw = draft("role_ended", "2023", {"person": "ada", "org": "acme"}, role="adviser")

    assert warnings_for(connection, raw) == ()


def test_shares_over_the_whole_are_doubted(connection: Connection) -> None:
    first = an_event(
        "deal_closed", id="first", when="2022", buyer=BUYER, target=TARGET, share="60"
    )
    recorded(connection, [first])
    rival = {"buyer": "another", "target": "target"}

    much = warnings_for(connection, draft("deal_closed", "2023-05", rival, share="51"))
    little = warnings_for(connection, draft("deal_closed", "2023-05", rival, share="40"))
    more = warnings_for(connection, draft("deal_closed", "2023-05", PARTIES, share="100"))

    assert [(one.check, one.field) for one in much] == [("share_sum", "share")]
    assert "111%" in much[0].words.en
    assert little == more == ()


def test_votes_are_added_to_votes(connection: Connection) -> None:
    votes = {"share_after": "60", "share_kind": "votes"}
    said = {"org": ACME, "holder": BUYER, "direction": "increase", **votes}
    recorded(connection, [an_event_with("stake_changed", said, id="votes", when="2022")])
    roles = {"org": "acme", "holder": "target"}

    shares = draft("stake_changed", "2023-05", roles, direction="increase", share_after="51")
    more = draft("stake_changed", "2023-05", roles, direction="increase", **votes)

    assert warnings_for(connection, shares) == ()
    assert [one.check for one in warnings_for(connection, more)] == ["share_sum"]


def scoped(connection: Connection, *scopes: str | None) -> None:
    recorded(
        connection,
        [
            an_event("role_started", id=f"s{number}", when="2022-01", person=ADA, org=ACME,
                     role="lead", scope=scope)
            for number, scope in enumerate(scopes)
        ],
    )  # fmt: skip


POST = {"person": "ada", "org": "acme"}


@pytest.mark.parametrize(
    ("told", "left"), [(["AI"], None), (["AI", "chips"], None), ([None], "AI"), (["AI"], "chips")]
)
def test_a_post_left_with_another_scope_than_it_was_taken_up_with_is_asked_about(
    connection: Connection, told: list[str | None], left: str | None
) -> None:
    scoped(connection, *told)
    data = {"role": "lead"} | ({"scope": left} if left else {})

    (found,) = warnings_for(connection, draft("role_ended", "2023-05", POST, **data))

    assert (found.check, found.field, found.event) == ("other_scope", "scope", "s0")
    assert all(one in found.words.en and one in found.words.zh for one in told if one)


@pytest.mark.parametrize(
    ("told", "left"), [(["AI"], "AI"), ([None], None), (["AI", None], None), ([], None)]
)
def test_a_post_left_with_its_own_scope_is_not_asked_about(
    connection: Connection, told: list[str | None], left: str | None
) -> None:
    scoped(connection, *told)
    data = {"role": "lead", "remains": True} | ({"scope": left} if left else {})

    assert warnings_for(connection, draft("role_ended", "2023-05", POST, **data)) == ()


def test_a_post_of_another_name_or_elsewhere_is_not_asked_about(connection: Connection) -> None:
    scoped(connection, "AI")

    other = draft("role_ended", "2023-05", POST, role="adviser")
    elsewhere = draft("role_ended", "2023-05", POST | {"org": "borg"}, role="lead")

    assert {one.check for one in warnings_for(connection, other)} == {"post_beside"}
    assert warnings_for(connection, elsewhere) == ()


@pytest.fixture
def chair_and_chief(connection: Connection) -> Connection:
    """An archive in which Ada chairs a company that she founded and leads."""
    posts = [
        an_event("role_started", id=role, when="2022-01", person=ADA, org=ACME, role=role)
        for role in ("founder", "chair", "ceo")
    ]
    recorded(connection, posts)
    return connection


def test_whoever_has_another_post_there_is_asked_whether_they_stay(
    chair_and_chief: Connection,
) -> None:
    (found,) = warnings_for(chair_and_chief, draft("role_ended", "2023-05", POST, role="ceo"))

    assert (found.check, found.field, found.event) == ("post_beside", "remains", "chair")
    assert "董事长" in found.words.zh


def test_whoever_is_said_to_stay_or_has_no_other_post_is_not_asked(
    chair_and_chief: Connection,
) -> None:
    stays = draft("role_ended", "2023-05", POST, role="ceo", remains=True)
    gone = an_event("role_ended", id="gone", when="2022-05", person=ADA, org=ACME, role="chair")
    assert warnings_for(chair_and_chief, stays) == ()

    recorded(chair_and_chief, [gone])

    assert warnings_for(chair_and_chief, draft("role_ended", "2023-05", POST, role="ceo")) == ()


@pytest.mark.parametrize(("told", "scope"), [(None, None), ("AI", "AI")])
def test_a_second_lead_of_one_scope_or_of_none_is_asked_for_theirs(
    connection: Connection, told: str | None, scope: str | None
) -> None:
    scoped(connection, told)
    data = {"role": "lead"} | ({"scope": scope} if scope else {})
    other = {"person": "ben", "org": "acme"}

    (found,) = warnings_for(connection, draft("role_started", "2023-05", other, **data))

    assert (found.check, found.event) == ("role_held", "s0")
    assert "give each its scope" in found.words.en


@pytest.mark.parametrize(("told", "scope"), [("AI", None), (None, "AI"), ("AI", "chips")])
def test_leads_of_two_scopes_are_two_posts(
    connection: Connection, told: str | None, scope: str | None
) -> None:
    scoped(connection, told)
    data = {"role": "lead"} | ({"scope": scope} if scope else {})
    other = {"person": "ben", "org": "acme"}

    assert warnings_for(connection, draft("role_started", "2023-05", other, **data)) == ()


def test_a_post_already_held_names_who_holds_it(connection: Connection) -> None:
    first = an_event(
        "role_started", id="ada-ceo", when="2022-01", person=ADA, org=ACME, role="ceo"
    )
    recorded(connection, [first])

    other = draft("role_started", "2023-05", {"person": "ben", "org": "acme"}, role="ceo")
    same = draft("role_started", "2023-05", {"person": "ada", "org": "acme"}, role="ceo")
    second = draft("role_started", "2023-05", {"person": "ben", "org": "acme"}, role="director")
    early = draft("role_started", "2021-05", {"person": "ben", "org": "acme"}, role="ceo")

    assert checks(warnings_for(connection, other)) == [("role_held", "ada-ceo")]
    assert checks(warnings_for(connection, same)) == [("role_held", "ada-ceo")]
    assert warnings_for(connection, second) == warnings_for(connection, early) == ()


def test_a_vacant_post_may_be_filled(connection: Connection) -> None:
    given = {"person": ADA, "org": ACME, "role": "ceo"}
    first = an_event_with("role_started", given, id="start", when="2022-01")
    recorded(connection, [first, an_event_with("role_ended", given, id="end", when="2022-06")])

    raw = draft("role_started", "2023-05", {"person": "ben", "org": "acme"}, role="ceo")

    assert warnings_for(connection, raw) == ()


def test_stricter_terms_after_freer_ones_are_doubted(connection: Connection) -> None:
    free = an_event("licence_set", id="free", when="2022", model=ORCA, commercial_use="free")
    recorded(connection, [free])

    stricter = draft("licence_set", "2023-05", {"model": "orca"}, commercial_use="paid")
    as_free = draft("licence_set", "2023-05", {"model": "orca"}, commercial_use="free")

    assert checks(warnings_for(connection, stricter)) == [("stricter_licence", "free")]
    assert warnings_for(connection, as_free) == ()


@pytest.mark.parametrize(
    "words", ["该公司被起诉", "法院作出判决", "The company was sued", "a lawsuit", "court"]
)
def test_lawsuits_are_out_of_scope_wherever_they_are_written(
    connection: Connection, words: str
) -> None:
    quoted = {"kind": "org_founded", "claims": [{"source": A_SOURCE, "quote": words}]}

    typed = warnings_for(connection, {"kind": "org_founded"}, text=words)

    assert [one.check for one in typed] == ["out_of_scope"]
    assert warnings_for(connection, quoted) == typed
    assert "不收录诉讼" in typed[0].words.zh


def test_other_words_are_in_scope(connection: Connection) -> None:
    for words in ("pursued a courtly tissue", "原则上告知", "上诉说了情况"):
        assert warnings_for(connection, {"kind": "org_founded"}, text=words) == ()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"kind": "nonsense"},
        {"kind": next(iter(ARCHIVE_KINDS))},
        {"kind": "deal_closed", "entities": 5, "occurred": [], "data": "x"},
        {"kind": "deal_closed", "entities": [{"role": "buyer"}, 3], "occurred": {"edtf": "soon"}},
        {"kind": "role_started", "data": {"role": "emperor"}, "occurred": {"edtf": 3}},
    ],
)
def test_a_draft_that_cannot_be_read_raises_no_doubt(
    connection: Connection, raw: dict[str, object]
) -> None:
    before = head(connection)

    assert warnings_for(connection, raw) == ()
    assert head(connection) == before
