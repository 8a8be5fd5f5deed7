"""Citations of a state, against the rules of each form."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from archive.languages import Words
from archive.web.states.citing import Citation, bibtex, csl_json, gb_t_7714, key, plain, title

ADDRESS = "https://archive.example/state/2023-07-20?known=1204&tab=people&hash=sha256:ab12%20"
CITED = Citation(
    held_on=date(2023, 7, 20),
    position=1204,
    recorded=date(2026, 11, 21),
    accessed=date(2026, 11, 22),
    address=ADDRESS,
    hash="sha256:ab12cd34ef56",
    parts=(Words("在任人物", "People in office"), Words("百川", "Baichuan")),
)
# The rules of CSL's schema csl-data.json (citation-style-language/schema) for what is used here.
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": ["string", "number"]},
            },
        }
    },
    "additionalProperties": False,
}
NAME = {
    "type": "object",
    "properties": {"literal": {"type": "string"}},
    "additionalProperties": False,
}
TEXT = {"type": "string"}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["dataset", "webpage", "document"]},
            "id": {"type": ["string", "number"]},
            "author": {"type": "array", "items": NAME},
            "issued": DATE,
            "accessed": DATE,
            **dict.fromkeys(("title", "publisher", "version", "URL", "language", "note"), TEXT),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}


def entry_of(text: str) -> dict[str, str]:
    """Return the fields of one entry, its braces matched as BibTeX matches them."""
    found = re.fullmatch(r"@misc\{([\w-]+),\n(.*)\}\n", text, re.DOTALL)
    assert found, text
    fields: dict[str, str] = {}
    rest = found[2]
    while rest.strip():
        name = re.match(r"\s*([a-z]+) = \{", rest)
        assert name, rest
        depth, end = 1, name.end()
        while depth:
            is_escaped = rest[end] == "\\" and rest[end + 1] in "{}\\"
            depth += {"{": 1, "}": -1}.get(rest[end], 0) if not is_escaped else 0
            end += 2 if is_escaped else 1
        fields[name[1]] = rest[name.end() : end - 1]
        rest = rest[end:].removeprefix(",")
    return fields | {"": found[1]}


def test_the_title_says_the_day_and_what_narrows_the_state() -> None:
    assert title(CITED) == Words(
        "2023年7月20日大模型行业的状态（在任人物，百川）",
        "State of the large-model industry on 20 July 2023 (People in office, Baichuan)",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_says_the_position_both_days_and_the_address(language: str) -> None:
    said = plain(CITED).in_language(language)

    assert "1204" in said
    assert ADDRESS in said
    for day in ("2026年11月21日", "2026年11月22日") if language == "zh" else ("21 November 2026",):
        assert day in said


def test_bibtex_is_one_entry_whose_fields_can_be_read_back() -> None:
    entry = entry_of(bibtex(CITED))

    assert entry[""] == "archive-state-2023-07-20-1204-ab12cd34"
    assert entry["author"] == "{The Large-Model Archive}"
    assert entry["year"] == "2026"
    assert entry["date"] == "2026-11-21"
    assert entry["urldate"] == "2026-11-22"
    assert entry["url"] == ADDRESS
    assert "position 1204" in entry["note"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
def test_no_name_breaks_the_entry_of_bibtex(name: str) -> None:
    cited = Citation(
        CITED.held_on,
        1,
        CITED.recorded,
        CITED.accessed,
        ADDRESS + name,
        CITED.hash,
        (Words(name, name),),
    )

    entry = entry_of(bibtex(cited))

    assert set(entry) == {
        "", "author", "title", "year", "date", "version", "url", "urldate", "note",
    }  # fmt: skip
    assert not re.search(r"(?<!\\)[#$%&_]", entry["title"])


def test_csl_json_keeps_the_rules_of_its_schema() -> None:
    (item,) = json.loads(csl_json(CITED))

    Draft7Validator(CSL).validate([item])
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert item["URL"] == ADDRESS
    assert item["version"] == "position 1204"


def test_gb_t_7714_has_author_title_medium_both_dates_and_address_in_this_order() -> None:
    assert gb_t_7714(CITED) == (
        "大模型档案. 2023年7月20日大模型行业的状态（在任人物，百川）："
        f"所知截至日志位置1204[DB/OL]. (2026-11-21)[2026-11-22]. {ADDRESS}."
    )


def test_the_key_is_the_same_for_the_same_state_and_another_for_another() -> None:
    another = Citation(
        CITED.held_on, 1204, CITED.recorded, CITED.accessed, ADDRESS, "sha256:ffff", CITED.parts
    )

    assert key(CITED) != key(another)
    assert re.fullmatch(r"[A-Za-z0-9-]+", key(CITED))
