"""Words for synthetic events: names, sentences and stated dates, in Chinese and English."""

import random
from typing import Final

_CHINESE: Final = tuple(
    "智星云海天文心言深度求索光年月之暗面百川通义盘古混元紫东太初悟道商汤旷视科技大模型公司发布开源"
    "投资融估值用户参数训练推理芯片数据中国北京上杭州研究院学团队创始人首席执行官加入离职收购合作"
)
_ENGLISH: Final = (
    *("model", "release", "open", "weights", "company", "raises", "funding", "round", "valuation"),
    *("users", "million", "launch", "product", "licence", "commercial", "use", "price", "tokens"),
    *("region", "market", "founder", "joins", "leaves", "laboratory", "chips", "cluster", "data"),
    *("training", "inference", "report", "forecast", "growth", "revenue", "partner"),
)
_ONSETS: Final = ("an", "bo", "cen", "di", "el", "fu", "gar", "hai", "in", "jo", "ka", "lu")
_ENDS: Final = ("ba", "dor", "fin", "go", "lin", "mar", "nex", "ra", "sen", "ta", "vo", "xi")
_STATED: Final = (
    "3月下旬",
    "今年年初",
    "5月28日",
    "上半年",
    "last October",
    "early this year",
    "",
)


def phrase(dice: random.Random, language: str, length: int) -> str:
    """Return a line of *length* Chinese characters or English words."""
    if language == "zh":
        return "".join(dice.choices(_CHINESE, k=length))
    return " ".join(dice.choices(_ENGLISH, k=length))


def stated(dice: random.Random) -> str:
    """Return how a source might have put the date."""
    return dice.choice(_STATED)


def names(slug: str) -> dict[str, str]:
    """Return the names of the entity called *slug*, always the same ones."""
    dice = random.Random(slug)  # noqa: S311 - the same every time is what is wanted
    number = slug.rpartition("-")[2]
    english = dice.choice(_ONSETS) + dice.choice(_ENDS) + dice.choice(_ENDS)
    return {
        "zh": "".join(dice.sample(_CHINESE, 3)) + number,
        "en": f"{english.capitalize()} {number}",
    }
