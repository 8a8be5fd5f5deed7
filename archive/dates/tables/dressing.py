"""What a date is dressed in without another meaning: hours, zones, weekdays in brackets."""

import re
from typing import Final

from archive.dates.tables.rows import any_of

_HOUR: Final = r"\d{1,2}(?:[:：]\d\d){1,2}(?:\.\d+)?"
_HOUR_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_ZONE: Final = any_of(
    "[ECMP][SD]?T", "UTC", "GMT", "BST", "CE?S?T", "JST", "KST", "HKT", "SGT", "IST", "AEST", "Z",
    "(?:Eastern|Central|Mountain|Pacific|local|Beijing|London|Tokyo)(?: Standard)?(?: time)?",
)  # fmt: skip
_ENGLISH_TIME: Final = any_of(
    "morning", "afternoon", "evening", "night", "noon", "midday", "midnight"
)
_CHINESE_TIME: Final = any_of(
    "凌晨", "清晨", "早晨", "早上", "早间", "上午", "中午", "正午", "午间", "午后", "下午", "傍晚",
    "晚上", "晚间", "夜间", "夜里", "深夜", "午夜", "盘前", "盘后", "盘中", "[收闭]盘后?",
    "收市后?",
    "开盘[时前后]?",
    "早盘", "尾盘", "零时", "[晚早夜晨午]",
)  # fmt: skip
_CHINESE_ZONE: Final = any_of(
    "当地", "北京", "美东", "美西", "太平洋", "东部", "伦敦", "东京", "欧洲", "美国东部", "美国"
)
_CHINESE_WEEKDAY: Final = "(?:本?周|星期|礼拜)[一二三四五六日天]"
_SHORT_WEEKDAY: Final = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"

_HOURS: Final = (
    rf"\d{{1,2}}\.\d\d[ ]?(?:[ap]\.?m\.?(?![a-z])|(?={_ZONE}))",
    rf"{_HOUR}(?:[ ]?[ap]\.?m\.?)?",
    r"\d{1,2}[ ]?[ap]\.?m\.?(?![a-z])",
    rf"[(]?{_ZONE}(?:[ ]?[+-]\d{{1,2}}(?::?\d\d)?)?[)]?(?![A-Za-z])",
    r"[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)",
    rf"(?:in the |the )?(?:early |late |mid-?)?{_ENGLISH_TIME}s?(?![a-z])",
    _CHINESE_TIME,
    rf"{_HOUR_NUMBER}[ ]?[时点](?:整|半|许|左右|多|[ ]?\d{{1,2}}[ ]?分?(?:许|左右)?|[ ]?钟)?",
    rf"{_CHINESE_ZONE}时间",
)
_WEEKDAYS: Final = (
    rf"[(（](?:{_CHINESE_WEEKDAY}|[月火水木金土日])[)）]",
    rf"{_CHINESE_WEEKDAY}(?![，,]?\d)",
    rf"[(（]{_SHORT_WEEKDAY}[)）]",
    r",?[ ](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?![a-z])",
)


def _dress(*pieces: str) -> re.Pattern[str]:
    lead = r"[ \t]*(?:,|，|at|around|about|@|T|-)?[ \t]*"
    return re.compile(f"(?:{lead}{any_of(*pieces)})+", re.IGNORECASE)


# "(Thursday)", （周四）: of the day before it.
BRACKETED_WEEKDAY: Final = re.compile(
    rf"[ \t]*[(（](?:{_CHINESE_WEEKDAY}|{_SHORT_WEEKDAY})[)）]", re.IGNORECASE
)
HOURS: Final = _dress(*_HOURS)
DRESS: Final = _dress(*_HOURS, *_WEEKDAYS)
