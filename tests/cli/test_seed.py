from archive.cli.seed import seed_files
from tests.cli.conftest import Run, document


def test_sources_and_entities_are_loaded_before_what_mentions_them() -> None:
    names = [path.name for path in seed_files()]

    assert names[:2] == ["sources.yaml", "entities.yaml"]
    assert len(names) == len(set(names)) > 5


def test_seeding_twice_is_seeding_once(small: Run) -> None:
    first, second = small("seed"), small("seed")

    assert first.exit_code == second.exit_code == 0
    assert "0 were already there" in first.stderr
    assert second.stderr.startswith("0 events are new")
    assert document(small("timeline", "--json", "--limit", "1"))["total"] > 280


def test_seeding_goes_on_where_names_and_events_were_corrected(small: Run) -> None:
    small("seed")
    event = document(small("timeline", "--json", "--limit", "1"))["events"][0]["id"]
    reason = ("--reason", "read again")
    renamed = small(
        "record", "names_changed", "--set", "entity=meituan", "--set", "en=Meituan Inc.",
        "--when", "2026-11-22",
    )  # fmt: skip
    corrected = small("correct", event, "--summary-en", "In other words.", *reason)

    again = small("seed")

    assert renamed.exit_code == corrected.exit_code == again.exit_code == 0, again.stderr
    assert again.stderr.startswith("0 events are new")
