import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.yaml_sections import Sections, read_yaml

WHOLE = """\
# a comment
defaults:
  occurred: {edtf: 2026-11-21}
sources:
  - {id: paper, title: The paper, published: 2023-07-28, publisher: {zh: 报, en: P}}
entities:
  - {id: acme, type: organization, zh: 顶点, en: Acme, aliases: [Apex, 顶峰], note: {zh: 甲}}
events:
  - id: one
    kind: org_founded
    occurred: {place: NO}
    data: {share: 100, form: null, flag: true}
"""


def read(text: str | bytes) -> Sections:
    content = text if isinstance(text, bytes) else text.encode()
    return read_yaml(io.BytesIO(content), name="x.yaml")


def all_errors(sections: Sections) -> list[str]:
    drafts = (*sections.sources, *sections.entities, *sections.events)
    return [f"{d.place} {error.words('en')}" for d in drafts for error in d.errors]


def test_a_source_becomes_the_event_that_adds_it() -> None:
    (draft,) = read(WHOLE).sources

    assert draft.place == "x.yaml:5"
    assert draft.raw == {
        "id": "source-paper",
        "kind": "source_added",
        "occurred": {"edtf": "2026-11-21"},
        "entities": [
            {
                "role": "source",
                "id": "paper",
                "type": "source",
                "names": {"zh": "The paper", "en": "The paper"},
            }
        ],
        "data": {
            "title": "The paper",
            "published": "2023-07-28",
            "publisher": {"zh": "报", "en": "P"},
        },
    }


def test_an_entity_becomes_the_event_that_names_it() -> None:
    (draft,) = read(WHOLE).entities

    assert draft.raw == {
        "id": "names-acme",
        "kind": "names_changed",
        "occurred": {"edtf": "2026-11-21"},
        "entities": [
            {
                "role": "entity",
                "id": "acme",
                "type": "organization",
                "names": {"zh": "顶点", "en": "Acme"},
            }
        ],
        "data": {
            "zh": "顶点",
            "en": "Acme",
            "aliases": "Apex|顶峰",
            "note": {"zh": "甲"},
        },
    }


def test_scalars_stay_the_text_they_are() -> None:
    (draft,) = read(WHOLE).events

    assert draft.raw["occurred"] == {"edtf": "2026-11-21", "place": "NO"}
    assert draft.raw["data"] == {"share": "100", "form": None, "flag": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "x.yaml:1"),
        ("occasions: []", "events"),
        ("events: {a: b}", "x.yaml:1"),
        ("events:\n  - [a]", "x.yaml:2"),
        ("events:\n  - id: a\n    id: b", "x.yaml:3 id: “id” cannot be taken; accepted: each key"),
        ("events:\n  - &a {id: [*a]}", "anchors"),
        ("events:\n  - {a: &x 1, b: *x}", "anchors"),
        ("events:\n  - !!python/object:os.system {}", "tags"),
        ("events:\n  - {<<: {a: b}}", "merge"),
        ("events:\n  - {? [a] : b}", "text as a key"),
        ("events: [\n  {", "x.yaml:"),
        ("a: b\n\tc", "well-formed"),
        ("events: " + "[" * 5000, "x.yaml"),
        ("a: é".encode("latin-1"), "UTF-8"),
        (b"a: \x00", "well-formed"),
    ],
    ids=[
        "list", "section", "no-list", "no-mapping", "key-twice", "endless", "anchor", "tag",
        "merge", "odd-key", "cut", "tab", "deep", "latin-1", "nul",
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where_and_why(text: str | bytes, said: str) -> None:
    errors = all_errors(read(text))

    assert errors
    assert said in errors[0]


def test_an_empty_file_has_no_drafts() -> None:
    assert read("# nothing\n") == Sections()
    assert read("events:\n") == Sections()


@given(st.text(alphabet="a1:-{}[]&*!|>'\"\n ,?#<", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    sections = read(f"events:\n - {text}")

    assert all(error.startswith("x.yaml") for error in all_errors(sections))


@pytest.mark.parametrize(
    "text",
    ["events: " + "[" * 900, "[" * 30_000, "events:\n  " + "- " * 20_000, "a: " * 1 + "{a: " * 99],
    ids=["open", "many", "block", "mappings"],
)
def test_what_is_nested_too_deep_is_one_error(text: str) -> None:
    (said,) = all_errors(read(text))

    assert "nesting of at most 32 levels" in said
