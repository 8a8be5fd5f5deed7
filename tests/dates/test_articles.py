"""Running text read for its dates."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import read_article

REF = date(2023, 9, 6)
ARTICLES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("articles.jsonl").read_text("utf-8").splitlines()
]


def dates_in(*sentences: str, ref: date = REF) -> list[str]:
    return [found.reading.edtf for found in read_article(sentences, ref=ref)]


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_the_development_articles_give_their_dates(article: dict[str, Any]) -> None:
    found = read_article(article["sentences"], ref=date.fromisoformat(article["ref"]))

    assert [
        {
            "sentence": one.sentence,
            "words": article["sentences"][one.sentence][one.start : one.end],
            "edtf": one.reading.edtf,
        }
        for one in found
    ] == article["dates"]


def test_anaphora_hang_on_the_date_said_last() -> None:
    assert dates_in("发布会于2022年3月5日举行。", "次日，股价大涨。", "三天后，产品开售。") == [
        "2022-03-05",
        "2022-03-06",
        "2022-03-09",
    ]


def test_anaphora_in_english_hang_on_the_date_said_last() -> None:
    sentences = (
        "It came out on May 5, 2022.",
        "The next day it sold out; a week later it returned.",
    )

    assert dates_in(*sentences) == ["2022-05-05", "2022-05-06", "[2022-05-09..2022-05-15]"]


def test_a_year_is_lent_inside_its_sentence_alone() -> None:
    assert dates_in("2016年2月成立；5月融资。", "5月发布新品。") == [
        "2016-02",
        "2016-05",
        "2023-05",
    ]


def test_a_month_is_lent_to_a_day_inside_its_sentence() -> None:
    assert dates_in("6月23日开会，25日闭幕。") == ["2023-06-23", "2023-06-25"]


def test_a_future_word_turns_its_own_clause_alone() -> None:
    assert dates_in("10月发布的产品，将于12月开售。") == ["2022-10", "2023-12"]
    assert dates_in("It launched in October, and will ship in December.") == ["2022-10", "2023-12"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The RTX 4090 has 24 GB and costs $1,599.",
        "Windows Server 2022 and Office 2019 run on Ubuntu 22.04.",
        "It meets every Tuesday and Thursday from 9 a.m. to 5 p.m.",
        "May I ask whether the march of progress may slow?",
        "Theresa May and June Smith met April Ludgate.",
        "Sales rose 15-20% over the past three years.",
        "The H100 and the H2 database need 2000 watts.",
        "In fiscal 2023 and FY2024 the dividend rose.",
        "The court ruled within 30 days; support runs 24/7.",
        "Call 400-810-2022 before noon.",
        "He ate at Ruby Tuesday with Jan Koum and Sat TV staff.",
        "They said that June Huh and that Sunday Times column were wrong.",
        "PyCharm 2022.3 and the Audi Q3 shipped; the month-long trial ended.",
        "The 5th generation won the 20th prize in 2000 stores.",
        "It took 3 days, ranked 2022nd, and cost 1,2022 or 2022.5 dollars.",
        "It grew for the first time in two years over the next year.",
        "The first half of the game was dull in today's market.",
        "五月天与当年的他，首次季度盘点，第3日，5日均线，2023届。",
        "股价报618元，大半年后再看，2023世界大会，2022年13月。",
        "近日，多家公司宣布裁员；目前尚无时间表。",
        "70后创始人持股15%，估值20亿元，每股12.5元。",
        "活动每周二举行，为期三个月，每年3月报名。",
        "2023财年第三季度营收2477亿元。",
        "骁龙8 Gen 2售价1999元，续航12小时。",
        "过去三年营收翻倍，未来五年将投入50亿元。",
        "中国制造2025与十四五规划均有提及。",
        "月活用户破亿，日均调用3亿次，年薪百万。",
        "昆仑万维发布天工3号大模型，天工3号即将上线。",
        "开源模型“三维一号”开放权重，天宫一号升空。",
    ],
)
def test_numbers_names_and_lengths_are_no_dates(sentence: str) -> None:
    assert dates_in(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("Its Q3 revenue rose; the H2 chip did not.", ["2023-35"]),
        ("Sales fell on Mon. and rose again.", ["2023-09-04"]),
        ("二月，公司成立。", ["2023-02"]),
        ("618大促成交创新高。", ["2023-06-18"]),
        ("2016年上市，当年盈利。", ["2016", "2016"]),
        ("The (2019) paper, a 2021 study and the 2022 report.", ["2019", "2021", "2022"]),
        ("It opens in two years, he will say.", []),
        ("It will open in two years.", ["2025"]),
        ("Researchers warned as early as 2017.", ["2017"]),
        ("今年上半年亏损，去年同期盈利。", ["2023-40", "2022-40"]),
        ("公司周二表示，将于10月上市。", ["2023-09-05", "2023-10"]),
        ("公司3号宣布融资，会议改到5号。", ["2023-09-03", "2023-09-05"]),
        ("“三维一号”于9月1日开放权重，他说：“3号见。”", ["2023-09-01", "2023-09-03"]),
        ("定在十一号开幕。", ["2023-09-11"]),
    ],
)
def test_dates_that_look_like_names_and_numbers_are_found(sentence: str, edtf: list[str]) -> None:
    assert dates_in(sentence) == edtf


def test_both_orders_of_an_ambiguous_day_are_kept() -> None:
    found = read_article(["It closed on 02/08/2022 in London."], ref=REF)

    assert [one.edtf for one in found[0].reading.alternatives] == ["2022-02-08", "2022-08-02"]


def test_a_place_is_that_of_the_words_with_their_operator() -> None:
    sentence = "此前，截至2022年5月底，共有79个模型。"

    found = read_article([sentence], ref=REF)

    assert sentence[found[0].start : found[0].end] == "截至2022年5月底"


def test_a_sentence_is_read_up_to_its_cap() -> None:
    assert dates_in("长" * 600 + "2022年5月") == []


@pytest.mark.parametrize("text", ["2022年", "March 5, ", "1.2.", "上周", "by the end of ", "the "])
def test_hostile_sentences_are_read_to_an_end(text: str) -> None:
    found = read_article([(text * 16_000)[:16_000]], ref=REF)

    assert all(one.end <= 500 + len(text) for one in found)


SENTENCES = [sentence for article in ARTICLES for sentence in article["sentences"]]


@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(SENTENCES)), max_size=4))
def test_places_lie_inside_their_sentences_and_in_order(sentences: list[str]) -> None:
    found = read_article(sentences, ref=REF)

    places = [(one.sentence, one.start, one.end) for one in found]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(sentences[number]) for number, start, end in places)
    assert all(before[0] < after[0] or before[2] <= after[1] for before, after in pairwise(places))
