"""A note that says the same in English and in Chinese is read in one of them."""

import pytest
from flask import Flask

from archive.web.frame.filters import one_tongue


@pytest.mark.parametrize(
    ("note", "chinese", "english"),
    [
        ("the day is stated / 日期明确", "日期明确", "the day is stated"),
        ("No date is given. 文中无日期。", "文中无日期。", "No date is given."),
        (
            "undated; before ChatGPT（早于ChatGPT问世）",
            "早于ChatGPT问世",
            "undated; before ChatGPT",
        ),
        (
            "before the festival (22 June) / 端午（6月22日）前，据上段",
            "端午（6月22日）前，据上段",
            "before the festival (22 June)",
        ),
        ("据华夏时报", "据华夏时报", "据华夏时报"),
        ("Wang（王慧文）", "Wang（王慧文）", "Wang（王慧文）"),
        ("as told", "as told", "as told"),
        ("", "", ""),
    ],
)
def test_each_reader_gets_the_own_language_and_nothing_is_lost_otherwise(
    app: Flask, note: str, chinese: str, english: str
) -> None:
    told = []
    for language in ("zh", "en"):
        with app.test_request_context(f"/?lang={language}"):
            told.append(one_tongue(note))

    assert told == [chinese, english]
