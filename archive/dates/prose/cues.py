"""Words that turn a missing year forward, and the clauses in which they do so."""

import re
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
    "publish", "release", "report", "retire", "roll", "ship", "start", "take",
)  # fmt: skip
_CHINESE_FUTURE: Final = any_of(
    # 将 also takes an object: 将其, 将该; and ends the names of ranks.
    "(?<![曾已麻主大上少中名健])将(?![其该之军士近这领门])", "拟(?!人|合|态)", r"待(?=\d)",
    "预计", "预期", "预定", "预告", "计划", "定于", "定在", "定档", "有望", "可望", "即将", "料将",
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


def speaks_of_future(clause: str, *, at: int | None = None) -> bool:
    """Return whether a clause looks forward, or looks so from a place in it."""
    cue = _FUTURE.search(clause)
    if cue is None or at is None or cue.start() < at:
        return cue is not None
    return _REPORTING.search(clause, 0, cue.start()) is None


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Return the beginning and end of every clause of a sentence, in order."""
    ends = [
        match.end()
        for match in _CLAUSE_END.finditer(sentence)
        if not _YEAR_COMMA.match(sentence, match.start())
    ]
    return list(zip([0, *ends], [*ends, len(sentence)], strict=True))
