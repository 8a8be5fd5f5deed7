"""Our own script stays small: what the timeline loads, and every file of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

SCRIPTS: Final = Path(__file__).parents[2] / "static" / "js"
MOST_LINES: Final = 300
MOST_LINES_OF_A_FILE: Final = 160
_NEEDED_AT_ONCE: Final = re.compile(r'from "\./(\w+\.js)"')
_IMPORTED: Final = re.compile(r'(?:from |import\()"\./(\w+\.js)"')


def loaded(name: str, seen: set[str]) -> Iterator[str]:
    """Yield a script and all that it loads, at once or later, each once."""
    if name in seen:
        return
    seen.add(name)
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    yield text
    for other in _IMPORTED.findall(text):
        yield from loaded(other, seen)


def lines_of_code(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("//")]


def test_the_timeline_loads_few_lines_of_script() -> None:
    texts = list(loaded("timeline.js", set()))

    assert len(texts) > 1
    assert sum(len(lines_of_code(text)) for text in texts) <= MOST_LINES


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_a_script_is_one_short_room_that_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.startswith("// ")
    assert len(text.splitlines()) <= MOST_LINES_OF_A_FILE
    assert max(map(len, text.splitlines())) <= 115


@pytest.mark.parametrize("address", ["/", "/embed"])
def test_a_page_names_all_that_its_script_needs_at_once(client: FlaskClient, address: str) -> None:
    page = BeautifulSoup(client.get(address).data, "html.parser")

    named = {str(link["href"]) for link in page.select('link[rel="modulepreload"]')}

    script = str(page.select_one("script[type=module]")["src"])  # type: ignore[index] # it is there
    needed = {
        f"{script.rpartition('/')[0]}/{other}"
        for text in loaded("timeline.js", set())
        for other in _NEEDED_AT_ONCE.findall(text)
    }
    assert needed
    assert named == needed | {script}


def test_a_script_and_what_it_imports_are_kept_for_ever_under_their_version(
    client: FlaskClient,
) -> None:
    page = BeautifulSoup(client.get("/").data, "html.parser")
    named = [str(link["href"]) for link in page.select('link[rel="modulepreload"]')]
    other = "/static/js/0123456789ab/" + named[0].rpartition("/")[2]

    for address in named:
        with client.get(address) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
    with client.get(other) as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]
    assert client.get(f"{other}x").status_code == 404
