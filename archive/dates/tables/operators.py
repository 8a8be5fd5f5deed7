"""Words around a date that say how it is meant: by, before, since, about, possibly, and, to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

import regex

from archive.dates.meaning.members import Joint
from archive.dates.tables.rows import any_of


class Relation(Enum):
    """How the thing dated lies to the date."""

    BY = auto()
    BEFORE = auto()
    AFTER = auto()
    NOT_BEFORE = auto()
    EARLIEST = auto()  # as not before, but of what is past: then
    SINCE = auto()
    FROM = auto()  # as since, unless an end follows
    UNTIL = auto()
    BETWEEN = auto()
    PLAIN = auto()  # adds nothing: in, on, 于
    END_UNKNOWN = auto()
    START_UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Operator:
    """A word before or after a date: a relation, or a qualifier."""

    pattern: regex.Pattern[str]
    relation: Relation | None
    mark: str

    def may_begin_with(self, sign: str) -> bool:
        """Return whether some of the words begin with that sign, whatever stands before it."""
        asks_back = "(?<=" in self.pattern.pattern
        return asks_back or self.pattern.match(sign, partial=True) is not None


_ANY_TIME: Final = (
    "(?:(?:some|any) ?time |at any (?:point|time) |well |just |shortly |right |soon )?"
)
_HOURS_OF: Final = (
    "(?:in )?the (?:early|small|late) hours of|"
    "(?:early |late )?(?:on|in) the (?:morning|afternoon|evening|night) of"
)

_PREFIXES: Final[Mapping[Relation | str, tuple[str, ...]]] = {
    "~": (
        "about", "(?:at |in |some ?time )?around", "circa", r"ca?\.", r"ca(?= \d)", "roughly",
        "approximately",
        r"approx\.?", "nearly", "(?:(?:in|on) )?or (?:around|about)", r"some(?= \d| [a-z]+ years)",
        "~", "大约在?", "约[在为于]?", "大概[在是]?", "大致[在是]?", "差不多", "将近", "接近",
    ),
    "?": (
        "possibly", "perhaps", "maybe", "probably", "(?:most )?likely", "conceivably",
        "potentially", "[很有]?可能[是在会于就]?在?", "或许[是在]?", "也许[是在]?", "疑[似为]",
        "估计[是在]?", "或(?=将?[于在])", "大概率[是在]?", "似乎[是在]?", "据信[是在]?",
        "恐怕[是在]?",
    ),
    Relation.PLAIN: (
        "(?:some ?time|at (?:some|an unspecified) (?:point|time)) (?:in|during|on)",
        "during", "throughout", "within", "(?:in|over) the course of", "in", "on", "at", "for",
        "of", "dated", "as (?:recently|late|far back) as", "(?:way )?back in", "at least",
        "(?:the )?(?:close of (?:business|trading|play)|end of (?:business|day|the day))(?: on)?",
        _HOURS_OF,
        "(?:either|both)(?: in| on)?", "all of", "the whole of", "the date",
        "[早就]?[在于]", "至少", "将[会要]?[于在]?", "是", "为", "自打", "早在", "时间[是为]",
        "某个时候", "在?整个",
        # After these verbs 到 leads to what was reached, no deadline.
        "(?<=[溯迟期前改定等涨跌降增升扩达回来])到", "(?:(?<=[溯迟前改降升增涨跌])|(?<=延期))至",
    ),
    Relation.BY: (
        "by", "as of", "(?:no|not) later than", "at the latest(?: by| in)?", "(?:on|in) or before",
        "up to and including", "come(?! (?:in|on|at|by|from)\\b)",
        "截[至止][到至于]?", "截(?=\\d)", "不[晚迟]于",
        "最[迟晚](?:不晚于|不超过|[在于到])?", "至[迟晚][在于]?", "到",
    ),
    Relation.BEFORE: (
        f"{_ANY_TIME}(?:before|prior to|ahead of)", "earlier than", "pre-", "早于", "先于", "赶在",
    ),
    Relation.NOT_BEFORE: (
        "not (?:before|until|till)", "no (?:earlier|sooner) than", "at the earliest(?: in| by)?",
        "(?:on|in) or after", "earliest", "不早于", "最快(?:[在于]|将?于)?", "至早[在于]?",
    ),
    Relation.EARLIEST: ("as (?:early|soon) as", "最早也?[要得]?(?:[到在于]|将?于)?"),
    Relation.AFTER: (f"{_ANY_TIME}after", "later than", "post-", "[晚迟]于"),
    Relation.SINCE: (
        "(?:ever )?since", "(?:进入|步入|迈入|跨入)(?=.{2,12}(?:之后|以后|以来|后))",
        "as from", "starting(?: in| on| from| with)?",
        "beginning(?: in| on| from)?", "effective(?: from| on| in| as of)?", "with effect from",
        "from as early as", "自从",
    ),
    Relation.FROM: ("from", "[自从由]"),
    Relation.UNTIL: (
        "until", "till", "'til", "up (?:to|until)", "through", "thru", "一?直到", "直至", "至",
        "迄(?!今)", "持续[到至]", "延续[至到]",
    ),
    Relation.BETWEEN: ("(?:some ?time |anywhere )?between", "[在处]?于?介于"),
}  # fmt: skip
_SUFFIXES: Final[Mapping[Relation | str, tuple[str, ...]]] = {
    "~": (
        "-?ish", "or so", "or thereabouts", "or (?:there)?about", "give or take",
        r"\(approx(?:\.|imately)?\)", r"\(circa\)", "左右", "前后", "上下", "附近", "许",
        r"~(?=\s*$)",  # as EDTF writes it; anywhere else it leads on
    ),
    "?": (
        r"\?", "？", r"\(\?\)", r"\(possibly\)", r"\(uncertain\)", r"[（(]存疑[)）]",
        r"\(待确认\)", "perhaps", "possibly", "maybe", "probably",
    ),
    Relation.SINCE: (
        "onwards?", "on(?= ?$)", "forward", "and on", "and beyond",
        "(?:- ?|to |till |until |through )(?:the )?(?:present|now|date|today)",
        "up to (?:now|the present)", "以来", "之来", "起(?![诉步草点码初飞伏来因源价家始重])",
        "开始起?(?=[，。,.;；、]|$)", "(?:以后|之后|后|- ?)?至今",
        "迄今(?:为止)?", "直?[到至](?:现在|目前)", "往后",
        "以降",
    ),
    Relation.BEFORE: ("之前", "以前", "前(?![后三五几所往景端沿途者任提瞻来总述言])", "到来之前"),
    Relation.AFTER: (
        "之后", "以后", "过后", "后(?![来台续端期者半疫排备置面几轮卫人勤世代援果])",
    ),
    Relation.BY: (
        "(?:or|and) (?:earlier|before)", "or sooner", "at the latest",
        "(?:及|或|或者|和)[之以]?前", "(?:结束|到期|完结)[之以]?前", "为限", "截止",
    ),
    Relation.NOT_BEFORE: (
        "(?:or|and) (?:later|after|beyond|onwards?)", "at the earliest",
        "(?:及|或|或者|和)[之以]?后",
    ),
    Relation.UNTIL: ("为止", "止(?![损付血境步])"),
    Relation.BETWEEN: ("之间", "(?<!年)间(?![接谍隔距])", "期间的?某[天日个]时?候?"),
    Relation.PLAIN: (
        "期间", "年内", "(?<=年)间", "[以之]?内(?![容部存地测华外饰])", "里(?![程面约])", "当中",
        "之中",
        "时(?![间代尚光候隔])", "[这那]一?[天日年月周]", "全[年月天季]", "整[年月天]",
        "的?某[天日时]", "的?某个时候", "的?某一天", "份", "本身", "itself", "in (?:total|full)",
        "as a whole", "overall", "alone",
    ),
    Relation.END_UNKNOWN: (", ?end unknown", "[，,]止期不详"),
    Relation.START_UNKNOWN: (", ?start unknown", "[，,]起期不详"),
}  # fmt: skip
_JOINTS: Final[Mapping[Joint, tuple[str, ...]]] = {
    Joint.STRETCH: (
        "to", "through", "thru", "until", "till", "up to", "-+", "~",
        "(?:起|开始)?(?:一直)?(?:持续|延续)?[至到]", "直[到至]",
    ),
    # 7月底8月初: somewhere about the turn.
    Joint.BETWEEN: (
        r"(?<=[底末旬])(?=(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|次[年月]|明年|\d{4}年)",
    ),
    Joint.ALL_OF: (
        "and(?: (?:again )?(?:in|on|at))?", "&", "as well as(?: in)?", "和", "与", "以?及",
        "、", "跟", "同", "暨",
    ),
    Joint.ONE_OF: ("or(?: (?:in|on|by|at))?", "或者?[是在]?", "还是", "抑或", "/"),
}  # fmt: skip

# A Latin word ends where no letter follows; before a date the blank after it belongs to it.
_WORD_ENDS: Final = r"(?<![A-Za-z](?=[A-Za-z]))"


def _pattern(words: tuple[str, ...], *, lead: str, trail: str) -> regex.Pattern[str]:
    spaced = re.sub(r" (?!\?)", r"[ \\t]+", any_of(*words))
    return regex.compile(f"{lead}{spaced}{_WORD_ENDS}{trail}", regex.IGNORECASE)


def _operators(
    table: Mapping[Relation | str, tuple[str, ...]], *, lead: str, trail: str
) -> tuple[Operator, ...]:
    return tuple(
        Operator(
            pattern=_pattern(words, lead=lead, trail=trail),
            relation=meaning if isinstance(meaning, Relation) else None,
            mark=meaning if isinstance(meaning, str) else "",
        )
        for meaning, words in table.items()
    )


_ALL_PREFIXES: Final = _operators(_PREFIXES, lead="", trail=r"[ \t]*")
_ALL_SUFFIXES: Final = _operators(_SUFFIXES, lead=r"[ \t]*,?[ \t]*", trail="")
JOINTS: Final = tuple(
    (joint, _pattern(words, lead=r"[ \t]*", trail=r"[ \t]*")) for joint, words in _JOINTS.items()
)
# A comma joins where "and" or "or" is still to come, or comes right behind it in a list.
COMMA: Final = re.compile(r"[ \t]*,[ \t]*(?=.{1,60}?(?:and|or|和|或))")
LAST_COMMA: Final = re.compile(r"[ \t]*,[ \t]*(?P<word>and|or)[ \t]+(?:(?:in|on|at)[ \t]+)?")


@lru_cache(maxsize=4096)
def prefixes(sign: str) -> tuple[Operator, ...]:
    """Return the operators before a date that may begin with a sign."""
    return tuple(one for one in _ALL_PREFIXES if one.may_begin_with(sign))


@lru_cache(maxsize=4096)
def suffixes(sign: str) -> tuple[Operator, ...]:
    """Return the operators after a date that may begin with a sign."""
    return tuple(one for one in _ALL_SUFFIXES if one.may_begin_with(sign))
