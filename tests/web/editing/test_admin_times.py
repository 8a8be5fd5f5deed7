"""A time of day at the desk: typed beside the date, kept when refused, shown, corrected."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import (
    FOUNDED,
    FOUNDING,
    answered,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    recorded,
    send_again,
    text_of,
)

WHY = {"correction-kind": "new_evidence", "correction-reason": "a second source"}


def test_a_time_is_recorded_and_shown_with_its_offset(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {**FOUNDED, "time": "9：30 +08:00"})

    address = response.headers["Location"]
    assert recorded(engine, address).row.occurred.time == "09:30+08:00"
    page = page_of(client.get(address))
    assert text_of(page, ".event-date").startswith("17 May 2023 09:30 (UTC+08:00)")
    assert "17 May 2023" in text_of(page_of(client.get("/")), "main")
    assert "09:30 (UTC+08:00)" in text_of(page_of(client.get("/")), "main")
    chinese = page_of(client.get(f"{address}?lang=zh"))
    assert "09:30（UTC+08:00）" in text_of(chinese, ".event-date")


@pytest.mark.parametrize(
    ("when", "time", "word"),
    [("2023-05-17", "noonish", "14:30"), ("May 2023", "14:30", "one whole day")],
)
def test_a_refused_time_stays_typed_and_its_box_says_why(
    client: FlaskClient, when: str, time: str, word: str
) -> None:
    response = fill_in(client, FOUNDING, {**FOUNDED, "when": when, "time": time})

    assert response.status_code == 422
    assert list(errors_of(response)) == ["time"]
    assert word in errors_of(response)["time"]
    assert "Time of day" in errors_of(response)["time"]
    assert fields_of(page_of(response), "#admin-form")["time"] == [time]

    mended = send_again(client, response, FOUNDING, {"when": "2023-05-17", "time": "14:30"})
    assert mended.status_code == 303


def test_a_correction_is_filled_with_it_and_may_take_it_out(
    client: FlaskClient, engine: Engine
) -> None:
    address = fill_in(client, FOUNDING, {**FOUNDED, "time": "14:30"}).headers["Location"]
    name = address.rsplit("/", 1)[1]
    form = f"/admin/events/{name}/correct"
    box = found(page_of(client.get(form)), "input#time")
    assert box["value"] == "14:30"
    assert errors_of(fill_in(client, form, WHY)).keys() == {"admin-form"}

    fill_in(client, form, {**WHY, "time": "15:00"})
    assert answered(engine, name).row.occurred.time == "15:00"
    history = text_of(page_of(client.get(address)), ".version-changes")
    assert "Time of day" in history
    assert "15:00" in history

    fill_in(client, form, {**WHY, "time": ""})
    assert answered(engine, name).row.occurred.clock == ""


def test_a_draft_keeps_it(client: FlaskClient) -> None:
    kept = fill_in(client, FOUNDING, {**FOUNDED, "time": "14:30", "step": "keep"})

    page = page_of(client.get(kept.headers["Location"], follow_redirects=True))
    assert found(page, "input#time")["value"] == "14:30"
