"""checkpoint, prove and verify --against: what is needed to trust a log that others keep."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, document, fill
from tests.ingest.samples import a_deal, a_source, an_event, lines

CHECK = Path(__file__).parents[1] / "log" / "check_proof.py"


@pytest.fixture(autouse=True)
def _key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server's archive has no file beside which a key could lie."""
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "key"))


@pytest.fixture
def filled(archive: Run) -> Run:
    """The program on a filled archive that is sealed with that key."""
    fill(archive)
    return archive


def proven(*proofs: str, kept: Path) -> bool:
    files = [kept.with_name(f"{number}.json") for number in range(len(proofs))]
    for file, proof in zip(files, proofs, strict=True):
        file.write_text(proof, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", CHECK, *files, kept], check=False)
    return done.returncode == 0


def test_a_checkpoint_kept_outside_vouches_for_the_log(filled: Run, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"

    printed = filled("checkpoint")
    kept.write_text(printed.stdout, encoding="utf-8")
    verified = filled("verify", "--against", str(kept))

    assert printed.exit_code == verified.exit_code == 0, verified.stderr
    assert printed.stdout.splitlines()[1] == "3"
    assert "3 of them sealed" in verified.stderr
    assert document(filled("verify", "--json"))["sealed"] == 3


def test_the_key_is_made_once_and_for_its_owner_alone(filled: Run, tmp_path: Path) -> None:
    first, second = filled("checkpoint", "--public-key"), filled("checkpoint", "--json")

    assert document(second)["key"] == first.stdout.strip()
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".key")]


def test_the_log_of_another_archive_is_told_from_this_one(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(filled("checkpoint").stdout, encoding="utf-8")
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "other"))
    other = filled("checkpoint", "--public-key").stdout.strip()

    refused = filled("verify", "--against", str(kept), "--key", other)

    assert refused.exit_code == 1
    assert "no valid signature" in refused.stderr


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "No backup holds the key"), ("zh_CN.UTF-8", "备份不含密钥")]
)
def test_where_the_key_was_not_restored_it_is_said_how_to_name_it(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(filled("checkpoint").stdout, encoding="utf-8")
    key = filled("checkpoint", "--public-key").stdout.strip()
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "made-after-the-restore"))
    filled("checkpoint", "--public-key")

    refused = filled("verify", "--against", str(kept), locale=locale)
    given = filled("verify", "--against", str(kept), "--key", key)
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "key"))
    brought_back = filled("verify", "--against", str(kept))

    assert refused.exit_code == 1
    assert all(part in refused.stderr for part in (said, "--key", "ARCHIVE_SIGNING_KEY", key[:20]))
    assert given.exit_code == brought_back.exit_code == 0, given.stderr


def test_without_a_key_no_checkpoint_is_taken_for_true(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(filled("checkpoint").stdout, encoding="utf-8")
    key = filled("checkpoint", "--public-key").stdout.strip()
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "gone"))

    refused = filled("verify", "--against", str(kept))
    given = filled("verify", "--against", str(kept), "--key", key)

    assert refused.exit_code == 1
    assert "--key" in refused.stderr
    assert given.exit_code == 0, given.stderr


def test_an_event_and_the_growth_of_the_log_are_proven(filled: Run, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(filled("checkpoint").stdout, encoding="utf-8")
    event = json.loads(filled("export").stdout.splitlines()[1])["id"]
    filled("record", "org_founded", "--set", "org=b:organization:B", "--when", "2024",
           "--source", "paper")  # fmt: skip

    inclusion, growth = filled("prove", event), filled("prove", "--from", str(kept))

    assert inclusion.exit_code == growth.exit_code == 0, growth.stderr
    assert proven(growth.stdout, kept=kept)
    assert proven(growth.stdout, inclusion.stdout, kept=kept)
    assert not proven(inclusion.stdout, kept=kept)
    other = inclusion.stdout.replace(event, "another")
    assert not proven(growth.stdout, other, kept=kept)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("prove", "nobody"), 1, "nobody"),
        (("prove",), 2, "--from"),
        (("verify", "--key", "nonsense"), 1, "name+id+base64"),
        (("prove", "--from", "-"), 1, "archive checkpoint"),
    ],
    ids=["an unknown event", "nothing", "no key", "no checkpoint"],
)
def test_what_cannot_be_proven_is_said(
    filled: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    result = filled(*arguments, stdin="no checkpoint at all")

    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr


def test_an_empty_archive_has_no_checkpoint(archive: Run) -> None:
    result = archive("checkpoint")

    assert result.exit_code == 1
    assert "no event" in result.stderr


def test_a_server_is_asked_where_its_key_lies(
    archive: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ARCHIVE_SIGNING_KEY")
    held = archive("ingest", "-", stdin=lines(a_source(), an_event(), a_deal()))
    assert held.exit_code == 0, held.stderr

    result = archive("checkpoint")

    is_file = (tmp_path / "archive.db").exists()
    assert result.exit_code == (0 if is_file else 1)
    assert ("ARCHIVE_SIGNING_KEY" in result.stderr) is not is_file
    assert (tmp_path / "archive.db-key").exists() is is_file


def test_a_follower_prints_what_export_prints(filled: Run) -> None:
    followed = filled("follow", "--after", "1", "--limit", "2")

    assert followed.exit_code == 0, followed.stderr
    assert followed.stdout.splitlines() == filled("export").stdout.splitlines()[1:]


@pytest.mark.parametrize(("locale", "said"), [("C", "0 to 3"), ("zh_CN.UTF-8", "0 至 3")])
def test_a_follower_from_beyond_the_end_is_told_and_does_not_wait(
    filled: Run, locale: str, said: str
) -> None:
    refused = filled("follow", "--after", "99", "--limit", "1", locale=locale)

    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert said in refused.stderr
