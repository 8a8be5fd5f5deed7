"""What takes two people at the desk is not recorded by one at the command line unnoticed."""

import pytest

from archive.cli.identity import ALONE
from archive.commands.noting import DeskStep, latest_steps
from archive.storage import open_engine, reading
from tests.cli.conftest import Run, document
from tests.ingest.samples import a_deal, a_source, an_event, lines

WHY = ("--alone", "the reviewer is ill")
RECORD = ("record", "org_founded", "--set", "org=acme:organization:顶点|Acme", "--when", "2023",
          "--source", "paper", "--id", "acme-founded")  # fmt: skip
COMMANDS = [
    pytest.param(RECORD, "org_founded", id="record"),
    pytest.param(("correct", "founded", "--reason", "x", "--when", "2022"), "*", id="correct"),
    pytest.param(("correct", "founded", "--reason", "x", "--when", "2022"), "org_founded",
                 id="correct an event of the kind"),
    pytest.param(("retract", "founded", "--reason", "x"), "claim_retracted", id="retract"),
    pytest.param(("retract", "founded", "--reason", "x"), "org_founded",
                 id="retract an event of the kind"),
]  # fmt: skip


@pytest.fixture
def archive(archive: Run) -> Run:
    """An archive that holds a founding; the rule came later."""
    held = archive("ingest", "-", stdin=lines(a_source(), an_event(id="founded")))
    assert held.exit_code == 0, held.stderr
    return archive


def told(url: str) -> list[DeskStep]:
    engine = open_engine(url)
    try:
        with reading(engine) as connection:
            return [one for one in latest_steps(connection) if one.deed == ALONE]
    finally:
        engine.dispose()


def count(archive: Run) -> int:
    return len(archive("export").stdout.splitlines())


@pytest.mark.parametrize(("command", "rule"), COMMANDS)
def test_one_person_is_refused_what_takes_two(
    archive: Run, command: tuple[str, ...], rule: str
) -> None:
    before = count(archive)

    result = archive(*command, four_eyes=rule)

    assert result.exit_code == 1
    assert "take two people" in result.stderr
    assert "--alone" in result.stderr
    assert count(archive) == before


@pytest.mark.parametrize(("command", "rule"), COMMANDS)
def test_whoever_says_why_records_alone_and_the_audit_keeps_it(
    archive: Run, command: tuple[str, ...], rule: str, database_url: str
) -> None:
    before = count(archive)

    result = archive(*command, *WHY, "--by", "olga", four_eyes=rule)

    assert result.exit_code == 0, result.stderr
    [step] = told(database_url)
    assert (step.account, step.words) == ("olga", "the reviewer is ill")
    assert step.field.endswith(f"#{before + 1}")
    assert count(archive) == before + 1


def test_a_file_with_what_takes_two_people_is_refused_whole(
    archive: Run, database_url: str
) -> None:
    file, before = lines(an_event(id="another"), a_deal()), count(archive)

    refused = archive("ingest", "-", stdin=file, four_eyes="deal_closed")
    between = count(archive)
    done = archive("ingest", "-", *WHY, stdin=file, four_eyes="deal_closed")

    assert (refused.exit_code, between) == (1, before)
    assert "deal_closed" in refused.stderr
    assert done.exit_code == 0, done.stderr
    assert [one.field for one in told(database_url)] == [f"deal_closed #{before + 1}–{before + 2}"]


def test_other_kinds_and_what_is_there_already_need_no_second_person(
    archive: Run, database_url: str
) -> None:
    other = archive(*RECORD, four_eyes="deal_closed")
    again = archive(*RECORD, "--json", four_eyes="*")

    assert other.exit_code == 0
    assert document(again)["is_new"] is False
    assert told(database_url) == []


def test_a_reason_of_no_words_is_none(archive: Run) -> None:
    result = archive(*RECORD, "--alone", " ", four_eyes="*")

    assert result.exit_code == 1
    assert "--alone" in result.stderr


def test_the_refusal_is_told_in_chinese_too(archive: Run) -> None:
    result = archive(*RECORD, four_eyes="*", locale="zh_CN.UTF-8")

    assert "须由另一人审阅" in result.stderr


def test_the_sample_needs_no_second_person(archive: Run) -> None:
    assert archive("seed", four_eyes="*").exit_code == 0
