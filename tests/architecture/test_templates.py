"""Every template compiles, and every fragment is one element that bears its own name."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from archive.resources import folder
from archive.settings import Settings
from archive.web import create_app

TEMPLATES = folder("templates")
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
FRAGMENTS = sorted((TEMPLATES / "fragments").rglob("*.html"))

COMMENTS_AND_STATEMENTS = re.compile(r"{#.*?#}|{%.*?%}", re.DOTALL)
EXPRESSIONS = re.compile(r"{{.*?}}", re.DOTALL)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", re.IGNORECASE)


def named(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def app(sqlite_template: Path) -> Flask:
    address = f"sqlite:///{sqlite_template}"
    secret = "of a site that answers nobody"  # noqa: S105 — true to its words
    return create_app(Settings(database_url=address, secret_key=secret))


def test_there_are_templates_to_check() -> None:
    assert "layout.html" in ALL
    assert FRAGMENTS


@pytest.mark.parametrize("name", ALL)
def test_a_template_compiles_with_the_words_the_application_gives_it(
    name: str, app: Flask
) -> None:
    assert app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=named)
def test_a_fragment_is_one_element_named_like_its_file(fragment: Path) -> None:
    name = fragment.stem.replace("_", "-")
    plain = COMMENTS_AND_STATEMENTS.sub("", fragment.read_text(encoding="utf-8"))
    document = BeautifulSoup(EXPRESSIONS.sub("x", plain), "html.parser")

    roots = [part for part in document.contents if isinstance(part, Tag) or str(part).strip()]

    assert [type(root) for root in roots] == [Tag]
    identity = str(document.find().get("id"))  # type: ignore[union-attr] # the line above found it
    assert identity == name or identity.startswith(f"{name}-x")


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=named)
def test_a_fragment_says_first_what_it_takes(fragment: Path) -> None:
    before_the_element = fragment.read_text(encoding="utf-8").partition("<")[0]

    assert "{#" in before_the_element


@pytest.mark.parametrize("name", ALL)
def test_a_template_holds_no_inline_script_or_style(name: str) -> None:
    plain = COMMENTS_AND_STATEMENTS.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))

    assert INLINE.findall(plain) == []
