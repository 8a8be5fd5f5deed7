"""What is computed from several cells, on the seeds: terms of models, stakes, figures."""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection

from archive.cli.seed import seed_files
from archive.ingest import drafts_of, take_in
from archive.queries import (
    AsOf,
    LicenceRow,
    Range,
    Series,
    Verdict,
    head,
    licences,
    ownership_on,
    series_of,
)
from archive.storage import open_engine, reading, writing


@pytest.fixture(scope="module")
def seeded(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """An archive that holds the seeds and nothing else."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("computed") / "archive.db")
    engine = open_engine(f"sqlite:///{path}")
    files = [str(one) for one in seed_files()]
    with writing(engine) as connection:
        take_in(connection, drafts_of(files, stdin=sys.stdin.buffer), recorded_by="seed")
    with reading(engine) as connection:
        yield connection
    engine.dispose()


def as_of(connection: Connection, day: str) -> AsOf:
    return AsOf(date.fromisoformat(day), head(connection).position)


def terms(connection: Connection, model: str, day: str) -> LicenceRow:
    (found,) = licences(connection, as_of=as_of(connection, day), entity=model).rows
    return found


def test_chatglm2_is_free_once_registered_from_its_day_on(seeded: Connection) -> None:
    before = licences(seeded, as_of=as_of(seeded, "2023-07-13"), entity="chatglm2-6b").rows
    after = terms(seeded, "chatglm2-6b", "2023-07-14")

    assert all("commercial_use" not in row.cells for row in before)
    assert after.cells["commercial_use"].values[0].key == "free_after_registration"
    assert after.cells["conditions"].values[0].key == "registration"
    # No source says where its weights are, so that is told beside the grant.
    assert after.judgements["registration"].verdict is Verdict.POSSIBLE
    assert "weights not recorded" in after.judgements["registration"].reason.en
    assert after.judgements["free"].verdict is Verdict.OUT


def test_the_models_of_july_2023_by_definition(seeded: Connection) -> None:
    answer = licences(seeded, as_of=as_of(seeded, "2023-07-31"))

    met = {
        name: [row.entity.id for row in answer.rows if row.judgements[name].verdict is Verdict.IN]
        for name in ("osi", "free", "registration")
    }
    assert met == {
        "osi": [],
        "free": [],
        "registration": ["chatglm-6b"],
    }


def test_of_llama_2_and_baichuan_13b_no_source_tells_the_conditions(seeded: Connection) -> None:
    for model in ("llama-2", "baichuan-13b"):
        row = terms(seeded, model, "2024-04-30")

        assert row.cells["conditions"].values[0].key == "unknown"
        assert row.judgements["free"].verdict is Verdict.POSSIBLE


def test_light_years_beyond_is_of_meituans_group_with_what_it_holds(seeded: Connection) -> None:
    answer = ownership_on(seeded, as_of=as_of(seeded, "2023-07-31"))

    (group,) = [one for one in answer.groups if one.head.id == "meituan"]
    members = {one.id: share for one, share in group.members}
    assert members["light-years-beyond"] == Range(Decimal(100), Decimal(100))
    assert "oneflow" in members
    assert answer.overfull == ()


def test_meituan_owned_nothing_of_it_before_the_deal(seeded: Connection) -> None:
    answer = ownership_on(seeded, as_of=as_of(seeded, "2023-06-01"), entity="light-years-beyond")

    assert "meituan" not in {one.holder.id for one in answer.stakes}


def test_visits_of_chatgpt_fall_from_month_to_month(seeded: Connection) -> None:
    def is_growth(one: Series) -> bool:
        return one.entity.id == "chatgpt" and len(one.points) > 1

    found = series_of(seeded, as_of=as_of(seeded, "2023-12-31"), attribute="figures")

    (growth,) = filter(is_growth, found)
    assert [point.value.since for point in growth.points] == [f"2023-0{n}" for n in range(1, 7)]
    assert [point.middle for point in growth.points] == sorted(
        (point.middle for point in growth.points), reverse=True
    )


def test_the_two_losses_of_openai_in_2022_are_a_range(seeded: Connection) -> None:
    found = series_of(
        seeded, as_of=as_of(seeded, "2023-12-31"), attribute="figures", entity="openai"
    )

    (loss,) = [one for one in found if one.what.en == "loss" and len(one.points) > 1]
    assert {point.middle for point in loss.latest} == {Decimal(540000000), Decimal(544500000)}
    assert all(point.is_disputed for point in loss.latest)
    assert loss.is_apart
