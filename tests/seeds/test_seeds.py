"""The seeds: what the articles say, once each, cited, and how it reads on the days asked for."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import yaml
from sqlalchemy import Connection

from archive.cli.seed import seed_files
from archive.dates import bounds
from archive.ingest import drafts_of, take_in
from archive.queries import AsOf, StateRow, event, head, state
from archive.resources import folder
from archive.storage import open_engine, reading, writing

Item: TypeAlias = Mapping[str, object]

# How many paragraphs (lines that are not empty) each article has.
PARAGRAPHS: Final = {
    "000_9e2ff0efb83ee42c": 52,
    "001_163e6e853f9a0655": 44,
    "002_04d92bc97021a6f7": 81,
    "003_4d9dd17f961e9747": 106,
    "004_5514aa9bf653647a": 71,
}
FIRST, LAST = date(2016, 1, 1), date(2024, 4, 30)
SUMMER, SPRING = date(2023, 7, 31), date(2024, 4, 30)


def items(path: str, section: str) -> list[Item]:
    with (folder("seeds") / path).open(encoding="utf-8") as stream:
        return list(yaml.safe_load(stream)[section])


EVENTS: Final = [one for name in PARAGRAPHS for one in items(f"events/{name}.yaml", "events")]
ENTITIES: Final = items("entities.yaml", "entities")
CORRECTIONS: Final = items("corrections.yaml", "events")


def part(item: Item, name: str) -> Item:
    found = item.get(name) or {}
    assert isinstance(found, dict)
    return found


def claims(item: Item) -> list[Item]:
    found = item["claims"]
    assert isinstance(found, list)
    return found


def mentioned(item: Item) -> Iterator[str]:
    for given in part(item, "entities").values():
        yield from given if isinstance(given, list) else [str(given)]


def corrected() -> list[Item]:
    return [one for one in CORRECTIONS if one["kind"] == "claim_corrected"]


@pytest.fixture(scope="module")
def seeded(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """An archive that holds the seeds and nothing else."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("seeded") / "archive.db")
    engine = open_engine(f"sqlite:///{path}")
    files = [str(one) for one in seed_files()]
    with writing(engine) as connection:
        take_in(connection, drafts_of(files, stdin=sys.stdin.buffer), recorded_by="seed")
    with reading(engine) as connection:
        yield connection
    engine.dispose()


def rows(connection: Connection, entity: str, day: date) -> dict[tuple[str, str], StateRow]:
    """Return what the archive holds of *entity* on *day*, by attribute and member."""
    as_of = AsOf(day, head(connection).position)
    found = state(connection, as_of=as_of, entity=entity, limit=10).rows
    return {(row.attribute, row.member): row for row in found}


def values(connection: Connection, entity: str, day: date, attribute: str) -> dict[str, list[str]]:
    """Return the keys of one attribute's values on *day*, by member."""
    return {
        member: [value.key for value in row.values]
        for (name, member), row in rows(connection, entity, day).items()
        if name == attribute
    }


def test_the_seeds_are_about_four_hundred_events_and_two_hundred_entities() -> None:
    kinds = Counter(str(one["kind"]) for one in EVENTS)

    assert 400 <= len(EVENTS) <= 440
    assert len(ENTITIES) > 120
    assert len(kinds) >= 20


def test_each_article_is_the_first_source_of_many_events() -> None:
    first = Counter(str(claims(one)[0]["source"]) for one in EVENTS)

    assert set(first) == set(PARAGRAPHS)
    assert min(first.values()) >= 40


@pytest.mark.parametrize("listed", [EVENTS + CORRECTIONS, ENTITIES], ids=["events", "entities"])
def test_no_id_is_given_twice(listed: list[Item]) -> None:
    times = Counter(str(one["id"]) for one in listed)

    assert max(times.values()) == 1, times.most_common(3)


def test_the_sources_are_the_five_articles() -> None:
    assert [one["id"] for one in items("sources.yaml", "sources")] == list(PARAGRAPHS)


def test_every_claim_cites_paragraphs_that_its_article_has() -> None:
    cited = [claim for one in EVENTS + CORRECTIONS if "claims" in one for claim in claims(one)]

    for claim in cited:
        locator = str(claim["locator"])
        numbers = [int(number) for number in re.findall(r"¶(\d+)", locator)]
        assert re.fullmatch(r"¶\d+(, ¶\d+)*", locator), claim
        assert all(1 <= number <= PARAGRAPHS[str(claim["source"])] for number in numbers), claim


def test_an_event_cites_each_source_once_and_stands_in_the_file_of_the_first() -> None:
    for name in PARAGRAPHS:
        for one in items(f"events/{name}.yaml", "events"):
            sources = [str(claim["source"]) for claim in claims(one)]
            assert sources[0] == name, one["id"]
            assert len(set(sources)) == len(sources), one["id"]


def test_every_entity_is_of_some_event_and_every_event_of_known_entities() -> None:
    corrections = [part(part(one, "data"), "event") for one in corrected()]
    used = {slug for one in [*EVENTS, *corrections] for slug in mentioned(one)}

    assert used == {str(one["id"]) for one in ENTITIES}


def test_no_two_entities_share_a_name() -> None:
    names = Counter[str]()
    for one in ENTITIES:
        aliases = one.get("aliases") or []
        assert isinstance(aliases, list)
        names.update({str(name).casefold() for name in (one["zh"], one["en"], *aliases)})

    assert not [name for name, times in names.items() if times > 1]


