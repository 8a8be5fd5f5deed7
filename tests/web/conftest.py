"""A site on a small archive, and a client that checks every HTML answer it gets."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, make_url
from typing_extensions import override
from werkzeug.test import TestResponse

from archive.settings import Settings
from archive.storage import open_engine
from archive.web import create_app
from tests.web.compiled import compile_once
from tests.web.stories import HOSTILE, tell_story

_REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")
# A tag of which one attribute begins where another ends.
_QUOTED = r"""(?:"[^"]*"|'[^']*')"""
_RUN_TOGETHER = re.compile(rf"""<[a-z](?:[^<>"']|{_QUOTED}(?=[\s/>]))*{_QUOTED}[^\s/>][^<>]*>""")
_ASKING = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")


class CheckingClient(FlaskClient):
    """A client that lets no HTML answer pass that breaks a law of the house."""

    @override
    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Ask as every client does, and look at what comes back."""
        response = super().open(*arguments, **options)
        if response.mimetype == "text/html" and response.data:
            check(response)
        return response


def check(response: TestResponse) -> None:
    """Demand well-formed tags, unique ids, references that lead somewhere, nothing unescaped."""
    text = response.get_data(as_text=True)
    document = BeautifulSoup(text, "html.parser")
    identities = Counter(str(part["id"]) for part in document.find_all(id=True))
    repeated = [name for name, count in identities.items() if count > 1]

    assert _RUN_TOGETHER.findall(text) == [], "attributes without a blank between them"
    assert repeated == [], "ids stand more than once"
    assert HOSTILE not in text, "input reached the page unescaped"
    asked = unquote_plus(response.request.full_path)
    if "<" in asked:
        assert asked.split("=", 1)[-1] not in text, "input reached the page unescaped"
    is_whole = document.find("html") is not None
    for part in document.find_all():
        check_element(part, identities=set(identities), is_whole=is_whole)


def check_element(part: Tag, *, identities: set[str], is_whole: bool) -> None:
    """Demand that *part* refers to what exists, and that htmx finds a target and a way without."""
    for name in _REFERRING:
        for wanted in str(part.get(name, "")).split():
            assert wanted in identities, f"<{part.name}> {name} refers to no #{wanted}"
    assert not any(name.startswith("on") for name in part.attrs), f"inline script on {part}"
    assert "style" not in part.attrs, f"inline style on {part}"
    if not any(name in part.attrs for name in _ASKING):
        return
    target = str(part.get("hx-target", "")) or inherited(part, "hx-target")
    assert target, f"htmx without a target: {part}"
    if is_whole and target.startswith("#"):
        assert target[1:] in identities, f"htmx target {target} does not exist"
    if part.name == "a":
        assert part.get("href"), f"a link that needs JavaScript: {part}"


def inherited(part: Tag, name: str) -> str:
    """Return what *part* has of an element around it that hands *name* down."""
    above = part.find_parent(attrs={f"{name}:inherited": True})
    return str(above[f"{name}:inherited"]) if above else ""


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """What all sites have alike is compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        compile_once(patch)
        yield


@pytest.fixture(scope="session")
def told_archive(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that holds the story, to be copied and never added to."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("told") / "archive.db")
    opened = open_engine(f"sqlite:///{path}")
    tell_story(opened)
    opened.dispose()
    return path


@pytest.fixture
def engine(sqlite_url: str, told_archive: Path) -> Iterator[Engine]:
    """The engine of an archive that holds the story."""
    shutil.copyfile(told_archive, str(make_url(sqlite_url).database))
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def app(sqlite_url: str, engine: Engine) -> Flask:  # noqa: ARG001 - the story must be told first
    """The site of that archive."""
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(Settings(database_url=sqlite_url, secret_key=secret))
    made.testing = True
    made.test_client_class = CheckingClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader who prefers English."""
    made = app.test_client()
    made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


@pytest.fixture
def empty_client(sqlite_url: str) -> FlaskClient:
    """A reader of an archive that holds nothing yet."""
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(Settings(database_url=sqlite_url, secret_key=secret))
    made.testing = True
    made.test_client_class = CheckingClient
    reader = made.test_client()
    reader.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return reader
