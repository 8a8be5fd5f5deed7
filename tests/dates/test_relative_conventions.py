"""What each phrase means that rests on the day of reading, or on what was said before it."""

import pytest

from archive.dates import read, read_article
from tests.dates.conventions import REF, rows_of

CONVENTIONS: dict[str, dict[str, str | None]] = {
    "a missing year is that of the latest begun": {
        "3月": "2023-03",
        "8月": "2023-08",
        "9月": "2022-09",
        "August 15": "2023-08-15",
        "August 16": "2022-08-16",
        "Q3": "2023-35",
        "四季度": "2022-36",
        "下半年": "2023-41",
        "8日": "2023-08-08",
        "the 20th": "2023-07-20",
        "in March": "2023-03",
        "in August": "2023-08",
        "in September": "2022-09",
        "8月15日": "2023-08-15",
        "8月16日": "2022-08-16",
        "三季度": "2023-35",
        "Q4": "2022-36",
        "H2": "2023-41",
        "15日": "2023-08-15",
        "20日": "2023-07-20",
        "the 8th": "2023-08-08",
        "冬季": "2022-24",
        "in the spring": "2023-21",
    },
    "a future word turns it round": {
        "will launch in September": "2023-09",
        "expected in March": "2024-03",
        "due in August": "2023-08",
        "scheduled for October 8": "2023-10-08",
        "将于9月发布": "2023-09",
        "预计3月": "2024-03",
        "计划8月": "2023-08",
        "拟于8月16日": "2023-08-16",
        "定于8月14日": "2024-08-14",
        "will ship in Q2": "2024-34",
        "将于二季度发布": "2024-34",
        "预计20日": "2023-08-20",
        "预计下半年": "2023-41",
    },
    "relative periods are counted from the day of reading": {
        "今年": "2023",
        "去年": "2022",
        "前年": "2021",
        "明年": "2024",
        "后年": "2025",
        "last month": "2023-07",
        "this quarter": "2023-35",
        "next year": "2024",
        "本月": "2023-08",
        "上月": "2023-07",
        "下月": "2023-09",
        "上季度": "2023-34",
        "年初": "[2023-01..2023-04]",
        "year-end": "[2023-09..2023-12]",
        "last October": "2022-10",
        "last winter": "2022-24",
        "next May": "2024-05",
        "this year": "2023",
        "last year": "2022",
        "this month": "2023-08",
        "next month": "2023-09",
        "last quarter": "2023-34",
        "next quarter": "2023-36",
        "本季度": "2023-35",
        "下季度": "2023-36",
        "去年10月": "2022-10",
        "今年12月": "2023-12",
        "明年3月": "2024-03",
        "年底": "[2023-09..2023-12]",
        "去年冬天": "2022-24",
    },
    "weeks are ISO weeks": {
        "last week": "[2023-08-07..2023-08-13]",
        "本周": "[2023-08-14..2023-08-20]",
        "下周": "[2023-08-21..2023-08-27]",
        "the week of March 9, 2022": "[2022-03-07..2022-03-13]",
        "上周末": "[2023-08-12..2023-08-13]",
        "the weekend": "[2023-08-12..2023-08-13]",
        "上周三": "2023-08-09",
        "本周三": "2023-08-16",
        "下周三": "2023-08-23",
        "last Tuesday": "2023-08-08",
        "next Tuesday": "2023-08-22",
        "this Monday": "2023-08-14",
        "Tuesday": "2023-08-15",
        "Wednesday": "2023-08-09",
        "this week": "[2023-08-14..2023-08-20]",
        "next week": "[2023-08-21..2023-08-27]",
        "上周": "[2023-08-07..2023-08-13]",
        "2022年3月9日当周": "[2022-03-07..2022-03-13]",
        "last weekend": "[2023-08-12..2023-08-13]",
        "last Wednesday": "2023-08-09",
        "next Wednesday": "2023-08-16",
        "this Friday": "2023-08-18",
        "周二": "2023-08-15",
        "周三": "2023-08-09",
        "上周日": "2023-08-13",
        "下周一": "2023-08-21",
    },
    "the unit of a distance is its precision": {
        "three days ago": "2023-08-12",
        "2周前": "[2023-07-31..2023-08-06]",
        "three months ago": "2023-05",
        "两年前": "2021",
        "半年前": "2023-02",
        "five years ago today": "2018-08-15",
        "五年前的今天": "2018-08-15",
        "三天前": "2023-08-12",
        "two weeks ago": "[2023-07-31..2023-08-06]",
        "3个月前": "2023-05",
        "two years ago": "2021",
        "half a year ago": "2023-02",
        "两周后": "[2023-08-28..2023-09-03]",
        "three months later": "2023-11",
        "三年后": "2026",
        "半年后": "2024-02",
    },
    "anaphora count from the day of reading when alone": {
        "次日": "2023-08-16",
        "翌日": "2023-08-16",
        "第二天": "2023-08-16",
        "当日": "2023-08-15",
        "同日": "2023-08-15",
        "前一天": "2023-08-14",
        "当月": "2023-08",
        "次月": "2023-09",
        "同年": "2023",
        "次年": "2024",
        "the next day": "2023-08-16",
        "that month": "2023-08",
        "the following year": "2024",
        "three days later": "2023-08-18",
        "同月": "2023-08",
        "当年": "2023",
        "三天后": "2023-08-18",
        "the same day": "2023-08-15",
        "the previous day": "2023-08-14",
        "the following month": "2023-09",
    },
    "earlier and later reach the day of reading": {
        "earlier this year": "[2023-01-01..2023-08-15]",
        "later this month": "[2023-08-15..2023-08-31]",
        "今年早些时候": "[2023-01-01..2023-08-15]",
        "本周晚些时候": "[2023-08-15..2023-08-20]",
        "earlier this month": "[2023-08-01..2023-08-15]",
        "earlier this week": "[2023-08-14..2023-08-15]",
        "later this year": "[2023-08-15..2023-12-31]",
        "本月早些时候": "[2023-08-01..2023-08-15]",
        "今年晚些时候": "[2023-08-15..2023-12-31]",
    },
}


