"""Search: two Chinese characters, one, the other script, beginnings of words, no injection."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.commands import retract
from archive.errors import NotFoundError
from archive.log import head
from archive.queries import (
    AsOf,
    Filters,
    Hits,
    entity,
    event,
    find_entities,
    near_entities,
    search,
    source_called,
    timeline,
)
from tests.builders import a_source, an_entity, an_event, recorded, scratch

BAICHUAN = an_entity("baichuan", zh="百川智能", en="Baichuan Intelligence")
ZHIPU = an_entity("zhipu-ai", zh="智谱华章", en="Zhipu AI")
POKEMON = an_entity("pokemon", zh="宝可梦", en="Pokémon Co")


def fill(connection: Connection) -> None:
    recorded(
        connection,
        [
            a_source("times", title="《华夏时报》大模型调查"),
            an_event(id="baichuan-founded", org=BAICHUAN, when="2023-04-10"),
            an_event(
                "model_released",
                id="released",
                developer=BAICHUAN,
                model=an_entity("baichuan-13b", "model", zh="百川13B", en="Baichuan-13B"),
                importance="landmark",
            ),
            an_event(id="zhipu-founded", org=ZHIPU, when="2019"),
            an_event("names_changed", id="names", entity=ZHIPU, aliases="智谱 | Zhipu | 智譜"),
            an_event(id="pokemon-founded", org=POKEMON),
        ],
    )


@pytest.fixture
def filled(connection: Connection) -> Connection:
    fill(connection)
    return connection


@pytest.mark.parametrize("text", ["x", "xb", "xbreakx", "ff", "\ufb03"])
def test_letters_that_begin_no_word_find_nothing(filled: Connection, text: str) -> None:
    recorded(filled, [an_event(id="xylon-founded", org=an_entity("xylon", en="Xylon"))])

    hits = search(filled, text=text, known=head(filled)[0])

    assert [row.id for row in hits.events] == ["xylon-founded"] * (text == "x")
    assert [one.id for one in hits.entities] == ["xylon"] * (text == "x")


def test_one_whose_note_mentions_the_name_comes_after_its_bearers_and_says_so(
    connection: Connection,
) -> None:
    app = an_entity("kuaishou", zh="快手", en="Kuaishou")
    founder = an_entity("su-hua", "person", zh="宿华", en="Su Hua")
    note = {"zh": "快手创始人", "en": "founder of Kuaishou"}
    recorded(
        connection,
        [
            an_event("role_started", id="one", person=founder, org=app, importance="landmark"),
            an_event("names_changed", id="two", entity=founder, name_kind="short", note=note),
        ],
    )

    hints = find_entities(connection, text="快手")

    assert [(one.ref.id, one.is_mentioning) for one in hints] == [
        ("kuaishou", False),
        ("su-hua", True),
    ]
    assert [one.is_mentioning for one in find_entities(connection, text="su hua")] == [False]
    assert [one.is_mentioning for one in find_entities(connection, text="kuaishou")][:1] == [False]


def found(connection: Connection, text: str) -> Hits:
    return search(connection, text=text, known=head(connection)[0])


FINDS = {
    "two characters": ("百川", ["baichuan", "baichuan-13b"]),
    "two characters from the middle": ("川智", ["baichuan"]),
    "the last two": ("智能", ["baichuan"]),
    "one character": ("川", ["baichuan", "baichuan-13b"]),
    "one at the beginning": ("百", ["baichuan", "baichuan-13b"]),
    "one at the end": ("能", ["baichuan"]),
    "all four": ("百川智能", ["baichuan"]),
    "traditional": ("智譜", ["zhipu-ai"]),
    "traditional that is nowhere written": ("華章", ["zhipu-ai"]),
    "an alias": ("智谱", ["zhipu-ai"]),
    "the beginning of a word": ("baich", ["baichuan", "baichuan-13b"]),
    "capitals": ("BAICHUAN", ["baichuan", "baichuan-13b"]),
    "full width": ("Ｂａｉｃｈｕａｎ", ["baichuan", "baichuan-13b"]),
    "a second word": ("intelligence", ["baichuan"]),
    "both words, the other order": ("intel baich", ["baichuan"]),
    "both scripts": ("百川 13b", ["baichuan-13b"]),
    "mixed without a blank": ("百川13B", ["baichuan-13b"]),
    "without its accent": ("pokemon", ["pokemon"]),
    "with another accent": ("pokèmon", ["pokemon"]),
    "words that do not stand side by side": ("智百", []),
    "a word and one that is nowhere": ("baichuan nowhere", []),
    "the end of a word": ("ntelligence", []),
}


@pytest.mark.parametrize(("text", "expected"), FINDS.values(), ids=FINDS)
def test_entities_are_found_by_any_of_their_names(
    filled: Connection, text: str, expected: list[str]
) -> None:
    hits = found(filled, text)

    assert sorted(ref.id for ref in hits.entities) == expected


def test_events_and_sources_are_found_too(filled: Connection) -> None:
    assert [row.id for row in found(filled, "百川").events] == ["baichuan-founded", "released"]
    assert found(filled, "百川").total == 2
    assert [ref.id for ref in found(filled, "华夏时报").sources] == ["times"]


def test_an_exact_name_comes_first(filled: Connection) -> None:
    assert found(filled, "百川智能").entities[0].id == "baichuan"
    assert found(filled, "Zhipu").entities[0].id == "zhipu-ai"


def test_what_was_recorded_later_was_not_found_before(filled: Connection) -> None:
    early = search(filled, text="智谱", known=2)

    assert early == Hits((), (), (), 0)
    assert search(filled, text="华夏", known=1).sources == ()


def test_a_retracted_event_is_not_found(filled: Connection) -> None:
    retract(filled, target="released", reason="x", recorded_by="tests")

    assert [row.id for row in found(filled, "百川").events] == ["baichuan-founded"]


@pytest.mark.parametrize("text", ["", " ", "，。", "'", '"', "* & |", "\x00", "😀"])
def test_no_words_find_nothing(filled: Connection, text: str) -> None:
    assert found(filled, text) == Hits((), (), (), 0)


@pytest.mark.parametrize(
    "text",
    [
        "baichuan OR zhipu",
        "baichuan | zhipu",
        "NOT zhipu",
        "NEAR(baichuan zhipu)",
        "tokens:zhipu",
        "zhipu:*A & !x",
        "'); DROP TABLE event; --",
        "zhipu' | 'x",
        '"zhipu" *',
        "x" * 5000,
        "百" * 5000,
        "a b " * 2000,
        "\\",
        "%_%",
    ],
)
def test_an_operator_is_a_word_like_any_other(filled: Connection, text: str) -> None:
    hits = found(filled, text)

    wide = {ref.id for ref in hits.entities}
    assert not {"baichuan", "zhipu-ai"} <= wide
    assert timeline(filled, filters=Filters(), known=head(filled)[0]).total == 4


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=25))
def test_any_text_may_be_searched_for(filled: Connection, text: str) -> None:
    hits = found(filled, text)

    assert hits.total == len(hits.events)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=st.integers(0, 3), length=st.integers(1, 4))
def test_every_part_of_a_chinese_name_finds_it(
    filled: Connection, start: int, length: int
) -> None:
    part = "百川智能"[start : start + length]

    assert "baichuan" in {ref.id for ref in found(filled, part).entities}


def test_an_entity_is_offered_with_what_tells_it_from_its_namesakes(filled: Connection) -> None:
    hint = find_entities(filled, text="百川", types=("organization",))[0]

    assert hint.ref.id == "baichuan"
    assert [words.en for words in hint.facts] == [
        "Baichuan-13B is released by Baichuan Intelligence",
        "Baichuan Intelligence is founded",
    ]
    assert find_entities(filled, text="智谱")[0].aliases == "智谱, Zhipu, 智譜"


def test_a_long_text_keeps_its_words_apart(shared: Engine) -> None:
    with scratch(shared) as connection:
        recorded(
            connection,
            [an_event(summary={"zh": "甲", "en": "beta"}, title={"zh": "乙", "en": "alpha"})],
        )

        assert found(connection, "乙甲").total == 0
        assert found(connection, "alpha beta").total == 1


def test_an_id_that_no_text_can_hold_is_one_of_nobody(filled: Connection) -> None:
    known = head(filled)[0]

    assert timeline(filled, filters=Filters(entity="a\x00"), known=known).total == 0
    assert timeline(filled, filters=Filters(source="a\x00"), known=known).total == 0
    with pytest.raises(NotFoundError):
        event(filled, id="a\x00", known=known)
    with pytest.raises(NotFoundError):
        source_called(filled, slug="a\x00", known=known)
    with pytest.raises(NotFoundError):
        entity(filled, id="a\x00", as_of=AsOf(date(2024, 1, 1), known))


@pytest.mark.parametrize(
    "text",
    ["baichuanzhineng", "bai chuan zhineng", "zhineng", "baichuan13b"[:8]],
)
def test_a_chinese_name_is_found_by_its_sound(filled: Connection, text: str) -> None:
    assert "baichuan" in [one.id for one in found(filled, text).entities]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("百川智能有限公司", "baichuan"),
        ("北京百川智能科技有限公司", "baichuan"),
        ("谁投资了智谱华章", "zhipu-ai"),
        ("Zhipu AI Inc.", "zhipu-ai"),
        ("百穿智能", "baichuan"),
        ("Pokemom Co", "pokemon"),
        ("zhipuai", "zhipu-ai"),
    ],
)
def test_where_no_name_matches_a_near_one_is_told(
    filled: Connection, text: str, meant: str
) -> None:
    hits = found(filled, text)

    assert hits.entities == ()
    assert hits.meant[0].id == meant


@pytest.mark.parametrize("text", ["xyzzy", "完全无关", "!!", "a"])
def test_what_is_like_no_name_means_nobody(filled: Connection, text: str) -> None:
    assert found(filled, text).meant == ()


def test_whoever_is_found_leaves_nobody_to_be_meant(filled: Connection) -> None:
    hits = found(filled, "百川")

    assert hits.entities
    assert hits.meant == ()


def test_a_name_not_yet_told_is_not_near(filled: Connection) -> None:
    now = head(filled)[0]
    told = event(filled, id="pokemon-founded", known=now).row.position

    assert search(filled, text="Pokemom Co", known=told).meant
    assert search(filled, text="Pokemom Co", known=told - 1).meant == ()


def test_of_types_that_do_not_fit_nobody_is_near(filled: Connection) -> None:
    assert near_entities(filled, text="百穿智能", types=("person",)) == ()
    assert near_entities(filled, text="百穿智能", types=("organization",))[0].is_near
