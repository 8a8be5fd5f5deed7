"""archive propose: drafts as JSON lines."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from archive.cli.main import main
from archive.storage import open_engine, writing
from tests.proposing.gold import articles, name_all

ARTICLE = articles()[0]


def run(url: str, *arguments: str, stdin: bytes | None = None) -> Result:
    surroundings = {"ARCHIVE_DATABASE_URL": url, "LC_ALL": "C"}
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
