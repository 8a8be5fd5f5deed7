from pathlib import Path

import pytest

from tests.cli.conftest import Run, document
from tests.ingest.samples import a_deal, a_source, an_event, lines


def test_files_of_every_format_are_taken_in_together(archive: Run, tmp_path: Path) -> None:
    sources, entities, events = (tmp_path / n for n in ("c.yaml", "a.csv", "b.jsonl"))
    sources.write_text("sources: [{id: paper, title: The paper, published: 2023-07-28}]\n")
    entities.write_text(
        "kind,when,entity:org,source\norg_founded,今年2月,acme:organization:顶点|Acme,paper\n"
    )
    events.write_text(lines(a_deal()))

    result = archive("ingest", str(entities), str(events), str(sources), "--json")

    assert document(result) == {"created": 3, "already": 0}
    dates = [e["occurred"]["edtf"] for e in document(archive("timeline", "--json"))["events"]]
    assert dates == ["2023-02", "2023-06-29~"]


def test_the_same_file_twice_is_taken_in_once(archive: Run) -> None:
    text = lines(a_source(), an_event())
    archive("ingest", "-", stdin=text)

    assert document(archive("ingest", "-", "--json", stdin=text)) == {"created": 0, "already": 2}


def test_a_row_that_is_repeated_is_counted_once(archive: Run, tmp_path: Path) -> None:
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    first.write_text(lines(a_source(), an_event(), an_event()))
    again.write_text(lines(an_event()))

    planned = document(archive("ingest", "--plan", "--json", str(first), str(again)))
    taken = document(archive("ingest", "--json", str(first), str(again)))

    assert [one["outcome"] for one in planned] == ["create", "create", "already", "already"]
    assert taken == {"created": 2, "already": 2}


def test_all_errors_of_all_files_are_told_and_nothing_is_kept(
    archive: Run, tmp_path: Path
) -> None:
    bad_lines, bad_yaml = tmp_path / "bad.jsonl", tmp_path / "bad.yaml"
    bad_lines.write_text(lines(a_source(), an_event(kind="org_foundet")) + "{\n")
    bad_yaml.write_text("events:\n  - id: a\n    id: b\n")

    result = archive("ingest", str(bad_lines), str(bad_yaml))

    said = result.stderr.splitlines()
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in said] == [
        f"{bad_lines}:2",
        f"{bad_lines}:3",
        f"{bad_yaml}:3",
    ]
    assert "org_founded" in said[0]
    assert document(archive("timeline", "--json"))["total"] == 0


def test_a_plan_says_what_would_become_of_each_row(archive: Run) -> None:
    archive("ingest", "-", stdin=lines(a_source(), an_event()))
    rows = lines(
        a_source(), an_event(importance="minor"), an_event("new"), an_event("b", kind="x")
    )

    result = archive("ingest", "-", "--plan", "--json", stdin=rows)

    assert result.exit_code == 1
    for outcome in ("already", "conflict", "create", "error"):
        assert f'"outcome": "{outcome}"' in result.stdout
    assert document(archive("timeline", "--json"))["total"] == 1


def test_a_plan_without_errors_is_a_table(archive: Run) -> None:
    result = archive("ingest", "-", "--plan", stdin=lines(a_source()), locale="zh_CN.UTF-8")

    assert result.exit_code == 0
    assert "新增" in result.stdout
    assert document(archive("timeline", "--json"))["total"] == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK", "kind of file"),
        ("a.jsonl", "名".encode("gbk"), "UTF-8"),
        ("a.csv", "id,kind\n名,名".encode("gbk"), "UTF-8"),
        ("a.yaml", "events: 名".encode("gbk"), "UTF-8"),
        ("a.csv", b"\xff\xfei\x00d\x00", "UTF-8"),
        ("a.yaml", b"\x00\x01\x02", "YAML"),
        ("a.csv", b"a" * 200_000, "csv"),
    ],
    ids=["excel", "jsonl-gbk", "csv-gbk", "yaml-gbk", "utf-16", "binary", "one-long-cell"],
)
def test_a_file_of_the_wrong_sort_says_so(
    small: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    result = small("ingest", str(path))

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr) < 1000


def test_a_file_that_is_not_there_says_so(small: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        target = path if path.suffix else path.with_suffix(".yaml")
        if not path.suffix:
            target.mkdir()
        result = small("ingest", str(target))

        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1


def test_an_empty_file_brings_nothing(small: Run) -> None:
    assert document(small("ingest", "-", "--json", stdin="")) == {"created": 0, "already": 0}


def parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.cli.ingest.PART", 2)


def test_a_file_in_parts_is_taken_in_whole(archive: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    parts_of_two(monkeypatch)
    text = lines(a_source(), *(an_event(f"event-{number}") for number in range(4)))

    taken = document(archive("ingest", "-", "--in-parts", "--json", stdin=text))
    again = document(archive("ingest", "-", "--in-parts", "--json", stdin=text))

    assert (taken, again) == ({"created": 5, "already": 0}, {"created": 0, "already": 5})


def test_what_stops_a_file_in_parts_leaves_the_parts_before_and_it_goes_on_from_there(
    archive: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts_of_two(monkeypatch)
    good = [a_source(), *(an_event(f"event-{number}") for number in range(4))]

    refused = archive("ingest", "-", "--in-parts", stdin=lines(*good, an_event("bad", claims=[])))
    mended = document(archive("ingest", "-", "--in-parts", "--json", stdin=lines(*good)))

    assert refused.exit_code == 1
    assert "-:6" in refused.stderr
    assert mended == {"created": 1, "already": 4}
