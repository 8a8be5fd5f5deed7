"""Every sentence of the site exists in Chinese, and what runs is what is written."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.architecture.checkout import ROOT

CATALOGUE = ROOT / "archive/web/translations/zh/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All that the code and the templates say, extracted anew."""
    path: Path = tmp_path_factory.mktemp("words") / "messages.pot"
    extract = ("extract", "--mapping-file=pyproject.toml", f"--output-file={path}", ".")
    babel = (sys.executable, "-m", "babel.messages.frontend", "--quiet")
    subprocess.run([*babel, *extract], check=True, cwd=ROOT)
    with path.open("rb") as stream:
        return read_po(stream)


def strings(said: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [said or ""] if isinstance(said, str) or said is None else list(said)


def test_every_sentence_has_its_chinese(catalogue: Catalog, template: Catalog) -> None:
    missing = [
        message.id
        for message in template
        if message.id and not ((found := catalogue.get(message.id)) and all(strings(found.string)))
    ]

    assert missing == []


def test_a_translation_names_the_same_values(catalogue: Catalog) -> None:
    wrong = [message.id for message in catalogue if message.id and message.check()]

    assert wrong == []


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_what_is_compiled_is_what_is_written(catalogue: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as stream:
        compiled = read_mo(stream)

    def said(words: Catalog) -> dict[str, list[str]]:
        return {
            strings(message.id)[0]: strings(message.string)
            for message in words
            if message.id and all(strings(message.string))
        }

    assert said(compiled) == said(catalogue)
