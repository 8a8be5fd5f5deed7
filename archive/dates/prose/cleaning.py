"""Text made even before reading: one sign for each, places kept."""

import unicodedata
from typing import Final

# Sentence signs keep their full width, so that a Chinese comma joins no English date.
_KEPT: Final = frozenset("，；：！？")
_SIGNS: Final = {
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "－": "-", "─": "-",
    "～": "~", "〜": "~", "∼": "~", "’": "'", "‘": "'", "′": "'", "＇": "'", "｀": "'",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\u200b": " ",
    "〈": "<", "○": "〇", "Ｏ": "〇",
}  # fmt: skip
_TRADITIONAL: Final = dict(
    zip(
        "個週號間後從約節兩預計將擬劃於歲結時點會幾當該這發佈聖誕慶勞動過來訂達遲晚農曆陰開始"
        "禮拜個陽臘雙紀東現為緊趕禮貳參肆陸柒捌玖際傳統國際元宵聞訊裡內寫給種許終獨婦兒黨軍師網絡歷"
        "據將該還滿歸續護財",
        "个周号间后从约节两预计将拟划于岁结时点会几当该这发布圣诞庆劳动过来订达迟晚农历阴开始"
        "礼拜个阳腊双纪东现为紧赶礼二三四六七八九际传统国际元宵闻讯里内写给种许终独妇儿党军师网络历"
        "据将该还满归续护财",
        strict=True,
    )
)
_FOLDED: Final = _SIGNS | _TRADITIONAL


def folded(text: str) -> str:
    """Return *text* with one sign for each variant; every sign keeps its place."""
    return "".join(map(_folded_sign, text))


def evened(text: str) -> str:
    """Return *text* folded, with signs that stand for several written out."""
    return folded(unicodedata.normalize("NFKC", _protected(text))).strip()


def _protected(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _folded_sign(sign: str) -> str:
    if sign in _FOLDED:
        return _FOLDED[sign]
    if sign.isascii() or sign in _KEPT:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
