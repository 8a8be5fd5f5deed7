"""The columns of a sheet read as fields of events."""

import pytest

from archive.errors import FieldError
from archive.ingest.mapping import ColumnMapping, checked_mapping, guessed, mapped_drafts, sheet_of


def test_the_columns_of_a_timelinejs_sheet_become_one_date() -> None:
    sheet = (
        "Year,Month,Day,End Year,End Month,End Day,Headline,Text\n"
        "2023,5,17,,,,Founded,Text\n2023,5,,2023,7,,成立,\n-44,3,15,,,,Caesar,\n"
    ).encode()
    mapping = guessed(sheet_of(sheet).header)

    drafts = list(mapped_drafts(sheet, mapping, name="sheet.csv"))

    dates = [draft.raw["occurred"] for draft in drafts]
    assert dates == [{"edtf": "2023-05-17"}, {"when": "2023-05/2023-07"}, {"when": "-44-03-15"}]
    assert [draft.place for draft in drafts] == ["sheet.csv:2", "sheet.csv:3", "sheet.csv:4"]
    assert drafts[1].raw["title"] == {"zh": "成立"}


def test_a_column_of_times_stands_beside_that_of_the_days() -> None:
    sheet = "日期,时刻,标题\n2023-07-11,9:30,成立\n".encode()

    (draft,) = mapped_drafts(sheet, guessed(["日期", "时刻", "标题"]), name="sheet.csv")

    assert draft.raw["occurred"] == {"edtf": "2023-07-11", "time": "9:30"}


def test_a_header_that_names_a_column_twice_is_refused_by_that_name() -> None:
    with pytest.raises(FieldError) as refused:
        sheet_of(b"headline,year,,headline,\nOne,2023,,Two,\n")

    assert "headline" in refused.value.words("en")


def test_a_column_named_after_a_role_or_a_field_is_read_as_that() -> None:
    header = ["id", "When", "model", "机构", "金额", "role", "日期", "stuff"]

    found = guessed(header).columns

    assert found == {
        "id": "id",
        "When": "when",
        "model": "entity:model",
        "机构": "entity:org",
        "金额": "data:amount",
        "role": "data:role",
        "日期": "when",
        "stuff": "",
    }


def test_the_name_of_a_role_alone_is_taken_and_a_near_one_is_told() -> None:
    taken = checked_mapping(ColumnMapping({"Who": "model"}), ["Who"])
    with pytest.raises(FieldError, match="entity:model") as refused:
        checked_mapping(ColumnMapping({"Who": "modelx"}), ["Who"])

    assert taken.columns == {"Who": "entity:model"}
    assert "entity:model" in refused.value.words("zh")


def test_a_column_is_read_as_something_that_is_known() -> None:
    with pytest.raises(FieldError, match="nonsense"):
        checked_mapping(ColumnMapping({"Who": "nonsense"}), ["Who"])
