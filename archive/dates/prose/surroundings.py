"""Words before and after a date in running text, by which it is told from names and numbers."""

import re
from typing import Final

from archive.dates.tables.rows import any_of

WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
CHINESE_WEEKDAY: Final = "(?:周|星期|礼拜)[一二三四五六日天]"
NUMERALS: Final = "〇零一二两三四五六七八九十百千万几数0123456789"


def _words(*patterns: str, lead: str = "", trail: str = "") -> re.Pattern[str]:
    return re.compile(f"{lead}{any_of(*patterns)}{trail}", re.IGNORECASE)


# Before a date.
JOINED_BEFORE: Final = re.compile(r"[A-Za-z0-9_$#@€£¥.]$|(?<![\s\u3400-\u9fff])[-/]$|\d,$")
COUNTED_BEFORE: Final = re.compile(r"(?:第|几|数|多|好|两三|近百|上百|成百)$")
RECURRING_BEFORE: Final = _words(
    r"每个?[年月周季日天]?度?的?(?:第[一二三四五\d]个|最后一个)?",
    "每逢", "逢", "历年", "往年", "常年", "连续",
    r"\b(?:every|each|any|per|most|fiscal|FY|annual|alternate|usual|regular)\s*",
    r"\b(?:every|each) (?:other|first|second|last)\s*",
    r"\b(?:first|second|third|fourth|consecutive)\s*",
    trail="(?:the )?$",
)  # fmt: skip
EVERY_BEFORE: Final = _words("每[年月周季日天]?度?的?", r"\b(?:every|each|per)\s*", trail="$")
CLAUSE_OPENS_BEFORE: Final = re.compile(
    r"(?:^|[.!?。;:,—-]\s*|\b(?:if|when|while|though|although|because|that|and|but|as)\s+)[\"“]?$",
    re.IGNORECASE,
)
YEAR_DOES_AFTER: Final = re.compile(
    r" (?:was|had|saw|brought|is|has|been|began|ended|turned|proved|marked|will be|would be|"
    r"became|started|looked|felt|could|may|might)\b"
)
THAN_BEFORE: Final = re.compile(
    r"\b(?:than|over|under|least|most|up to|within|every)\s$", re.IGNORECASE
)
FISCAL_BEFORE: Final = _words(
    "财年", "财政年度", "会计年度", r"\bFY ?'?\d{2,4}'?s?", r"\bfiscal(?: year)?(?: '?\d{2,4})?",
    trail=r"(?:的|'s|,)?\s*$",
)  # fmt: skip
NAME_BEFORE: Final = re.compile(
    r"[^.!?。\s]\s+(?!(?:The|In|On|By|Since|And|Or|From|To|Until|Last|This|Next|Of)\b)"
    r"[A-Z][\w'.-]*\s+$"
)
ARTICLE_BEFORE: Final = _words(
    "the", "its", "an?", "their", "his", "her", "our", "[a-z]+'s", "'s", "and", "or", "early",
    "late", "mid", lead=r"\b", trail=r"[\s,-]*$",
)  # fmt: skip
OWN_NAME_BEFORE: Final = _words(
    "Ruby", "Super", "Fat", "Patch", "Giving", "Taco", "Freaky", "Bloody", "Big", "Casual",
    "Prime", "Gal", "Man", "Joe", "Blue", "Black", lead=r"\b", trail=" $",
)  # fmt: skip
POINTED_BEFORE: Final = re.compile(r"(?:the|its|[年度在从至于,，、(（])\s*$", re.IGNORECASE)
SPANNING_BEFORE: Final = _words(
    "over", "within", "during", "for", "in", "throughout", lead=r"\b", trail=" $"
)

