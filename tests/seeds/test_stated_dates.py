"""The dates of the seeds, read again from the words of the articles."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import yaml

from archive.dates import Reading, bounds, read, read_article
from archive.resources import folder


class Stated(NamedTuple):
    """A date as a seed keeps it: which article says it, in which words, and what it was put at."""

    article: str
    words: str
    edtf: str


class Settled(NamedTuple):
    """What the reader makes of such words alone or after their anchor, and why the seed stands."""

    reading: str | None
    reason: str


# Words that hang on a date named before them; a full stop where that is in another sentence.
ANCHORS: Final = {
    Stated("000", "当时", "2023-04"): "今年4月。",
    Stated("000", "两个月之后", "2023-04"): "今年2月",
    Stated("000", "当日", "[2023-06-01..2023-06-21]"): "今年端午节前",
    Stated("000", "半个月后", "[2023-05-16..2023-06-15]"): "今年5月。",
    Stated("001", "同年6月", "2020-06"): "2020年初",
    Stated("002", "这期间", "[2023-02-07..2023-03-16]"): "今年2月7号，3月16号。",
    Stated("002", "那时候", "[2023-02-07..2023-03-16]"): "今年2月7号，3月16号。",
    Stated("002", "25日晚", "2023-06-25"): "6月23日。",
}

UP_TO_PUBLICATION: Final = "told as past, so not after the day of the article"
NOT_SAID: Final = "no date in itself; what it hangs on was found by a person"
SHARE_OF_A_SERIES: Final = "one month each of the five, in the order of the five figures"
SETTLED: Final = {
    Stated("000", "前几天", "[2023-06-20..2023-06-28]"): Settled(
        None, "a few days before the news: one to nine"
    ),
    Stated("000", "辩论之后", "[2023-06-26..2023-06-29]"): Settled(None, NOT_SAID),
    Stated("000", "不到半个小时", "2023-06-26"): Settled(None, NOT_SAID),
    Stated("000", "当时", "2023-04"): Settled(None, NOT_SAID),
    Stated("000", "从2月", "2023-02/2023-06"): Settled(
        "2023-02/..", "the sentence goes on: it ended when the founder left"
    ),
    Stated("000", "今年端午节前", "[2023-06-01..2023-06-21]"): Settled(
        "[..2023-06-21]", "the paragraph before speaks of June"
    ),
    Stated("000", "当日", "[2023-06-01..2023-06-21]"): Settled(
        "2023-06-22", "the day of the sale, which is before the feast, not the feast's own"
    ),
    Stated("000", "半个月后", "[2023-05-16..2023-06-15]"): Settled(
        "2023-06-15", "half a month after some day of May, not after its last"
    ),
    Stated("001", "中间最高时", "[2022-09-01..2023-07-25]"): Settled(None, NOT_SAID),
    Stated("001", "之后最高", "[2023-01-01..2023-07-28]"): Settled(None, NOT_SAID),
    **{
        Stated("001", "2023年前5个月", f"2023-{month:02}"): Settled(
            "2023-01/2023-05", SHARE_OF_A_SERIES
        )
        for month in range(1, 6)
    },
    Stated("001", "2023", "[2023-01-01..2023-07-28]"): Settled("2023", UP_TO_PUBLICATION),
    Stated("002", "2023年", "[2023-01-01..2023-08-02]"): Settled("2023", UP_TO_PUBLICATION),
    Stated("002", "3月份", "[2023-03-01..2023-04-14]"): Settled(
        "2023-03", "decided on two weeks after the wave of March"
    ),
    Stated("002", "年前", "[..2023-01-21]"): Settled(None, "before the lunar new year"),
    Stated("002", "年后3个月", "2023-04~"): Settled(None, "three months after the lunar new year"),
    Stated("002", "7月19日", "[2023-07-19..2023-08-02]"): Settled(
        "2023-07-19", "the day of the gain; the comment on it came that day or after"
    ),
    Stated("002", "2023年中", "[2023-05-01..2023-08-02]"): Settled(
        "[2023-05..2023-08]", UP_TO_PUBLICATION
    ),
    Stated("002", "这期间", "[2023-02-07..2023-03-16]"): Settled(None, NOT_SAID),
    Stated("002", "那时候", "[2023-02-07..2023-03-16]"): Settled(None, NOT_SAID),
    Stated("002", "6月份", "[2023-06-01..2023-06-23]"): Settled(
        "2023-06", "told before the rumour of 23 June"
    ),
    Stated("002", "25日晚", "2023-06-25"): Settled(
        "2023-07-25", "a month is lent inside a sentence only; the one before names June"
    ),
    Stated("002", "那期间", "2023-06~"): Settled(None, NOT_SAID),
    Stated("002", "2023年初至今", "[2023-01-01..2023-08-02]"): Settled(
        "2023-01/..", UP_TO_PUBLICATION
    ),
    Stated("003", "2023年年8月", "2023-08"): Settled(
        None, "a slip of the article: 年 stands twice"
    ),
    Stated("003", "今年", "[2024-01-01..2024-04-30]"): Settled("2024", UP_TO_PUBLICATION),
    Stated("003", "前几天", "[2024-03-23..2024-04-29]"): Settled(
        None, "a few days before an article of April: one to nine"
    ),
    Stated("003", "刚结束", "[2024-04-01..2024-04-30]"): Settled(
        None, "after the end of March, for which it gave figures"
    ),
    Stated("004", "2021年后", "[2022-01-01..2023-07-31]"): Settled(
        "[2022-01-01..]", UP_TO_PUBLICATION
    ),
    Stated("004", "过去三年", "2020/2022"): Settled(
        None, "a length of time; the last three whole years"
    ),
}


def documents(pattern: str, section: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder("seeds").glob(pattern)):
        yield from yaml.safe_load(path.read_text("utf-8"))[section]


def published() -> dict[str, date]:
    """Return the day against which each article is read: the last on which it may have come out.

    A mark of doubt at the end of a date widens nothing.
    """
    days = {
        one["id"][:3]: bounds(one["published"]) for one in documents("*sources.yaml", "sources")
    }
    return {article: span.latest for article, span in days.items() if span.latest}


def stated() -> set[Stated]:
    found: set[Stated] = set()
    for event in documents("events/*.yaml", "events"):
        occurred = event["occurred"]
        if words := occurred.get("stated"):
            found.add(Stated(event["claims"][0]["source"][:3], words, occurred["edtf"]))
    return found


def reading_of(one: Stated, ref: date) -> Reading | None:
    """Return the last date that *one* names, read after its anchor where it has one."""
    anchor = ANCHORS.get(one)
    if anchor is None:
        return read(one.words, ref=ref, lang="zh")
    *before, here = anchor.split("。")
    number = len(before)
    last = f"{here}，{one.words}。" if here else one.words
    places = read_article([*before, last], ref=ref)
    found = [place.reading for place in places if place.sentence == number]
    named = len(read_article([here], ref=ref)) if here else 0
    return found[-1] if len(found) > named else None


def differences() -> dict[Stated, str | None]:
    days, found = published(), {}
    for one in stated():
        reading = reading_of(one, days[one.article])
        span = bounds(one.edtf)
        if reading is None or (reading.earliest, reading.latest) != (span.earliest, span.latest):
            found[one] = reading.edtf if reading else None
    return found


def test_many_seeds_keep_the_words_of_their_date() -> None:
    assert len(stated()) > 80
    assert set(ANCHORS) <= stated()


def test_the_words_read_again_give_the_date_of_the_seed_or_a_person_has_said_why_not() -> None:
    found = differences()

    assert found == {one: settled.reading for one, settled in SETTLED.items()}


def test_each_settled_difference_has_its_reason() -> None:
    assert all(settled.reason for settled in SETTLED.values())
