"""archive propose: drafts as JSON lines."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli.main import main
from archive.storage import open_engine, writing
from archive.vocabulary import MACHINE_PROPOSED
from tests.assistants import a_draft, assistant_server
from tests.proposing.gold import articles, name_all, named

ARTICLE = articles()[0]


def run(
    url: str, *arguments: str, stdin: bytes | None = None, assistant: str = "", locale: str = "C"
) -> Result:
    surroundings = {
        "ARCHIVE_DATABASE_URL": url,
        "LC_ALL": locale,
        "ARCHIVE_ASSISTANT_URL": assistant,
    }
    return CliRunner(env=surroundings).invoke(main, arguments, input=stdin)


def test_each_draft_is_a_json_line_with_its_words(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with writing(engine) as connection:
        name_all(connection, ARTICLE.entities)
    engine.dispose()
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE.text, encoding="utf-8")
    options = ("--published", ARTICLE.published.isoformat(), "--source", "s", "--lang", "en")

    result = run(sqlite_url, "propose", str(file), *options)

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert len(lines) >= len(ARTICLE.wanted)
    for line in lines:
        assert line["claims"][0]["source"] == "s"
        assert line["claims"][0]["quote_language"] == "en"
        for one in line["words"]:
            assert ARTICLE.text[one["start"] : one["end"]] == one["words"]
    assert "none is recorded" in result.stderr


def test_an_article_may_come_from_stdin(sqlite_url: str) -> None:
    told = "2023年3月，一切如常。".encode()

    result = run(sqlite_url, "propose", "-", "--published", "2023-05-01", stdin=told)

    assert json.loads(result.stdout)["occurred"]["edtf"] == "2023-03"


def test_what_is_no_text_is_refused(sqlite_url: str) -> None:
    result = run(sqlite_url, "propose", "-", stdin=b"\xff\xfe\x00")

    assert result.exit_code == 1
    assert "UTF-8" in result.stderr


TOLD = "2023年6月29日，美团宣布收购光年之外。\r\n"


def test_the_assistant_is_asked_only_where_it_is_wanted(sqlite_url: str) -> None:
    with assistant_server() as server:
        result = run(sqlite_url, "propose", "-", stdin=TOLD.encode(), assistant=server.address)

    assert result.exit_code == 0
    assert server.asked == []
    assert MACHINE_PROPOSED not in result.stdout


def test_what_the_assistant_proposes_comes_last_and_is_marked(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with writing(engine) as connection:
        name_all(connection, [named("meituan", "organization", "美团", "Meituan")])
    engine.dispose()
    with assistant_server() as server:
        server.say(a_draft("deal_announced", "宣布收购", fields={"buyer": "美团", "target": "谁"}))
        options = ("--published", "2023-07-01", "--assistant")
        result = run(
            sqlite_url, "propose", "-", *options, stdin=TOLD.encode(), assistant=server.address
        )

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.stderr
    assert [one.get("tags") for one in lines] == [*[None] * (len(lines) - 1), [MACHINE_PROPOSED]]
    assert lines[-1]["entities"] == [{"role": "buyer", "id": "meituan"}]
    text = TOLD.replace("\r", "")
    for line in lines:
        assert all(text[one["start"] : one["end"]] == one["words"] for one in line["words"])


@pytest.mark.parametrize(("locale", "words"), [("C", "No assistant"), ("zh_CN.UTF-8", "助手")])
def test_without_an_assistant_there_is_nobody_to_ask(
    sqlite_url: str, locale: str, words: str
) -> None:
    result = run(sqlite_url, "propose", "-", "--assistant", stdin=b"2023", locale=locale)

    assert result.exit_code == 1
    assert words in result.stderr
    assert "ARCHIVE_ASSISTANT_URL" in result.stderr


def test_an_assistant_that_fails_is_told_and_nothing_is_printed(sqlite_url: str) -> None:
    with assistant_server() as server:
        server.status = 500
        result = run(
            sqlite_url,
            "propose",
            "-",
            "--assistant",
            stdin=TOLD.encode(),
            assistant=server.address,
        )

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "500" in result.stderr
