import pytest

from archive.errors import FieldError
from archive.ingest.notation import read_mention, read_mentions


def test_an_id_stands_for_an_entity_that_is_known() -> None:
    assert read_mentions("a, b,", role="buyer", joint=",") == [
        {"role": "buyer", "id": "a"},
        {"role": "buyer", "id": "b"},
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a:person:王|Wang", {"zh": "王", "en": "Wang"}),
        ("a:person:Wang", {"zh": "Wang", "en": "Wang"}),
        ("a:person:王|", {"zh": "王", "en": "王"}),
        ("a:person:|Wang", {"zh": "Wang", "en": "Wang"}),
    ],
    ids=["both", "one", "chinese", "english"],
)
def test_a_new_entity_comes_with_type_and_names(text: str, names: dict[str, str]) -> None:
    mention = read_mention(text, role="buyer")

    assert mention == {"role": "buyer", "id": "a", "type": "person", "names": names}


@pytest.mark.parametrize("text", ["a:person", "a::Wang", ":person:Wang"])
def test_half_an_entity_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="id:type"):
        read_mention(text, role="buyer")
