"""Chinese dates counted from the day of reading, or from the date said before."""

from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.days import moved
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning import parts, reckoning
from archive.dates.meaning.members import Choice, Context, Member, Side, chosen
from archive.dates.tables.chinese_parts import weekday_number
from archive.dates.tables.rows import CHINESE_SEASONS, Gaps, Row, chinese

_SCALES: Final = {
    "天": Scale.DAY, "日": Scale.DAY, "周": Scale.WEEK, "星期": Scale.WEEK, "礼拜": Scale.WEEK,
    "个星期": Scale.WEEK, "个礼拜": Scale.WEEK, "个月": Scale.MONTH, "个季度": Scale.QUARTER,
    "年": Scale.YEAR, "个年头": Scale.YEAR, "载": Scale.YEAR, "世纪": Scale.CENTURY,
    "个世纪": Scale.CENTURY,
}  # fmt: skip
_UNIT: Final = rf"(?P<unit>{'|'.join(sorted(_SCALES, key=len, reverse=True))})"

# Words that mean one period counted from the day of reading.
_FROM_TODAY: Final[tuple[tuple[str, Scale, int], ...]] = (
    ("大前天", Scale.DAY, -3),
    ("前天|前日", Scale.DAY, -2),
    ("昨[天日晚夜晨]|昨儿", Scale.DAY, -1),
    ("今[天日晚晨夜早](?!头条|资本|网红)|今儿|本日|即日", Scale.DAY, 0),
    ("明[天日晚晨早]|明儿", Scale.DAY, 1),
    ("后[天日]", Scale.DAY, 2),
    ("大后天", Scale.DAY, 3),
    ("上上个?(?:周|星期|礼拜)(?!末)", Scale.WEEK, -2),
    ("(?:上个?|上一个?)(?:周|星期|礼拜)(?!末)", Scale.WEEK, -1),
    ("(?:本|这个?|这一)(?:周|星期|礼拜)(?:内|里)?(?!末)", Scale.WEEK, 0),
    ("(?:下个?|下一个?)(?:周|星期|礼拜)(?!末)", Scale.WEEK, 1),
    ("下下个?(?:周|星期|礼拜)(?!末)", Scale.WEEK, 2),
    ("上上个?(?:周末|星期末)", Scale.WEEKEND, -2),
    ("上个?周末|上星期末", Scale.WEEKEND, -1),
    ("(?:本|这个?)周末", Scale.WEEKEND, 0),
    ("下个?周末", Scale.WEEKEND, 1),
    ("下下个?周末", Scale.WEEKEND, 2),
    ("上上个?月", Scale.MONTH, -2),
    ("上个?月份?|上一个?月", Scale.MONTH, -1),
    ("(?:本|这个?|今)月(?:份|内)?", Scale.MONTH, 0),
    ("下个?月份?|下一个?月", Scale.MONTH, 1),
    ("下下个?月", Scale.MONTH, 2),
    ("上上个?季度?", Scale.QUARTER, -2),
    ("上个?季度?(?!报)|上一个?季度?", Scale.QUARTER, -1),
    ("(?:本|这个?|这一)季度?(?!报)", Scale.QUARTER, 0),
    ("下个?季度?|下一个?季度?", Scale.QUARTER, 1),
    ("大前年", Scale.YEAR, -3),
    ("前年", Scale.YEAR, -2),
    ("去年(?:度|全年)?|上年度?|上一年度?", Scale.YEAR, -1),
    (
        r"今年(?:度|全年|之内|以内|内)?|本年度?|(?<![\d几数多一二两三四五六七八九十])年内",
        Scale.YEAR,
        0,
    ),
    ("明年(?:度|全年|内)?|来年|下一年度?", Scale.YEAR, 1),
    ("后年", Scale.YEAR, 2),
    ("大后年", Scale.YEAR, 3),
    ("上个?世纪", Scale.CENTURY, -1),
    ("本世纪", Scale.CENTURY, 0),
)
# Words that mean one period counted from the date said before.
_FROM_ANCHOR: Final[tuple[tuple[str, Scale, int], ...]] = (
    ("前一[天日晚]", Scale.DAY, -1),
    ("当[天日晚夜](?!前)|同[日天]|(?:那|该|这)一?天|该日|同一天|当日晚", Scale.DAY, 0),
    ("次[日晨]|翌[日晨]|第二[天日]|隔[天日]|后一[天日]|(?<!周)转天(?!数)", Scale.DAY, 1),
    ("第三[天日]", Scale.DAY, 2),
    ("前一个?周|前一个?星期", Scale.WEEK, -1),
    ("当周|同周|同一周|那一?周|该周", Scale.WEEK, 0),
    ("次周|翌周|第二周|后一周", Scale.WEEK, 1),
    ("当个?周末|那个周末", Scale.WEEKEND, 0),
    ("前一个?月", Scale.MONTH, -1),
    ("当月|同月|同一?个?月|那个?月|该月", Scale.MONTH, 0),
    ("次月|翌月|第二个月|隔月|后一个?月", Scale.MONTH, 1),
    ("前一个?季度", Scale.QUARTER, -1),
    ("当季度?|同季度?|同一季度|该季度?", Scale.QUARTER, 0),
    ("次季度?|后一个?季度", Scale.QUARTER, 1),
    ("前一年|早一年", Scale.YEAR, -1),
    ("当年(?!度)|同年|同一年|那一?年|该年", Scale.YEAR, 0),
    ("次年|翌年|第二年|转年|后一年|隔年|来年", Scale.YEAR, 1),
    ("第三年", Scale.YEAR, 2),
)
# Not 2022年前, which is before that year, nor the 14日前 of a month.
_COUNT: Final = (
    r"(?!(?:1[0-9]|20)\d\d ?年)(?!\d+ ?日 ?(?:之前|以前|前))(?<![年月])(?<![年月][ ]){number}"
)
_AGO: Final = r"(?:之前|以前|前)(?![几数后\d三两])"
_AFTER: Final = r"(?:之后|以后|过后|后)"
_DAY_SAME: Final = "的?(?:今天|今日|同一天|这一天|当天)"
_MONTH_AND_A_HALF: Final = "个半月"
_DAYS_OF_HALF_A_MONTH: Final = 15


