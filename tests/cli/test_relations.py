"""``--after`` and ``--before``: events that bound the date of the one that is recorded."""

from typing import Any

from tests.cli.conftest import Run, document

NEW = ("--set", "org=new:organization:新|New", "--source", "paper", "--id", "new-founded")
WHY = ("--reason", "read again")


def founding(archive: Run) -> Any:
    events = document(archive("timeline", "--json", "--kind", "org_founded"))["events"]
    return next(one for one in events if one["id"] == "new-founded")["occurred"]


def test_an_event_may_be_dated_by_others_alone(filled: Run) -> None:
    result = filled(
        "record", "org_founded", *NEW, "--after", "acme-founded", "--before", "big-buys-acme",
        "--when", "after Acme, before it was bought",
    )  # fmt: skip

    assert result.exit_code == 0, result.stderr
    found = founding(filled)
    assert found["edtf"] == "[2023-02-01..2023-06-29]"
    assert found["stated"] == "after Acme, before it was bought"
    assert (found["after"], found["before"]) == ("acme-founded", "big-buys-acme")


def test_an_unknown_event_is_refused_by_its_option(filled: Run) -> None:
    result = filled("record", "org_founded", *NEW, "--after", "nothing")

    assert result.exit_code == 1
    assert "occurred.after" in result.stderr


def test_a_correction_takes_one_side_out_with_empty_words(filled: Run) -> None:
    filled("record", "org_founded", *NEW, "--after", "acme-founded", "--before", "big-buys-acme")

    result = filled("correct", "new-founded", *WHY, "--after", "")

    assert result.exit_code == 0, result.stderr
    assert founding(filled)["edtf"] == "[..2023-06-29]"


def test_a_correction_may_say_in_words_what_bounds_the_date(filled: Run) -> None:
    filled("record", "org_founded", *NEW, "--when", "2022", "--after", "")

    result = filled(
        "correct", "new-founded", *WHY, "--after", "acme-founded", "--when", "after Acme"
    )

    assert result.exit_code == 0, result.stderr
    assert founding(filled)["edtf"] == "[2023-02-01..]"
    assert founding(filled)["stated"] == "after Acme"


def test_an_undated_event_is_listed_last_and_in_every_window(filled: Run) -> None:
    filled("correct", "acme-founded", *WHY, "--when", "[..2023-02]")
    filled("record", "org_founded", *NEW, "--after", "acme-founded")

    page = document(filled("timeline", "--json", "--from", "2023-06", "--to", "2023-07"))

    assert [one["id"] for one in page["events"]] == ["big-buys-acme", "new-founded"]
    assert founding(filled)["edtf"] == "../.."
    assert "date unknown" in filled("timeline").stdout
