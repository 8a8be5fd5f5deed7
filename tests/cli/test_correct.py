from typing import Any

from tests.cli.conftest import Run, document

WHY = ("--reason", "read again")


def founding(archive: Run) -> Any:
    return document(archive("timeline", "--json", "--kind", "org_founded"))["events"][0]


def test_what_is_left_out_stays_as_it_is(filled: Run) -> None:
    before = founding(filled)

    result = filled(
        "correct", "acme-founded", *WHY, "--when", "去年底", "--title-en", "Acme begins",
        "--set", "form=", "--reason-kind", "new_evidence",
    )  # fmt: skip

    after = founding(filled)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.split()[1] == "4"
    assert after["occurred"]["edtf"] == "[2022-09..2022-12]"
    assert after["occurred"]["stated"] == "去年底"
    assert after["occurred"]["place"] == before["occurred"]["place"] == "CN"
    assert after["title"] == {"zh": "顶点成立", "en": "Acme begins"}
    assert after["data"] == {}
    assert after["claims"] == before["claims"]
    assert after["is_corrected"] is True


def test_one_role_is_replaced_and_the_others_stay(filled: Run) -> None:
    filled("correct", "big-buys-acme", *WHY, "--set", "buyer=huge:organization:巨|Huge")

    deal = document(filled("timeline", "--json", "--kind", "deal_closed"))["events"][0]
    assert [one["id"] for one in deal["entities"]] == ["huge", "acme"]


def test_the_claim_of_the_same_source_is_changed(filled: Run) -> None:
    filled("correct", "acme-founded", *WHY, "--locator", "¶9", "--confidence", "medium")

    (claim,) = founding(filled)["claims"]
    assert (claim["locator"], claim["confidence"]) == ("¶9", "medium")


def test_the_claim_of_another_source_is_added(filled: Run) -> None:
    filled("record", "source_added", "--set", "source=other:source:他|Other",
           "--set", "title=Other", "--when", "2026")  # fmt: skip
    filled("correct", "acme-founded", *WHY, "--source", "other")

    assert [one["source"]["id"] for one in founding(filled)["claims"]] == ["paper", "other"]


def test_a_correction_that_changes_nothing_is_refused(filled: Run) -> None:
    result = filled("correct", "acme-founded", *WHY, "--source", "paper")

    assert result.exit_code == 1
    assert "at least one change" in result.stderr


def test_an_event_that_is_not_there_cannot_be_corrected(filled: Run) -> None:
    result = filled("correct", "nothing", *WHY)

    assert result.exit_code == 1
    assert "nothing" in result.stderr


def test_a_retracted_event_is_gone_from_the_timeline_and_stays_in_the_log(filled: Run) -> None:
    result = filled("retract", "acme-founded", "--reason", "never happened")

    again = filled("retract", "acme-founded", "--reason", "never happened")
    events = document(filled("timeline", "--json"))["events"]
    assert result.exit_code == 0
    assert again.exit_code == 1
    assert [event["id"] for event in events] == ["big-buys-acme"]
    assert len(filled("export").stdout.splitlines()) == 4


def test_what_was_known_before_is_still_known_as_of_then(filled: Run) -> None:
    filled("retract", "acme-founded", "--reason", "never happened")

    then = document(filled("timeline", "--json", "--known", "3"))

    assert then["total"] == 2


def test_a_bilingual_field_is_set_one_language_at_a_time(filled: Run) -> None:
    result = filled(
        "record", "figure_reported", "--set", "subject=acme", "--set", "measure=statement",
        "--set", "statement.zh=会更好", "--set", "statement.en=It will be better",
        "--set", "speaker=wang:person:王|Wang", "--set", "basis=stated", "--when", "2023",
        "--source", "paper",
    )  # fmt: skip

    said = document(filled("timeline", "--json", "--kind", "figure_reported"))["events"]
    assert result.exit_code == 0, result.stderr
    assert said[0]["data"]["statement"] == {"zh": "会更好", "en": "It will be better"}
