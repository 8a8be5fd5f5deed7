"""The words in which dates are phrased, in Chinese and in English."""

from typing import Final

from archive.dates.readings import Precision, Qualifier, Style
from archive.languages import Words

ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

NUMBERED: Final[dict[Precision, tuple[Words, ...]]] = {
    Precision.QUARTER: (
        Words(zh="第一季度", en="the first quarter of"),
        Words(zh="第二季度", en="the second quarter of"),
        Words(zh="第三季度", en="the third quarter of"),
        Words(zh="第四季度", en="the fourth quarter of"),
    ),
    Precision.SEASON: (
        Words(zh="春季", en="spring"),
        Words(zh="夏季", en="summer"),
        Words(zh="秋季", en="autumn"),
        Words(zh="冬季", en="winter"),
    ),
    Precision.HALF: (
        Words(zh="上半年", en="the first half of"),
        Words(zh="下半年", en="the second half of"),
    ),
}
NUMBERED_SHORT: Final[dict[Precision, tuple[Words, ...]]] = NUMBERED | {
    Precision.QUARTER: tuple(
        Words(zh=f"{zh}季度", en=f"Q{n}") for n, zh in enumerate("一二三四", start=1)
    ),
    Precision.HALF: (Words(zh="上半年", en="H1"), Words(zh="下半年", en="H2")),
}

PARTS: Final[dict[Precision, tuple[Words, ...]]] = {
    Precision.YEAR: (
        Words(zh="{}初", en="early {}"),
        Words(zh="{}中", en="mid-{}"),
        Words(zh="{}末", en="late {}"),
    ),
    Precision.MONTH: (
        Words(zh="{}上旬", en="early {}"),
        Words(zh="{}中旬", en="mid-{}"),
        Words(zh="{}下旬", en="late {}"),
    ),
    Precision.DECADE: (
        Words(zh="{}初期", en="the early {}"),
        Words(zh="{}中期", en="the mid-{}"),
        Words(zh="{}后期", en="the late {}"),
    ),
}
WEEK: Final = Words(zh="{}当周", en="the week of {}")
WEEKEND: Final = Words(zh="{}那个周末", en="the weekend of {}")

_IN_FULL: Final[dict[Qualifier, Words]] = {
    Qualifier.NONE: Words(zh="{}", en="{}"),
    Qualifier.APPROXIMATE: Words(zh="约{}", en="about {}"),
    Qualifier.UNCERTAIN: Words(zh="可能是{}", en="possibly {}"),
    Qualifier.BOTH: Words(zh="可能约为{}", en="possibly about {}"),
}
QUALIFIED: Final[dict[Style, dict[Qualifier, Words]]] = {
    Style.SHORT: _IN_FULL
    | {
        Qualifier.APPROXIMATE: Words(zh="约{}", en="c. {}"),
        Qualifier.UNCERTAIN: Words(zh="{}？", en="{}?"),
        Qualifier.BOTH: Words(zh="约{}？", en="c. {}?"),
    },
    Style.LONG: _IN_FULL,
    Style.SPOKEN: _IN_FULL,
}

_RELATIONS_IN_FULL: Final[dict[str, Words]] = {
    "between": Words(zh="{}至{}之间", en="between {} and {}"),
    "stretch": Words(zh="{}至{}", en="from {} to {}"),
    "since": Words(zh="自{}起", en="from {} onward"),
    "until": Words(zh="直到{}", en="until {}"),
    "since, end unknown": Words(zh="自{}起，止期不详", en="from {}, end unknown"),
    "until, start unknown": Words(zh="直到{}，起期不详", en="until {}, start unknown"),
    "before": Words(zh="不晚于{}", en="no later than {}"),
    "after": Words(zh="不早于{}", en="no earlier than {}"),
}
RELATIONS: Final[dict[Style, dict[str, Words]]] = {
    Style.SHORT: _RELATIONS_IN_FULL
    | {
        "stretch": Words(zh="{}至{}", en="{} – {}"),
        "since": Words(zh="{}起", en="since {}"),
    },
    Style.LONG: _RELATIONS_IN_FULL,
    Style.SPOKEN: _RELATIONS_IN_FULL,
}
NO_DATE: Final = Words(zh="日期不详", en="date unknown")
# The same as a person may type it, who knows that an event was, and of its date nothing.
NO_DATE_AS_TYPED: Final = frozenset(
    {
        *("unknown", "date unknown", "unknown date", "undated", "no date", "..", "../.."),
        *("不详", "未知", "日期不详", "日期未知", "日期未定", "时间不详", "时间未知"),
    }
)
LISTED: Final = {
    "all_of": (Words(zh="、", en=", "), Words(zh="和", en=" and ")),
    "one_of": (Words(zh="、", en=", "), Words(zh="或", en=" or ")),
}
