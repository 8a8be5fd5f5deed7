"""The deeds that may take two people: done by one, decided by another."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.draft_lists import queue
from archive.commands.drafts import Draft
from archive.storage import reading
from tests.web.desk import fields_of, fill_in, page_of
from tests.web.stories import SOURCE

WHY = {"correction-reason": "two papers disagree"}
BOTH = {"field-reason-zh": "同一家", "field-reason-en": "one and the same"}
DISPUTE = "/admin/events/users-one/dispute"
Changes = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Case:
    """A deed: where it is done, what is typed, the kind that it records, and what shows it."""

    address: str
    typed: Changes
    kind: str
    words: str
    shown_at: str
    shows: str


RETRACT = Case(
    "/admin/events/beyond-bought/retract",
    WHY,
    "claim_retracted",
    "Retract: Meituan",
    "/events/beyond-bought",
    "two papers disagree",
)
MERGE = Case(
    "/admin/entities/light-years-beyond/merge",
    {**BOTH, "field-from": "Baichuan"},
    "entities_merged",
    "Merge Baichuan into Light Years Beyond",
    "/changes",
    "Baichuan merged into Light Years Beyond",
)
CASES = [
    RETRACT,
    Case(
        "/admin/events/beyond-bought/add-source",
        {"source": SOURCE, "locator": "¶77", "quote": "says so"},
        "claim_corrected",
        "One more source: Meituan",
        "/events/beyond-bought",
        "¶77",
    ),
    Case(
        DISPUTE,
        {**WHY, "rival": ["users-two"]},
        "claim_disputed",
        "Disputed: ",
        "/events/users-one",
        "two papers disagree",
    ),
    MERGE,
    Case(
        "/admin/entities/baichuan/split",
        {
            **BOTH,
            "field-out-new-id": "baichuan-labs",
            "field-out-new-en": "Baichuan Labs",
            "field-out-new-zh": "百川实验室",
            "field-out-new-type": "organization",
        },
        "entity_split",
        "Split Baichuan Labs from Baichuan",
        "/changes",
        "Baichuan Labs split from Baichuan",
    ),
    Case(
        "/admin/sources/new",
        {"field-title": "A New Paper"},
        "source_added",
        "New source: A New Paper",
        "/sources",
        "A New Paper",
    ),
]
NAMES = [one.address.rsplit("/", 2)[-1] + "-" + one.kind for one in CASES]


def do(client: FlaskClient, case: Case) -> str:
    form = "#admin-source" if case.kind == "source_added" else "#admin-form"
    response = fill_in(client, case.address, case.typed, form=form)
    return response.headers.get("Location", str(response.status_code))


def decide(client: FlaskClient, draft: Draft, deed: str, **said: str) -> tuple[int, str]:
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, f"form[action$='{deed}']")
    response = client.post(f"/admin/review/{draft.id}/{deed}", data={**fields, **said})
    return response.status_code, response.headers.get("Location", "")


def waiting(engine: Engine) -> list[Draft]:
    with reading(engine) as connection:
        return queue(connection)
