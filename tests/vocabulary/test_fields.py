"""Field types: what each takes and refuses, and that a key stands for exactly one value."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.errors import FieldError, RefusedError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.vocabulary import KINDS, UNKNOWN, FieldType
from archive.vocabulary.fields import (
    HELD,
    SHARE,
    Address,
    Bilingual,
    Choice,
    Choices,
    Flag,
    Licence,
    Nested,
    Period,
    Place,
    Region,
    Text,
    Venue,
)
from archive.vocabulary.texts import LONGEST_TEXT, SHORT_TEXT
from tests.builders import a_value

SORTS = {"none": Words("无", "none"), "one": Words("一", "one"), "two": Words("二", "two")}
COLOURS = {"red": Words("红", "red"), "green": Words("绿", "green"), "blue": Words("蓝", "blue")}

# Letters that hide something are refused: vocabulary/texts.py.
HIDING = "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
lines = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=HIDING),
    min_size=1,
    max_size=30,
).filter(str.strip)
LAWFUL: dict[str, tuple[FieldType, st.SearchStrategy[object]]] = {
    "text": (Text(), lines),
    "venue": (Venue(), st.one_of(lines, st.sampled_from(["HKEX", "nyse"]))),
    "place": (Place(), st.one_of(lines, st.sampled_from(["US", "CA", "Paris"]))),
    "bilingual": (Bilingual(), st.fixed_dictionaries({"zh": lines, "en": lines})),
    "one language": (Bilingual(), lines),
    "choice": (Choice(COLOURS), st.sampled_from(list(COLOURS))),
    "choices": (Choices(COLOURS), st.lists(st.sampled_from(list(COLOURS)), min_size=1)),
    "flag": (Flag(), st.booleans()),
    "period": (Period(), st.sampled_from(["2023", "2023-07", "2022/2023", "2023-07-14~"])),
    "licence": (
        Licence(),
        st.sampled_from(["MIT", "apache-2.0", "MIT OR Apache-2.0", "LicenseRef-Llama-2"]),
    ),
    "region": (Region(), st.sampled_from(["CN", "us", "worldwide", "Worldwide"])),
    "address": (Address(), st.sampled_from(["https://example.org/a", "http://例子.中国/"])),
}


@pytest.mark.parametrize(("field_type", "values"), LAWFUL.values(), ids=LAWFUL)
@given(data=st.data())
def test_reading_is_settled_after_once(
    data: st.DataObject, field_type: FieldType, values: st.SearchStrategy[object]
) -> None:
    canonical = field_type.read(data.draw(values), field="a")

    again = field_type.read(canonical, field="a")

    assert again == canonical
    assert field_type.key(again) == field_type.key(canonical)


@pytest.mark.parametrize(("field_type", "values"), LAWFUL.values(), ids=LAWFUL)
@given(data=st.data())
def test_two_values_have_one_key_only_if_they_are_the_same(
    data: st.DataObject, field_type: FieldType, values: st.SearchStrategy[object]
) -> None:
    one = field_type.read(data.draw(values), field="a")
    other = field_type.read(data.draw(values), field="a")
    assume("|" not in f"{one}{other}")  # the bar that parts the languages of a key

    same_key = field_type.key(one) == field_type.key(other)

    assert same_key is (one == other)


KEYED = {
    name: pair for name, pair in LAWFUL.items() if "language" not in name and name != "bilingual"
}


@pytest.mark.parametrize(("field_type", "values"), KEYED.values(), ids=KEYED)
@given(data=st.data())
def test_reading_a_key_gives_back_the_value(
    data: st.DataObject, field_type: FieldType, values: st.SearchStrategy[object]
) -> None:
    canonical = field_type.read(data.draw(values), field="a")

    assert field_type.read(field_type.key(canonical), field="a") == canonical


@given(both=st.fixed_dictionaries({"zh": lines, "en": lines}), locale=st.sampled_from(LOCALES))
def test_the_key_of_a_bilingual_text_gives_back_each_language(
    both: dict[str, str], locale: str
) -> None:
    assume("|" not in "".join(both.values()))
    value = Bilingual().read(both, field="a")
    assume(
        not re.search(r"[\u3400-\u9fff\uf900-\ufaff]", unicodedata.normalize("NFC", both["en"]))
    )

    assert Bilingual().words(Bilingual().key(value), locale) == both[locale].strip()


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("亚洲|Asia", "亚洲", "Asia"),
        ("Asia|亚洲", "亚洲", "Asia"),
        ("亚洲", "亚洲", "亚洲"),
        ("AT|T", "AT|T", "AT|T"),
        ("百模大战 | The Paper", "百模大战 | The Paper", "百模大战 | The Paper"),
        ("亚洲|Asia|欧洲", "亚洲|Asia|欧洲", "亚洲|Asia|欧洲"),
    ],
)
def test_a_text_typed_in_two_halves_goes_by_which_is_chinese(typed: str, zh: str, en: str) -> None:
    assert Bilingual().read(typed, field="a") == {"zh": zh, "en": en}


def test_what_was_kept_in_two_halves_keeps_its_key_and_is_told_in_its_language() -> None:
    kept = Bilingual().read({"zh": "亚洲|Asia", "en": "亚洲|Asia"}, field="a")

    key = Bilingual().key(kept)

    assert key == "亚洲|Asia"
    assert (Bilingual().words(key, "zh"), Bilingual().words(key, "en")) == ("亚洲", "Asia")


SAMPLES = {
    f"{kind.name}.{field.name}": (field.type, a_value(kind, field))
    for kind in KINDS.values()
    for field in kind.fields
    if not field.is_role and field.name != "event"
}


@pytest.mark.parametrize(("field_type", "raw"), SAMPLES.values(), ids=SAMPLES)
def test_the_key_of_every_field_can_be_said_in_both_languages(
    field_type: FieldType, raw: object
) -> None:
    key = field_type.key(field_type.read(raw, field="a"))

    assert key
    assert all(field_type.words(key, locale).strip() for locale in LOCALES)


REFUSED: dict[str, tuple[FieldType, object]] = {
    "text that is none": (Text(), " \n"),
    "text that is a number": (Text(), 5),
    "text too long": (Text(longest=10), "x" * 11),
    "text of a megabyte": (Text(), "x" * 10**6),
    "text with a NUL": (Text(), "a\x00b"),
    "half a letter": (Text(), "\ud800"),
    "a language we do not speak": (Bilingual(), {"fr": "un mot"}),
    "no language": (Bilingual(), {}),
    "an empty language": (Bilingual(), {"zh": "", "en": "a"}),
    "no such option": (Choice(COLOURS), "reed"),
    "no option at all": (Choices(COLOURS), []),
    "none and something": (Choices(SORTS), "none,one"),
    "one option of two": (Choices(COLOURS), "red,reed"),
    "perhaps": (Flag(), "perhaps"),
    "no date": (Period(), "someday"),
    "a date that the calendar lacks": (Period(), "2023-02-30"),
    "no licence": (Licence(), "Apach-2.0"),
    "a licence of nobody": (Licence(), "LicenseRef-!"),
    "a licence too long for an index": (Licence(), "LicenseRef-" + "x" * 3000),
    "a period too long for an index": (Period(), "[" + ",".join(["2023-01-01"] * 300) + "]"),
    "no country": (Region(), "XQ"),
    "a script": (Address(), "javascript:alert(1)"),
    "no host": (Address(), "https://"),
    "an open bracket": (Address(), "https://[x"),
    "no event": (Nested(), "x"),
}


@pytest.mark.parametrize(("field_type", "raw"), REFUSED.values(), ids=REFUSED)
def test_what_a_field_cannot_take_is_refused_by_name_in_both_languages(
    field_type: FieldType, raw: object
) -> None:
    with pytest.raises(RefusedError) as refused:
        field_type.read(raw, field="colour")

    error = refused.value
    assert isinstance(error, FieldError | UnknownNameError)
    assert error.field.split(".")[0] == "colour"
    assert error.words("zh") != error.words("en")
    assert len(error.words("zh")) < 1000


NEAREST: dict[str, tuple[FieldType, str, str]] = {
    "option": (Choice(COLOURS), "gren", "green"),
    "licence": (Licence(), "Apache-2", "Apache-2.0"),
    "region": (Region(), "worldwid", "worldwide"),
}


@pytest.mark.parametrize(("field_type", "raw", "nearest"), NEAREST.values(), ids=NEAREST)
def test_an_unknown_name_is_refused_with_the_nearest(
    field_type: FieldType, raw: str, nearest: str
) -> None:
    with pytest.raises(UnknownNameError) as refused:
        field_type.read(raw, field="colour")

    assert nearest in refused.value.nearest
    assert nearest in refused.value.words("zh")


def test_a_licence_is_spelt_as_spdx_spells_it() -> None:
    assert Licence().read("apache-2.0", field="a") == "Apache-2.0"
    assert Licence().read("mit or apache-2.0", field="a") == "MIT OR Apache-2.0"


def test_options_stand_in_the_order_of_the_vocabulary_and_once() -> None:
    assert Choices(COLOURS).read("blue, red,blue", field="a") == ["red", "blue"]
    assert Choices(COLOURS).words("red,blue", "zh") == "红、蓝"


def test_none_is_a_choice_that_stands_alone() -> None:
    assert Choices(SORTS).read("none", field="a") == ["none"]
    assert Choices(SORTS).read(["two", "one"], field="a") == ["one", "two"]


def test_an_unknown_value_is_said_in_both_languages() -> None:
    kinds = [field.type for kind in KINDS.values() for field in kind.fields if not field.is_role]
    spoken = {each.words(UNKNOWN, "zh") for each in kinds if each.widget in {"amount", "licence"}}

    assert spoken == {"未知", "未披露"}
    assert HELD.words(UNKNOWN, "en") == SHARE.words(UNKNOWN, "en") == "undisclosed"


@pytest.mark.parametrize("share", ["100", "0", ">=51", "30..40", "不超过100%", {"exact": "100.0"}])
def test_one_holder_may_have_all_of_it(share: object) -> None:
    assert HELD.read(share, field="share") == SHARE.read(share, field="share")


@pytest.mark.parametrize("share", ["150", "100.01", "-5", "30..140", ">=101", {"min": "150"}])
def test_nobody_holds_more_than_all_or_less_than_nothing(share: object) -> None:
    with pytest.raises(FieldError, match="0 to 100"):
        HELD.read(share, field="share")


def test_what_an_older_log_says_of_a_share_is_still_read_and_said() -> None:
    assert HELD.words("150", "en") == "150%"
    assert SHARE.read("150", field="owners") == {"exact": "150"}


def test_a_region_is_named_in_both_languages() -> None:
    assert Region().words("CN", "en") == "China"
    assert Region().words("worldwide", "zh") == "全球"


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ("HKEX", "香港交易所", "Hong Kong Stock Exchange"),
        ("nasdaq", "纳斯达克", "Nasdaq"),
        ("SSE STAR", "上交所科创板", "SSE STAR Market"),
        ("SZSE ChiNext", "深交所创业板", "SZSE ChiNext"),
        ("东京证券交易所", "东京证券交易所", "Tokyo Stock Exchange"),
        ("Börse Frankfurt", "Börse Frankfurt", "Börse Frankfurt"),
    ],
)
def test_a_venue_that_is_known_is_named_in_both_languages_and_kept_as_typed(
    typed: str, chinese: str, english: str
) -> None:
    kept = Venue().read(typed, field="venue")

    assert kept == typed
    assert [Venue().words(Venue().key(kept), one) for one in LOCALES] == [chinese, english]


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ("US", "美国", "United States"),
        ("FR", "法国", "France"),
        ("CA", "CA", "CA"),
        ("Paris", "Paris", "Paris"),
    ],
)
def test_a_seat_that_is_surely_a_countrys_code_is_named_in_both_languages(
    typed: str, chinese: str, english: str
) -> None:
    assert Place().read(typed, field="seat") == typed
    assert [Place().words(typed, one) for one in LOCALES] == [chinese, english]


def test_texts_that_become_cells_fit_into_an_index() -> None:
    # A server's index takes 2704 bytes, a Chinese letter 3: two languages and some more must fit.
    assert SHORT_TEXT * 2 * 3 + 300 < 2704
    assert LONGEST_TEXT > SHORT_TEXT
