"""Words that may stand around a date without being of it; words that make it no date."""

import re
from typing import Final

from archive.dates.tables.dressing import DRESS, HOURS
from archive.dates.tables.rows import MONTH_NAMES, WEEKDAY_NAMES, any_of

_RECURRING: Final = any_of(
    "every", "each", "per", "annual(?:ly)?", "yearly", "monthly", "weekly", "quarterly", "daily",
    "bi-?weekly",
)  # fmt: skip
_FISCAL: Final = any_of("fiscal", r"FY ?'?\d+", r"F[QY]\d+")
_CHINESE_NEVER: Final = any_of(
    "财年", "财季", "财政年度", "会计年度", "每(?!经)", "逢", "历年", "往年", "常年"
)
_WORKING_DAYS: Final = any_of(
    "(?<![上本下这])周一 ?[至到-] ?周[五日天]",
    "星期一 ?[至到-] ?星期[五日天]",
    "Monday (?:to|through|-) (?:Fri|Sun)day",
)
_SPANNING: Final = any_of("over", "for", "during", "within", "in", "throughout", "across")
_SIDE: Final = any_of("past", "last", "next", "coming", "previous", "following", "first")
_MANY: Final = any_of(
    "few", "several", "couple", "many", "some", r"\d+", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "twelve", "dozen", "half[ -](?:a[ -])?(?:year|decade)",
    "year\\b", "decade", "month\\b", "week\\b",
)  # fmt: skip
_OF_A_WHOLE: Final = r" (?:of|in) (?:\d|the|last|next|this|[A-Z])"
# Fiscal periods, things that recur, lengths of time.
NEVER: Final = re.compile(
    rf"\b{any_of(_RECURRING, _FISCAL)}\b|{_CHINESE_NEVER}|{_WORKING_DAYS}|"
    rf"\b{_SPANNING} (?:(?:the|these|those) )?{_SIDE} {_MANY}(?!(?:\w| \w+s?)?{_OF_A_WHOLE})",
    re.IGNORECASE,
)
# Words that say more of the time than was understood: better no date than a half one.
SPEAKS_OF_TIME: Final = re.compile(
    r"\d|[年月号周季旬初末底半代前后起至到来内外岁交届夜晨春夏秋冬]|日(?!期)|(?<!时)间|星期|礼拜|世纪|春节|\b"
    + any_of(
        "days?", "weeks?", "weekends?", "months?", "quarters?", "hal(?:f|ves)", "years?",
        "decades?", "century", "centuries", "turn", "ends?", "mid(?:dle)?", "early", "late(?:r)?",
        "before", "after", "ago", "between", "since", "until", "by", "from", "than", "least",
        "most", "nearly", "over", "almost", "about", "around", "every", "each", "per", "last",
        "next", "first", "second", "third", "spring", "summer", "autumn", "fall", "winter",
        *MONTH_NAMES, *WEEKDAY_NAMES,
    )
    + r"\b",
    re.IGNORECASE,
)  # fmt: skip
MERE_VERBS: Final = frozenset({"may", "march", "sun", "mon", "sat", "wed"})