def test_every_entity_and_event_speaks_both_languages() -> None:
    for one in ENTITIES:
        assert all([one["zh"], one["en"], part(one, "note")["zh"], part(one, "note")["en"]]), one
    for one in EVENTS:
        for field in ("title", "summary"):
            assert all([part(one, field)["zh"], part(one, field)["en"]]), one["id"]


def test_titles_fit_a_list() -> None:
    for one in EVENTS:
        title = part(one, "title")
        assert len(str(title["zh"])) <= 28, one["id"]
        assert len(str(title["en"])) <= 80, one["id"]


def test_no_event_lies_outside_the_years_that_the_archive_covers() -> None:
    for one in EVENTS:
        days = bounds(str(part(one, "occurred")["edtf"]))
        assert days.earliest is None or days.earliest >= FIRST, one["id"]
        assert days.latest is None or FIRST <= days.latest <= LAST, one["id"]
        assert days.earliest or days.latest, one["id"]


def test_each_dispute_is_between_events_that_are_there() -> None:
    ids = {str(one["id"]) for one in EVENTS}
    disputes = [one for one in CORRECTIONS if one["kind"] == "claim_disputed"]

    assert len(disputes) >= 7
    for one in disputes:
        rivals = str(part(one, "data")["claims"]).split(", ")
        assert len(rivals) >= 2
        assert set(rivals) <= ids, one["id"]


def test_a_correction_keeps_all_of_its_target_but_what_it_corrects() -> None:
    originals = {str(one["id"]): one for one in EVENTS}

    assert len(corrected()) == 2
    for one in corrected():
        data = part(one, "data")
        before, after = originals[str(data["target"])], part(data, "event")
        changed = {name for name in before if before[name] != after.get(name)}
        assert changed == {"entities", "title", "summary"}
        assert part(before, "entities") == {**part(after, "entities"), "licensor": "baai"}


def test_seeding_twice_is_seeding_once(seeded: Connection) -> None:
    files = [str(one) for one in seed_files()]

    report = take_in(seeded, drafts_of(files, stdin=sys.stdin.buffer), recorded_by="seed")

    assert report.created == 0
    assert report.already == head(seeded).position


@pytest.mark.parametrize("model", ["chatglm-6b", "chatglm2-6b"])
def test_the_misattributed_licence_reads_as_it_was_known_before_and_after(
    seeded: Connection, model: str
) -> None:
    known = head(seeded).position
    name = f"2023-07-14-{model}-free-commercial-use"
    recorded, correction = event(seeded, id=name, known=known).versions

    before = event(seeded, id=name, known=correction.position - 1).row
    after = event(seeded, id=name, known=known).row

    assert recorded.position < correction.position
    assert [one.id for one in before.entities if one.role == "licensor"] == ["baai"]
    assert [one.id for one in after.entities if one.role == "licensor"] == ["zhipu-ai"]
    assert after.is_corrected


def test_rival_claims_are_told_as_disputed(seeded: Connection) -> None:
    known = head(seeded).position

    for name in ("2022-openai-loss-540m", "2022-openai-net-loss-544.5m"):
        assert event(seeded, id=name, known=known).row.is_disputed


def test_light_years_beyond_is_meituans_from_its_sale_on(seeded: Connection) -> None:
    before = values(seeded, "light-years-beyond", date(2023, 6, 1), "owners")
    after = values(seeded, "light-years-beyond", SUMMER, "owners")

    assert before == {}
    assert after == {"meituan": ["100"]}


@pytest.mark.parametrize(
    ("model", "terms"),
    [
        ("baichuan-13b", "free"),
        ("llama-2", "free"),
        ("chatglm-6b", "free_after_registration"),
        ("chatglm2-6b", "free_after_registration"),
    ],
)
def test_the_open_models_of_july_2023_may_be_used_commercially(
    seeded: Connection, model: str, terms: str
) -> None:
    known = rows(seeded, model, SUMMER)

    assert rows(seeded, model, date(2023, 7, 10)).get(("commercial_use", "")) is None
    assert [value.key for value in known["commercial_use", ""].values] == [terms]
    assert known["commercial_use", ""].standing == "certain"


def test_a_vague_claim_blurs_no_exact_release(seeded: Connection) -> None:
    eve = values(seeded, "ernie-bot", date(2023, 3, 15), "status")
    launch = rows(seeded, "ernie-bot", date(2023, 3, 16))["status", ""]

    assert eve == {"": ["in_development"]}
    assert [value.key for value in launch.values] == ["launched"]
    assert launch.standing == "certain"
    assert rows(seeded, "pangu", SUMMER)["status", ""].standing == "certain"


def test_mostaque_may_lead_stability_ai_until_late_march_2024(seeded: Connection) -> None:
    assert values(seeded, "stability-ai", SUMMER, "officers") == {"ceo": ["emad-mostaque"]}
    assert values(seeded, "stability-ai", date(2024, 3, 25), "officers") == {
        "ceo": ["vacant", "emad-mostaque"]
    }
    assert values(seeded, "stability-ai", SPRING, "officers") == {"ceo": ["vacant"]}


def test_wang_huiwen_sits_on_meituans_board_until_his_resignation(seeded: Connection) -> None:
    assert values(seeded, "meituan", date(2023, 6, 24), "board") == {
        "wang-huiwen": ["wang-huiwen"]
    }
    assert values(seeded, "meituan", date(2023, 6, 25), "board") == {}


def test_what_was_paid_in_over_years_counts_as_no_closed_round(seeded: Connection) -> None:
    assert values(seeded, "openai", SPRING, "total_raised") == {}
    assert values(seeded, "openai", SPRING, "valuation") == {
        "market_cap": ["~30000000000 USD"],
        "rumour": ["~4000000000 USD"],
    }
