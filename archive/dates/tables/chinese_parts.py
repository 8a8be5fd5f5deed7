"""Chinese forms of dates: parts of periods, seasons, weeks, first and last days, holidays."""

from dataclasses import replace
from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.feasts import CHINESE_FEASTS, LONG_HOLIDAYS, lunar
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning import parts, reckoning
from archive.dates.meaning.members import Choice, Context, Member, Side
from archive.dates.meaning.parts import Part
from archive.dates.tables.numerals import number
from archive.dates.tables.rows import CHINESE_SEASONS, Gaps, Row, always, any_of, chinese, numbered

# A part that follows a named year, month, quarter …; some signs make other words of 初, 中, 底.
_PARTS: Final[tuple[tuple[Part, tuple[str, ...]], ...]] = (
    (
        Part.EARLY,
        ("初(?![步创次级见心学中高露])期?", "[季周]初", "早期", "伊始", "年头", "开年", "上旬"),
    ),
    (
        Part.MID,
        (
            "中(?![国央方文美东欧日韩俄印英法德小信兴芯科关旬下期型移概端试标间上共华])",
            "中期",
            "中旬",
        ),
    ),
    (Part.LATE, ("下旬",)),
    (
        Part.END,
        (
            "底(?![层部盘座线细蕴气])",
            "末(?![端日])",
            *("季底", "季末", "末期", "晚期", "后期", "尾声", "尾"),
        ),
    ),
    (Part.EARLY_MID, ("上中旬", "中上旬", "上、中旬")),
    (Part.MID_LATE, ("中下旬", "中、下旬")),
    (Part.FIRST_HALF, ("上半月", "前半月")),
    (Part.SECOND_HALF, ("下半月", "后半月")),
)
# Parts that also stand alone, of the year or month that runs; 上旬 of the latest month.
_BARE_PARTS: Final[tuple[tuple[Scale, Part, Choice, tuple[str, ...]], ...]] = (
    (Scale.YEAR, Part.EARLY, Choice.THIS, ("年初", "开年", "年头")),
    (Scale.YEAR, Part.MID, Choice.THIS, ("年中(?!国|心)",)),
    (Scale.YEAR, Part.END, Choice.THIS, ("年底", "年末", "岁末", "年尾", "岁尾")),
    (Scale.MONTH, Part.EARLY, Choice.THIS, ("月初",)),
    (Scale.MONTH, Part.MID, Choice.THIS, ("月中",)),
    (Scale.MONTH, Part.END, Choice.THIS, ("月底", "月末", "月尾")),
    (Scale.MONTH, Part.EARLY, Choice.LATEST, ("上旬",)),
    (Scale.MONTH, Part.MID, Choice.LATEST, ("中旬",)),
    (Scale.MONTH, Part.LATE, Choice.LATEST, ("下旬",)),
)
_SEASON_PARTS: Final = {
    "初": Part.EARLY,
    "仲": Part.MID,
    "盛": Part.MID,
    "深": Part.LATE,
    "晚": Part.LATE,
}
_RUN_UNITS: Final = {
    "个月": Scale.MONTH, "月": Scale.MONTH, "季度": Scale.QUARTER, "个季度": Scale.QUARTER,
    "周": Scale.WEEK, "天": Scale.DAY,
}  # fmt: skip
_LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_LUNAR_DAY: Final = any_of(
    "初[一二三四五六七八九十]",
    "(?:十|二十|廿)[一二三四五六七八九]?",
    "三十",
)
_NTH: Final = "(?P<nth>[一二三四五1-5]|首|最后一|末)"


def weekday_number(sign: str) -> int:
    """Return which day of the week a Chinese sign names, from 1, Monday."""
    return {"天": 7, "日": 7}.get(sign) or number(sign) or 0


def _season_number(gaps: Gaps) -> int:
    return CHINESE_SEASONS.index(gaps.text("name")) + 1


def _season(gaps: Gaps, _context: Context) -> Member:
    season = reckoning.season_of_year(_season_number(gaps))
    if len(gaps.whole().strip()) > 1:
        return season
    # One sign alone is a name or a figure of speech; after a year it is a season.
    return replace(season, cycle=None, side=Side.TRAILS)


def _part_of_season(gaps: Gaps, _context: Context) -> Member:
    season = reckoning.season_of_year(_season_number(gaps))
    cut = parts.part_of(_SEASON_PARTS[gaps.text("part")])

    def of(year: Period) -> Period | None:
        found = season.of(year)
        return cut(found) if found else None

    return Member(frozenset({Scale.YEAR}), Scale.PART, of, cycle=Scale.YEAR)


def _season_of_near_year(gaps: Gaps, context: Context) -> Period | None:
    year = context.ref.year + {"去": -1, "今": 0, "明": 1}[gaps.text("which")]
    return reckoning.dated(periods.season(year, _season_number(gaps)))


def _bare_part(scale: Scale, part: Part, bare: Choice) -> Member:
    return Member(frozenset({scale}), Scale.PART, parts.part_of(part), cycle=scale, bare=bare)