# After a date.
FISCAL_AFTER: Final = _words(
    "(?: of)?(?: the| its)? ?(?:fiscal|financial year|FY)", "的?财[年季政]", "会计年度"
)
UNIT_AFTER: Final = _words(
    "%", "％", "‰", "元", "美元", "人(?!工|民|类)", "万", "亿", "千", "百", "倍", "个", "家",
    "台", "套",
    "款", "版", "页", "名", "位", "项", "件", "辆", "吨", "米", "公里", "毫安", "瓦", "分钟",
    "小时",
    "[GTMK]B", "mAh", "[MG]?Hz", "[ncmk]?m\\b", "kg", "fps", "ms", "bps", "[pKx]\\b", "×", "°",
    "million", "billion", "trillion", "thousand", "percent", "per cent", "dollars", "yuan",
    "euros", "pounds", lead=" ?",
)  # fmt: skip
NUMBER_GOES_ON: Final = re.compile(r"[.,:：]\d|[-/]\w|号|·\d")
MONTH_GOES_ON: Final = re.compile(r"\s?\d{1,2}\s?[月日]")
_NO_PLURAL: Final = any_of(
    "is", "was", "has", "as", "its", "this", "us", "does", "sales", "results", "earnings",
    "revenues", "plus", "versus", "perhaps", "besides", "thus", "unless", "plans", "levels",
    "across", "profits", "says", "shows", "sees", "marks", "elections", "guidelines",
    "estimates", "forecasts", "deliveries", "shipments",
)  # fmt: skip
PLURAL_AFTER: Final = re.compile(
    r" (?:(?:new|more|other|different|active|additional|full-time|of the|of its|\w+-\w+) )?"
    rf"(?!{_NO_PLURAL}\b)(?:[a-z]{{2,}}s|people|staff)\b"
)
FIGURES_AFTER: Final = _words(
    "revenue", "results", "earnings", "sales", "profit", "report", "guidance", "shipments",
    "deliver", "income", "营收", "收入", "业绩", "财报", "净利", "利润", "销量", "销售", "出货",
    "交付",
    "毛利", "同比", "环比", "季报", "GDP", "的", "以来", "期间", "末", "初", "[,，)）]", "$",
    lead=" ?",
)  # fmt: skip
THING_AFTER: Final = re.compile(r"[ -]?(?:database|chip|engine)")
FEAST_AFTER: Final = _words(
    "大促", "购物", "期间", "活动", "年中", "电商", "当[天日]", "预售", "战", "假期", "黄金周",
    "小?长假",
    "之", "前", "后", "促销", "狂欢", "来临", "到来", "临近",
)  # fmt: skip
NOUN_AFTER: Final = re.compile(
    r"[ -](?!"
    + any_of(
        "in",
        "at",
        "and",
        "or",
        "to",
        "for",
        "when",
        "with",
        "as",
        "after",
        "before",
        "from",
        "by",
        "but",
        "while",
        "on",
        "of",
        "the",
        "its",
        "it",
        "he",
        "she",
        "they",
        "said",
        "will",
        "is",
        "was",
        "that",
        "who",
        "which",
        "an?",
    )
    + r"\b)[A-Za-z]"
)
NAME_AFTER: Final = re.compile(r"\s+(?!I\b|\d)(?:on )?[A-Z][a-z]+")
SAYING_BEFORE: Final = _words(
    "sa(?:id|ys?|ying)", "add(?:s|ed)", "not(?:es|ed)", "show(?:s|ed|n)?", "found", "finds?",
    "believ(?:es?|ed)", "think(?:s|ing)?", "thought", "argu(?:es?|ed)", "claim(?:s|ed)?",
    "warn(?:s|ed)?", "announced", "report(?:s|ed)", "confirm(?:s|ed)", "told [A-Za-z]+", "so",
    "means?", "suggest(?:s|ed)?", "fear(?:s|ed)?", lead=r"\b", trail=r"\s+$",
)  # fmt: skip
HYPHEN_AFTER: Final = re.compile(r"-[A-Za-z]")
AFTER_HAN_MONTH: Final = re.compile(
    r"$|[\s，。、；：！？,.;:）)（(的以发推公宣完正又首起曾已将就才便成举召开至到和与及份]"
)
SINGULAR_AFTER: Final = re.compile(r" [a-z]{3,}")
OWNER_BEFORE: Final = re.compile(r"(?:\b(?:an?|the|its|their|his|her)|'s) $", re.IGNORECASE)
WEEKDAY_NAME_AFTER: Final = re.compile(r"\.com|\s+(?:Times|Addams|Night Live|Night Football)")
HAN_AFTER: Final = re.compile(r"[\u3400-\u9fff]")
SHOW_AFTER: Final = _words(
    "game", "match", "book", "film", "movie", "race", "season", "document", "talk", "show",
    "series", lead=" ?of the ",
)  # fmt: skip
NOWADAYS_AFTER: Final = re.compile(
    r"'s "
    + any_of(
        "world",
        "market",
        "age",
        "environment",
        "models?",
        "systems?",
        "technolog",
        "society",
        "standards",
        "era",
        "most",
        "AI",
        "LLMs?",
        "best",
    )
    + "|的(?!"
    + any_of(
        "发布会",
        "活动",
        "会议",
        "公告",
        "演讲",
        "大会",
        "直播",
        "消息",
        "声明",
        "财报",
        "报道",
        "股价",
        "交易",
        "收盘",
        "主题",
        "议程",
    )
    + ")|世界|时代|社会"
)
NOWADAYS_BEFORE: Final = re.compile("(?:时至|直到|USA )$")