def _distance(gaps: Gaps) -> tuple[Scale, int]:
    if gaps.text("unit") == _MONTH_AND_A_HALF:
        return Scale.DAY, 30 * gaps.number("number") + _DAYS_OF_HALF_A_MONTH
    scale, count = _SCALES[gaps.text("unit")], gaps.number("number")
    if gaps.text("half") and scale is Scale.YEAR:
        return Scale.MONTH, 12 * count + 6
    return scale, count


def _is_vague(count: str) -> bool:
    """两三年 is no number of years."""
    return len(count) > 1 and not count.isascii() and not set(count) & set("十百廿卅")


def _with_year(period: Period | None) -> Period | None:
    yearly = {Scale.YEAR, Scale.DECADE, Scale.CENTURY}
    return periods.dated(period) if period and period.scale in yearly else period


def _ago(gaps: Gaps, context: Context) -> Period | None:
    if _is_vague(gaps.text("number")):
        return None
    scale, count = _distance(gaps)
    return _with_year(reckoning.away(scale, -count, of=context.ref))


def _later(gaps: Gaps, context: Context) -> Period | None:
    if _is_vague(gaps.text("number")):
        return None
    scale, count = _distance(gaps)
    return reckoning.distant(scale, count)(gaps, context)


def _ago_today(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.same_day(scale, -count, of=context.ref)


def _later_today(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.same_day(scale, count, of=context.ref)


def _half_a_year_ago(_gaps: Gaps, context: Context) -> Period | None:
    return reckoning.away(Scale.MONTH, -6, of=context.ref)


def _half_a_month_ago(_gaps: Gaps, context: Context) -> Period | None:
    return reckoning.away(Scale.DAY, -_DAYS_OF_HALF_A_MONTH, of=context.ref)


def _year_today(gaps: Gaps, context: Context) -> Period | None:
    count = {"去": -1, "前": -2, "明": 1}[gaps.text("which")]
    return reckoning.same_day(Scale.YEAR, count, of=context.ref)


def _numbered_today(gaps: Gaps, context: Context) -> Period | None:
    """Return 今（21）日, where the number is that of the day."""
    count = {"昨": -1, "今": 0, "明": 1}[gaps.text("which")]
    found = reckoning.away(Scale.DAY, count, of=context.ref)
    return found if found and found.first.day == gaps.number("day") else None


def _weekday_of_week(gaps: Gaps, context: Context) -> Period | None:
    words = gaps.text("which")
    count = words.count("下") - words.count("上")
    week = reckoning.away(Scale.WEEK, count, of=context.ref)
    weekday = weekday_number(gaps.text("weekday"))
    return week and periods.day(moved(week.first, days=weekday - 1))


def _weekday_of_anchor(gaps: Gaps, context: Context) -> Period | None:
    count = {"次": 1, "当": 0}[gaps.text("which")]
    week = reckoning.anaphoric(Scale.WEEK, count)(gaps, context)
    weekday = weekday_number(gaps.text("weekday"))
    return week and periods.day(moved(week.first, days=weekday - 1))


def _season_near(gaps: Gaps, context: Context) -> Period | None:
    season = reckoning.season_of_year(CHINESE_SEASONS.index(gaps.text("name")) + 1)
    which = gaps.text("which")
    choice = {"上": Choice.LAST, "下": Choice.NEXT}.get(which[0], Choice.THIS)
    return chosen(season, context.ref, choice)


def _shifted(scale: Scale, count: int) -> Member:
    def of(period: Period) -> Period | None:
        return reckoning.away(scale, count, of=period.last if count > 0 else period.first)

    return Member(_ANY, scale, of, side=Side.TRAILS)


_ANY: Final = frozenset(Scale)
_EVENTFUL: Final = frozenset({Scale.DAY, Scale.PART, Scale.WEEKEND, Scale.WEEK})


def _after_event(gaps: Gaps, _context: Context) -> Member:
    scale, count = _distance(gaps)
    return _shifted(scale, count)


def _before_event(gaps: Gaps, _context: Context) -> Member:
    scale, count = _distance(gaps)
    return _shifted(scale, -count)


def _week_of(_gaps: Gaps, _context: Context) -> Member:
    return Member(frozenset({Scale.DAY}), Scale.WEEK, parts.week_holding, side=Side.TRAILS)


def _weekend_of(_gaps: Gaps, _context: Context) -> Member:
    def of(period: Period) -> Period | None:
        return periods.weekend(period.first)

    return Member(frozenset({Scale.DAY}), Scale.WEEKEND, of, side=Side.TRAILS)


def _so_far(_gaps: Gaps, context: Context) -> Member:
    return Member(parts.PARTED, Scale.PART, parts.so_far(context), side=Side.TRAILS)


def _to_come(_gaps: Gaps, context: Context) -> Member:
    return Member(parts.PARTED, Scale.PART, parts.to_come(context), side=Side.TRAILS)


def _neighbour(scale: Scale, count: int) -> Member:
    return _shifted(scale, count)


_COMPARED: Final = {Scale.MONTH, Scale.QUARTER, Scale.HALF, Scale.YEAR}


def _same_a_year_before(_gaps: Gaps, context: Context) -> Period | None:
    """Return 去年同期: the period said last, a year before; nothing where none was said."""
    said = context.sentence[0] if context.sentence else None
    if said is None or said.scale not in _COMPARED:
        return None
    year_before = reckoning.away(Scale.MONTH, -12, of=said.first)
    found = reckoning.here(said.scale, year_before.first) if year_before else None
    return reckoning.dated(found)


CHINESE_RELATIVE_ROWS: Final[tuple[Row, ...]] = (
    *(chinese(words, reckoning.relative(scale, count)) for words, scale, count in _FROM_TODAY),
    *(chinese(words, reckoning.anaphoric(scale, count)) for words, scale, count in _FROM_ANCHOR),
    chinese(
        "(?P<which>上上|上一|上|本|这一|这|下下|下一|下)个?(?:周|星期|礼拜){weekday}",
        _weekday_of_week,
    ),
    chinese("(?P<which>次|当)周(?:的)?(?:周|星期)?{weekday}", _weekday_of_anchor),
    chinese("(?P<which>上个?|上一个|这个?|下个?|下一个)(?P<name>[春夏秋冬])[天季]", _season_near),
    chinese("(?:去年|上年)度?同期", _same_a_year_before),
    # Distances.
    chinese(rf"{_COUNT} {_UNIT}(?P<half>半)? {_AGO}", _ago),
    chinese(rf"{_COUNT} (?P<half>){_UNIT} {_AFTER}", _later),
    chinese(rf"{_COUNT} {_UNIT}(?P<half>半) {_AFTER}", _later),
    chinese(rf"{_COUNT} (?P<half>)(?P<unit>个半月) {_AGO}", _ago),
    chinese(rf"{_COUNT} (?P<half>)(?P<unit>个半月) {_AFTER}", _later),
    chinese(rf"半年 {_AGO}", _half_a_year_ago),
    chinese(rf"半年 {_AFTER}", reckoning.distant(Scale.MONTH, 6)),
    chinese(rf"半个月 {_AGO}", _half_a_month_ago),
    chinese(rf"半个月 {_AFTER}", reckoning.distant(Scale.DAY, _DAYS_OF_HALF_A_MONTH)),
    chinese(rf"{_COUNT} {_UNIT}(?P<half>半)? {_AGO}{_DAY_SAME}", _ago_today),
    chinese(rf"{_COUNT} {_UNIT}(?P<half>半)? {_AFTER}{_DAY_SAME}", _later_today),
    chinese(r"(?P<which>[今昨明])[(（]{day} ?日?[)）][日天]?", _numbered_today),
    chinese("(?P<which>[去前明])年(?:的)?(?:今天|今日|同一天|这一天|此日)", _year_today),
    # Near a date that stands before.
    chinese(rf"{_AFTER}(?:的)?(?:第)? ?{{number}} (?P<half>)个?{_UNIT}", _after_event),
    chinese(rf"(?:之前|前)(?:的)? ?{{number}} (?P<half>)个?{_UNIT}", _before_event),
    chinese("(?:的)?(?:次日|翌日|第二天|后一天|隔天)", lambda _gaps, _: _neighbour(Scale.DAY, 1)),
    chinese("(?:的)?(?:前一天|前一日|前日|前夜|前夕)", lambda _gaps, _: _neighbour(Scale.DAY, -1)),
    chinese("(?:的)?(?:前一周|前一星期)", lambda _gaps, _: _neighbour(Scale.WEEK, -1)),
    chinese("(?:的)?(?:后一周|次周)", lambda _gaps, _: _neighbour(Scale.WEEK, 1)),
    chinese("(?:的)?(?:次月|后一个?月)", lambda _gaps, _: _neighbour(Scale.MONTH, 1)),
    chinese("(?:的)?(?:次年|后一年|翌年)", lambda _gaps, _: _neighbour(Scale.YEAR, 1)),
    chinese("(?:的)?(?:当周|那一?周|这一?周|所在的?(?:那|这)?一?周|所在周|一周)", _week_of),
    chinese("(?:的)?(?:那个|当)?周末", _weekend_of),
    # From or to the day of reading.
    chinese("(?:的)?(?:早些时候|稍早(?:时候|些时候)?|较早(?:时候|些时候)?|早前)", _so_far),
    chinese(
        "(?:的)?(?:晚些时候|稍晚(?:时候|些时候)?|较晚(?:时候|些时候)?|稍后|余下(?:的)?时间|剩余时间)",
        _to_come,
    ),
)