@pytest.mark.parametrize(("words", "edtf"), rows_of(CONVENTIONS))
def test_words_mean_what_the_conventions_say(words: str, edtf: str | None) -> None:
    reading = read(words, ref=REF)

    assert (reading.edtf if reading else None) == edtf


# Each row is one text of sentences; what it hangs on stands in it.
IN_TEXT: dict[str, dict[tuple[str, ...], list[str]]] = {
    "a future word turns its own clause alone": {
        ("9月发布的手机，将于10月开售。",): ["2022-09", "2023-10"],
        ("Unveiled in September, it will ship in October.",): ["2022-09", "2023-10"],
        ("计划12月上市，但9月已推迟一次。",): ["2023-12", "2022-09"],
        ("It is due in December, but slipped in September.",): ["2023-12", "2022-09"],
    },
    "anaphora count from the date said last": {
        ("2022年3月5日发布。", "次日下架。"): ["2022-03-05", "2022-03-06"],
        ("2022年3月5日发布。", "同日涨价，前一天还在降价。"): [
            "2022-03-05",
            "2022-03-05",
            "2022-03-04",
        ],
        ("2022年3月成立。", "次月融资，同年上市，次年退市。"): [
            "2022-03",
            "2022-04",
            "2022",
            "2023",
        ],
        ("It was sold on March 5, 2022.", "The same day it closed."): ["2022-03-05"] * 2,
        ("It was sold on March 5, 2022.", "Three days later it closed."): [
            "2022-03-05",
            "2022-03-08",
        ],
        ("Founded in March 2022, it was sold that month.",): ["2022-03", "2022-03"],
        ("It was founded in 2019.", "The following year it went public."): ["2019", "2020"],
    },
    "a year is lent inside its sentence alone": {
        ("2016年2月成立；5月融资。",): ["2016-02", "2016-05"],
        ("2016年2月成立。", "5月融资。"): ["2016-02", "2023-05"],
        ("It was founded in February 2016; in May it raised money.",): ["2016-02", "2016-05"],
        ("It was founded in February 2016.", "In May it raised money."): ["2016-02", "2023-05"],
    },
}


@pytest.mark.parametrize(("sentences", "dates"), rows_of(IN_TEXT))
def test_words_in_a_text_mean_what_the_conventions_say(
    sentences: tuple[str, ...], dates: list[str]
) -> None:
    found = read_article(sentences, ref=REF)

    assert [one.reading.edtf for one in found] == dates
