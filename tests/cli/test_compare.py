from tests.cli.conftest import Run, document


def test_what_the_world_changed_is_told_apart(filled: Run) -> None:
    answer = document(filled("compare", "2023-05-01", "2023-08-01", "--json"))

    added = {(one["entity"]["id"], one["attribute"]) for one in answer["added"]}
    assert ("acme", "parent") in added
    assert answer["learned"] == []


def test_what_the_archive_learned_is_told_apart(filled: Run) -> None:
    arguments = ("2023-08-01", "2023-08-01", "--known", "2", "--known2", "3", "--json")

    answer = document(filled("compare", *arguments))

    assert answer["added"] == answer["ended"] == answer["changed"] == []
    assert ("acme", "parent") in {(o["entity"]["id"], o["attribute"]) for o in answer["learned"]}


def test_a_table_speaks_the_users_language(filled: Run) -> None:
    result = filled("compare", "2023-05-01", "2023-08-01", locale="zh_CN.UTF-8")

    assert "新增" in result.stdout
    assert "2023-05-01 → 2023-08-01" in result.stderr


def test_a_day_that_is_none_is_refused(filled: Run) -> None:
    result = filled("compare", "2023-05-01", "someday")

    assert result.exit_code == 1
    assert "date2" in result.stderr


def test_a_comparison_can_be_narrowed(filled: Run) -> None:
    days = ("2023-05-01", "2023-08-01", "--json")

    all_of_it, people, of_one = (
        document(filled("compare", *days, *narrowed))["added"]
        for narrowed in ((), ("--type", "person"), ("--entity", "acme"))
    )

    assert all(one["entity"]["type"] == "person" for one in people)
    assert {one["entity"]["id"] for one in of_one} == {"acme"}
    assert len(people) < len(all_of_it)


def test_a_type_that_means_nothing_is_refused(filled: Run) -> None:
    result = filled("compare", "2023-05-01", "2023-08-01", "--type", "planet")

    assert result.exit_code == 1
    assert "planet" in result.stderr


def test_what_only_became_certain_is_no_change(filled: Run) -> None:
    days = ("2023-02-10", "2023-03-10", "--entity", "acme")

    said, meant = filled("compare", *days), filled("compare", *days, locale="zh_CN.UTF-8")
    answer = document(filled("compare", *days, "--json"))

    assert "0 changed" in said.stderr
    assert "1 more differing only in certainty" in said.stderr
    assert "now certain" in said.stdout
    assert "另有 1 条事实只是确定程度不同" in meant.stderr
    assert "已确定" in meant.stdout
    assert answer["changed"] == answer["softer"] == []
    assert [one["entity"]["id"] for one in answer["firmer"]] == ["acme"]