_DEEDS: Final = any_of(
    "published", "posted", "updated", "modified", "released", "launched", "announced", "created",
    "written", "issued", "reported", "dated", "filed", "signed", "closed", "completed", "unveiled",
    "introduced", "founded", "established", "opened", "ended", "started", "began", "expected",
    "due", "scheduled", "planned", "slated", "available", "ships?", "shipping",
    "launch(?:es|ing)?",
    "arriv(?:es?|ing)", "coming", "out", "set", "targeted", "effective", "valid", "expires?",
)  # fmt: skip
_AUXILIARY: Final = any_of("was", "is", "are", "were", "(?:(?:has|had) )?been", "be", "being")
_TO_COME: Final = "(?:expected )?to " + any_of(
    "launch", "ship", "arrive", "close", "open", "debut", "start", "begin",
    "be (?:released|announced|completed|published|launched|held)",
)  # fmt: skip
# "Plans to open it in …": any deed to come, where a word leads from it to a date.
_WILL: Final = (
    r"(?:will|shall|would|"
    r"(?:plan(?:s|ned)?|aim(?:s|ed)?|hopes?|set|due|expect(?:s|ed)|intends?|scheduled) to)"
    r"(?-i: [a-z]+(?: [a-z]+){0,3}?)"
    r"(?=[ ](?:in|on|by|from|before|after|this|next|early|late|later|no|until|at|around|sometime|"
    r"between|during|as)\b)"
)
_LABELS: Final = any_of(
    "(?:last |first )?update", "publication date", "released? date", "date", "edit(?:ed)?"
)
_SMALL: Final = any_of(
    "it", "will", "would", "shall", "be", "is", "was", "to", "on", "the", "at", "of", "as", "and",
    r"i\.e\.", "namely", "only", "just", "exactly", "precisely", "likely", "originally", "first",
    "local time", "release", "for release", "back", "some ?time", "at some point",
)  # fmt: skip
# A name after "by", an agency, a city in capitals before the day.
_STATE: Final = r"(?:[A-Z][a-z]{1,4}\.|[A-Z]{2}|[A-Z][a-z]+),(?=[ ])"
_AGENCY: Final = r"\((?:Reuters|AP|AFP|Bloomberg|Xinhua|UPI)\)"
_BYLINE: Final = (
    rf"(?-i:[Bb]y [A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}|{_AGENCY}|"
    r"/?(?:PRNewswire|Business Wire|GLOBE NEWSWIRE)(?:-[A-Z]\w+)?/?|"
    rf"[A-Z]{{2,}}(?:[ ][A-Z]{{2,}}){{0,3}},(?=[ ])(?:[ ]{_STATE})?|"
    r"(?:来源|作者|编辑|记者|责编)[:：]?[ ]?[\u3400-\u9fffA-Za-z·]{2,12})"
)
_CHINESE_SMALL: Final = any_of(
    "首次", "最后", "最近", "正式", "已", "将[会要]?", "预计将?", "计划", "拟定?", "预?定",
    "有望", "即将",
    "或将?", "会", "曾", "原定", "原计划", "目前", "据悉", "[其该此并则也便就才仅正]", "本报",
    "新华社",
    "记者", "编辑", "来源", "作者", "[文图讯电]", "消息", "报道", "日[讯电]", "专电", "时间",
    "日期", "日子",
    "[于在的了是]", "北京", "当地", "美东", "美国", "约?为",
)  # fmt: skip
_CHINESE_DEEDS: Final = any_of(
    "发布", "发表", "更新", "修改", "编辑", "上线", "推出", "公布", "宣布", "发售", "上市",
    "开售", "开源",
    "开始", "结束", "完成", "成立", "创[立办]", "签署", "交割", "落地", "量产", "交付", "开幕",
    "举[行办]",
    "召开", "启动", "实施", "生效", "投产", "开放", "面世", "亮相", "收购", "融资", "出版",
    "刊[发登]", "登载",
    "撰?写", "到期", "截止", "推送", "公[开测]", "内测", "发行", "公告",
    "施行",
)  # fmt: skip
_DONE: Final = rf"(?:first |last |{_AUXILIARY} )?{_DEEDS}(?: (?:on|in|at))?"
_CHINESE_DONE: Final = rf"{_CHINESE_DEEDS}(?:时间|日期|[日于在了的])?"
_SMALL_WORDS: Final = any_of(_CHINESE_DONE, _CHINESE_SMALL, _SMALL)
_WORDS: Final = any_of(_DONE, _TO_COME, _WILL, _LABELS, _BYLINE, _SMALL_WORDS)
# Without the deeds and names that may be any word.
_KNOWN_WORDS: Final = any_of(_DONE, _TO_COME, _LABELS, _AGENCY, _SMALL_WORDS)


def _frame(dress: re.Pattern[str], words: str) -> re.Pattern[str]:
    return re.compile(rf"{dress.pattern}|{words}(?![A-Za-z])", re.IGNORECASE)


# A weekday before a date, or alone, is one; behind a date it only dresses it.
FRAME_BEFORE: Final = _frame(HOURS, _WORDS)
FRAME_AFTER: Final = _frame(DRESS, _WORDS)
KNOWN_BEFORE: Final = _frame(HOURS, _KNOWN_WORDS)
KNOWN_AFTER: Final = _frame(DRESS, _KNOWN_WORDS)
