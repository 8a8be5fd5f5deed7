"""Words that turn a missing year forward, and the clauses in which they do so."""

import re
from collections.abc import Callable
from typing import Final

from archive.dates.tables.rows import any_of

_ENGLISH_FUTURE: Final = any_of(
    "will", "won't", "shall", "'ll", "would", "going to", "on track", "upcoming", "forthcoming",
    "coming", "expect(?:s|ed|ing)?", "scheduled", "slated", "set (?:to|for)", "takes? place",
    "taking place", "plan(?:ned|ning|s? (?:to|for))", "aim(?:s|ed|ing)?", "intends?", "hopes? to",
    "target(?:s|ed|ing)", "anticipat(?:e|es|ed)", "projected", "due (?!to)",
)  # fmt: skip
# "Due to" gives a reason, unless a deed follows.
_DUE_TO: Final = "due to " + any_of(
    "appear", "arrive", "be", "begin", "close", "come", "complete", "debut", "deliver", "end",
    "expire", "finish", "follow", "go", "hit", "join", "land", "launch", "leave", "open",
    "announce", "decide", "expand", "get", "give", "hold", "host", "make", "meet", "move", "pay",
    "present", "resume", "return", "rule", "sign", "speak", "step", "stop", "testify", "unveil",
    "visit", "vote", "publish", "release", "report", "retire", "roll", "ship", "start", "take",
)  # fmt: skip
_CHINESE_FUTURE: Final = any_of(
    # 将 also takes an object: 将其, 将该; and ends the names of ranks.
    "(?<![曾已麻主大上少中名健])将(?![其该之军士近这领门])", "拟(?!人|合|态)", r"待(?=\d)",
    "预计", "预期", "预定", "预告", "定于", "定在", "定档", "有望", "可望",
    # "The subscription plan" looks forward to nothing.
    "即将", "料将", "计划(?![，。、；：,.;:）)”」》书案表中下内的]|$)",
    "打算", "力争", "争取", "目标是", "或于",
)  # fmt: skip
_FUTURE: Final = re.compile(
    rf"\b{any_of(_ENGLISH_FUTURE, _DUE_TO)}|{_CHINESE_FUTURE}", re.IGNORECASE
)
_NEW_SUBJECT: Final = any_of(
    "it", "they", "he", "she", "is", "was", "has", "have", "had", "will", "plans", "expects",
    "the company", r"\w+ed",
)  # fmt: skip
_CLAUSE_END: Final = re.compile(
    r"[,，;；:：。!！?？()（）]| -+ |\b(?:but|while|whereas|which|although|though)\b|"
    rf"\band (?={_NEW_SUBJECT}\b)",
    re.IGNORECASE,
)
# The comma before a year ("March 5, 2022") ends no clause.
_YEAR_COMMA: Final = re.compile(r", ?[12]\d{3}\b")


# "Said on Tuesday it would …": what is said looks forward, the saying does not.
_REPORTING: Final = re.compile(
    r"\b"
    + any_of(
        "said", "says", "announced", "told", "unveiled", "reported", "confirmed", "revealed",
        "disclosed", "wrote", "tweeted", "posted", "warned", "agreed", "decided", "voted",
    )
    + r"\b|表示|称|宣布|透露|报道|公布|披露|指出|消息|通知|公告|发推|决定"
)  # fmt: skip


def speaks_of_future(clause: str) -> bool:
    """Return whether a clause looks forward."""
    return _FUTURE.search(clause) is not None


def looks_forward(clause: str) -> Callable[[int], bool]:
    """Return the question whether a clause looks forward from a place in it."""
    cue = _FUTURE.search(clause)
    if cue is None:
        return lambda _at: False
    is_told = _REPORTING.search(clause, 0, cue.start()) is not None
    return lambda at: cue.start() < at or not is_told


# "In March, the company will …", "… will follow, in October or November": one clause.
_OPENS: Final = re.compile(
    r"\s*(?:in|on|by|from|before|after|during|early|late|later|next|this|at|come)\b"
    r"(?:(?! \w+(?:ing|ed)\b) [\w.'-]+){1,5},\s*",
    re.IGNORECASE,
)
_HAN_OPENS: Final = re.compile(
    r"\s*[^，]{0,4}?(?:\d|[一二三四五六七八九十]|[今明后]年|下[个月半周季]|春节|国庆|元旦|年[底初中末]|月[底初中末])"
    r"[^，]{0,10}?[年月日号季度周初底末旬前后内起间期节]，\s*"
)
# 将 with a verb behind it; it also takes an object, of what was done.
_HAN_SHALL: Final = re.compile(
    "将(?:会|于|在|正式|继续|陆续|全面|逐步|率先|首次|再次|进一步|同步|分批|免费|不再|有|不|由|对|向|为|面向|"
    "推出|发布|上线|举行|举办|召开|开始|启动|安排|公布|实施|投入|成为|达到|支持|开放|提供|迎来|进行|完成|关闭|"
    "停止|终止|下线|上市|交付|开售|执行|生效|接受|参加|出席|登陆|新增|扩大|提高|降低|下调|上调|收取|公开)"
)
_SHALL: Final = re.compile(
    r"\b(?:will|won't|'ll|shall|is|are)\b(?: not)?(?: (?:due|set|expected|scheduled|slated)\b)?",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(
    r"\s*(?:(?:most )?likely |probably |possibly |perhaps |maybe |starting |beginning |as )?"
    r"(?:in|on|by|at|around|before|after|during|from|early|late|sometime|no later than)\b"
    r"(?:(?! (?:was|were|had|did|\w+ed)\b) [\w.'-]+){1,6}[.,;!?]?\s*",
    re.IGNORECASE,
)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Return the beginning and end of every clause of a sentence, in order."""
    ends = [
        match.end()
        for match in _CLAUSE_END.finditer(sentence)
        if not _YEAR_COMMA.match(sentence, match.start())
    ]
    whole: list[tuple[int, int]] = []
    for start, end in zip([0, *ends], [*ends, len(sentence)], strict=True):
        if whole and _is_one(sentence[slice(*whole[-1])], sentence[start:end]):
            start = whole.pop()[0]  # noqa: PLW2901 - it begins where the one before began
        whole.append((start, end))
    return whole


def _is_one(before: str, after: str) -> bool:
    if _HAN_OPENS.fullmatch(before):
        return _HAN_SHALL.search(after) is not None
    if not before.rstrip().endswith(","):
        return False
    if _OPENS.fullmatch(before):
        return _SHALL.search(after) is not None
    return _CLOSES.fullmatch(after) is not None and _FUTURE.search(before) is not None
