"""Sentences that follow each other on a line stand apart as the language of the reader has it."""

import re
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from archive.web.frame.translating import run_on
from tests.architecture.checkout import ROOT

CATALOGUE: Final = ROOT / "archive/web/translations/zh/LC_MESSAGES/messages.po"
TEMPLATES: Final = sorted((ROOT / "templates").rglob("*.html"))
# Words that a template says, then a blank, then what goes on in the same line.
GOING_ON: Final = re.compile(
    r'_?\(\s*"(?P<said>(?:[^"\\]|\\.)*)"[^{}]*\) -?\}\}(?:</(?:a|span|strong|em|b)>)?'
    r"\s+(?:\{\{ |<(?:a|code|q|strong|time) )"
)
PAGES: Final = [
    "/",
    "/?q=nowhere&group=deals",
    "/?from=1990&to=1991",
    "/state/2023-07-31?tab=models",
    "/state/1990-01-01",
    "/state?on=2023",
    "/state/2023-07-31?known=2031-01-01",
    "/compare/2023-06-01/2024-08-01",
    "/changes",
    "/entities/",
]


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh")


@pytest.mark.parametrize(("language", "told"), [("zh", "一句。两句。"), ("en", "One. Two.")])
def test_sentences_are_joined_by_the_language_they_are_in(
    app: Flask, language: str, told: str
) -> None:
    sentences = {"zh": ("一句。", "两句。"), "en": ("One.", "Two.")}[language]

    with app.test_request_context(f"/?lang={language}"):
        assert run_on(sentences) == told


def test_no_template_puts_a_blank_after_a_chinese_sentence(chinese: Catalog) -> None:
    loose = [
        (path.name, found["said"])
        for path in TEMPLATES
        for found in GOING_ON.finditer(path.read_text(encoding="utf-8"))
        if str(getattr(chinese.get(found["said"]), "string", "")).endswith(
            ("。", "：", "；", "，")
        )
    ]

    assert loose == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_in_chinese_has_a_blank_after_wide_punctuation(
    client: FlaskClient, address: str
) -> None:
    chinese = {"Accept-Language": "zh"}
    answer = client.get(address, headers=chinese, follow_redirects=True)
    page = BeautifulSoup(answer.data, "html.parser")
    lines = [
        " ".join(part.get_text().split())
        for part in page.select("p, h1, h2, h3, dt, dd, li > a, caption, figcaption, summary")
    ]

    assert any("。" in line for line in lines)
    assert [line for line in lines if re.search(r"[。：；，] \S", line)] == []
