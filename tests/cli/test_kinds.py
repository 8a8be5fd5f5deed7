import json

from jsonschema import Draft202012Validator

from archive.vocabulary import KINDS
from tests.cli.conftest import document, run


def test_every_kind_is_listed_in_the_users_language() -> None:
    english, chinese = run("kinds", url=""), run("kinds", url="", locale="zh_CN.UTF-8")

    assert all(name in english.stdout for name in KINDS)
    assert "Deal closed" in english.stdout
    assert "机构" in chinese.stdout


def test_a_kind_is_told_with_its_fields() -> None:
    table = run("kinds", "deal_closed", url="").stdout
    told = document(run("kinds", "deal_closed", "--json", url=""))

    assert "buyer" in table
    assert [one["name"] for one in told["fields"] if one["required"]] == [
        one.name for one in KINDS["deal_closed"].fields if one.required
    ]


def test_the_whole_vocabulary_is_one_document() -> None:
    assert {one["name"] for one in document(run("kinds", "--json", url=""))} == set(KINDS)


def test_the_schema_is_json_schema() -> None:
    for arguments in (("kinds", "--schema"), ("kinds", "org_founded", "--schema")):
        Draft202012Validator.check_schema(json.loads(run(*arguments, url="").stdout))


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    result = run("kinds", "deal_close", url="")

    assert result.exit_code == 1
    assert "deal_closed" in result.stderr