def _nth(gaps: Gaps) -> int:
    return -1 if gaps.text("nth") in {"最后一", "末"} else number(gaps.text("nth")) or 1


def _nth_week(gaps: Gaps, _context: Context) -> Member:
    of = parts.week_of(_nth(gaps))
    return Member(frozenset({Scale.MONTH}), Scale.PART, of, side=Side.TRAILS)


def _nth_weekday(gaps: Gaps, _context: Context) -> Member:
    of = parts.weekday_of_month(_nth(gaps), weekday_number(gaps.text("weekday")) - 1)
    return Member(frozenset({Scale.MONTH}), Scale.DAY, of, side=Side.TRAILS)


def _weekday(gaps: Gaps, _context: Context) -> Member:
    return reckoning.weekday_of_week(weekday_number(gaps.text("weekday")))


def _edge_day(*, last: bool) -> Member:
    return Member(parts.PARTED, Scale.DAY, parts.edge_day(last=last), side=Side.TRAILS)


def _first_units(gaps: Gaps, _context: Context) -> Member:
    scale, last = _RUN_UNITS[gaps.text("unit")], gaps.whole().startswith("最后")
    of = parts.run_of(scale, gaps.number("number"), last=last)
    if scale in {Scale.MONTH, Scale.QUARTER}:
        return Member(frozenset({Scale.YEAR}), Scale.PART, of, cycle=Scale.YEAR)
    return Member(frozenset({Scale.YEAR, Scale.MONTH}), Scale.PART, of, side=Side.TRAILS)


def _lunar_day(gaps: Gaps, _context: Context) -> Member:
    month = _LUNAR_MONTHS.get(gaps.text("lunar") or "正") or number(gaps.text("lunar")) or 0
    day = number(gaps.text("lunar_day").removeprefix("初")) or 0
    return reckoning.feast_of_year(lambda year: lunar(year, month, day))


_QUOTED: Final = ('[“"「]?', '[”"」]?')
_THAT_DAY: Final = any_of("当天", "当日", "[这那]一?天")
_HOLIDAY: Final = any_of("期间", "(?:假期|黄金周|小?长假)(?:期间)?")

CHINESE_PART_ROWS: Final[tuple[Row, ...]] = (
    *(
        chinese(any_of(*words), always(_bare_part(scale, part, bare)))
        for scale, part, bare, words in _BARE_PARTS
    ),
    *(
        chinese(any_of(*words), always(parts.part_member(part, side=Side.TRAILS)))
        for part, words in _PARTS
    ),
    chinese("(?:前(?!一)|头|最后) ?{number} ?(?P<unit>个月|月|个季度|季度)", _first_units),
    chinese("(?:前(?!一)|头|最后(?!一)) ?{number} ?(?P<unit>周|天)", _first_units),
    # Seasons.
    chinese("(?P<name>[春夏秋冬])(?:季|天|日)?(?![节晚运])", _season),
    chinese("(?P<part>[初仲盛深晚])(?P<name>[春夏秋冬])(?:季|天)?", _part_of_season),
    chinese("(?P<which>[去今明])(?P<name>[春夏秋冬])(?:季|天)?", _season_of_near_year),
    # Weeks, weekdays, first and last days.
    chinese("(?:周|星期|礼拜){weekday}(?!福|鸣)", _weekday),
    chinese("周末(?!画报|双休)|[这那该]个?周末", always(reckoning.weekend_of_week())),
    chinese("第 ?{number} ?周", numbered(reckoning.numbered_week, "number")),
    chinese(rf"的?第?{_NTH}个? ?(?:周|星期)(?![一二三四五六日天末])", _nth_week),
    chinese(rf"的?第?{_NTH}个 ?(?:周|星期|礼拜){{weekday}}", _nth_weekday),
    chinese("最后一[天日]|末日", always(_edge_day(last=True))),
    chinese("首[天日]|第一[天日]", always(_edge_day(last=False))),
    # Holidays.
    *(
        chinese(
            f"{{}}(?:{name}){{}}{_THAT_DAY}?".format(*_QUOTED), always(reckoning.feast_of_year(of))
        )
        for name, of in CHINESE_FEASTS.items()
    ),
    *(
        chinese(
            f"{{}}(?:{name}){{}}{_HOLIDAY}".format(*_QUOTED),
            always(reckoning.holiday_of_year(*long)),
        )
        for name, long in LONG_HOLIDAYS.items()
        if not name.isascii()
    ),
    chinese(
        rf"(?:农历|阴历|夏历)?(?P<lunar>[正冬腊]) ?月 ?(?P<lunar_day>{_LUNAR_DAY})", _lunar_day
    ),
    chinese(f"大年(?P<lunar_day>{_LUNAR_DAY})", _lunar_day),
    chinese(
        r"(?:农历|阴历|夏历)(?P<lunar>十[一二]|[一二三四五六七八九十]) ?月"
        rf" ?(?P<lunar_day>{_LUNAR_DAY})",
        _lunar_day,
    ),
)
