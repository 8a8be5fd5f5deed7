import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.csv_rows import read_csv
from archive.ingest.draft import Draft

HEADER = "id,kind,edtf,entity:org,entity:founders,data:form,source,title_zh,title_en,tags"


def read(text: str) -> list[Draft]:
    return list(read_csv(io.BytesIO(text.encode()), name="x.csv"))


def test_a_row_becomes_a_draft_with_its_place() -> None:
    row = "a,org_founded,2023-02,acme:organization:顶点|Acme,wang;li,company,paper,顶点,Acme,a;b"

    (draft,) = read(f"{HEADER}\n{row}\n")

    assert draft.place == "x.csv:2"
    assert draft.raw == {
        "id": "a",
        "kind": "org_founded",
        "occurred": {"edtf": "2023-02"},
        "entities": [
            {
                "role": "org",
                "id": "acme",
                "type": "organization",
                "names": {"zh": "顶点", "en": "Acme"},
            },
            {"role": "founders", "id": "wang"},
            {"role": "founders", "id": "li"},
        ],
        "data": {"form": "company"},
        "title": {"zh": "顶点", "en": "Acme"},
        "summary": None,
        "claims": [{"source": "paper"}],
        "tags": ["a", "b"],
    }


def test_a_file_of_a_spreadsheet_program_reads_alike() -> None:
    text = "\ufeffid;kind;edtf;data:name.zh;data:name.en\r\na;org_founded;2023;甲;A\r\n;;;;\r\n"

    (draft,) = read(text)

    assert draft.raw["data"] == {"name": {"zh": "甲", "en": "A"}}


def test_a_cell_of_several_lines_keeps_the_count_of_lines() -> None:
    drafts = read('id,kind,summary_en\na,x,"one\ntwo"\nb,x,y\n')

    assert [draft.place for draft in drafts] == ["x.csv:2", "x.csv:4"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,kynd\n", "kynd"),
        ("id,edtf\n", "kind"),
        ("kind,kind\n", "each column once"),
        ("kind,id\na,b,c\n", "2 cells"),
        ('kind,id\n"a,b\n', "well-formed CSV"),
        ("kind,entity:org\na,b:organization\n", "id:type"),
    ],
    ids=["unknown", "no-kind", "twice", "too-many-cells", "open-quote", "half-entity"],
)
def test_what_cannot_be_read_is_a_bad_draft_that_says_why(text: str, said: str) -> None:
    (draft,) = read(text)

    assert said in draft.errors[0].words("en")


def test_an_empty_file_has_no_drafts() -> None:
    assert read("") == []


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    drafts = list(read_csv(io.BytesIO(b"id,kind\n" + content), name="x"))

    assert all(draft.place.startswith("x:") for draft in drafts)
