"""A small archive with something of everything that the read pages tell of."""

from sqlalchemy import Engine

from archive.commands import correct, record_all, retract
from archive.storage import writing
from tests.builders import a_source, an_entity, an_event_with, clock_from

SOURCE = "press"
HOSTILE = "<script>alert(1)</script>"

BAICHUAN = an_entity("baichuan", zh="百川智能", en="Baichuan")
STABILITY = an_entity("stability-ai", en="Stability AI")
MOSTAQUE = an_entity("emad-mostaque", "person", zh="莫斯塔克", en="Emad Mostaque")
MEITUAN = an_entity("meituan", zh="美团", en="Meituan")
BEYOND = an_entity("light-years-beyond", zh="光年之外", en="Light Years Beyond")
LLAMA = an_entity("llama-2", "model", en="Llama 2")
ZHIPU = an_entity("zhipu-ai", zh="智谱AI", en="Zhipu AI")


def tell_story(engine: Engine) -> None:
    """Record the story: foundings, a deal, a post of vague end, rivals, a correction, a merge."""
    clock = clock_from()
    with writing(engine) as connection:
        record_all(
            connection,
            [a_source(SOURCE, title="百模大战", publisher={"zh": "报纸", "en": "The Paper"})],
            recorded_by="tests",
            clock=clock,
        )
        for raw in _events():
            record_all(connection, [raw], recorded_by="tests", clock=clock)
        correct(
            connection,
            target="baichuan-founded",
            raw={"occurred": {"edtf": "2023-04-10"}},
            reason_kind="source_error",
            reason={"zh": "来源误写为三月", "en": "the source had March"},
            recorded_by="tests",
            clock=clock,
        )
        retract(
            connection,
            target="rumour",
            reason={"zh": "查无此事", "en": "it never happened"},
            recorded_by="tests",
            clock=clock,
        )


def _events() -> list[dict[str, object]]:
    def event(kind: str, name: str, when: str, **fields: object) -> dict[str, object]:
        return an_event_with(kind, fields, id=name, when=when, source=SOURCE)

    return [
        event(
            "names_changed",
            "baichuan-names",
            "2026-11-21",
            entity=BAICHUAN,
            aliases="百川",
            name_kind="short",
        ),
        event(
            "org_founded", "baichuan-founded", "2023-03-10", org=BAICHUAN, importance="landmark"
        ),
        event("role_started", "mostaque-ceo", "2019", person=MOSTAQUE, org=STABILITY, role="ceo"),
        event(
            "role_ended",
            "mostaque-leaves",
            "[2024-03-21..2024-03-31]",
            person=MOSTAQUE,
            org=STABILITY,
            role="ceo",
        ),
        event(
            "deal_closed",
            "beyond-bought",
            "2023-06-29",
            buyer=MEITUAN,
            target=BEYOND,
            share={"exact": "100"},
        ),
        event(
            "valuation_reported",
            "zhipu-10bn",
            "2022-09-01",
            org=ZHIPU,
            amount={"exact": "10000000000", "currency": "CNY"},
            basis="post_money",
        ),
        event(
            "figure_reported",
            "users-one",
            "2023-05-01",
            subject=LLAMA,
            measure="users",
            value={"exact": "79", "unit": "users"},
            basis="stated",
        ),
        event(
            "figure_reported",
            "users-two",
            "2023-05-01",
            subject=LLAMA,
            measure="users",
            value={"exact": "85", "unit": "users"},
            basis="stated",
        ),
        event("org_founded", "rumour", "2023-01-01", org=an_entity("ghost", en="Ghost Ltd")),
        event(
            "org_founded",
            "hostile",
            "2023-02-01",
            org=an_entity("hostile", en=HOSTILE),
            title={"zh": HOSTILE, "en": HOSTILE},
        ),
        event("org_founded", "zhipu-again", "2022-01-01", org=an_entity("zhipu", en="Zhipu")),
        event(
            "entities_merged",
            "zhipu-merged",
            "2026-11-21",
            into=ZHIPU,
            reason={"zh": "同一家", "en": "one and the same"},
            **{"from": an_entity("zhipu", en="Zhipu")},
        ),
    ]
