"""The units and currencies in which a figure may be given."""

from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from archive.errors import UnknownNameError
from archive.languages import Words

UNITS: Final = {
    "percent": Words("%", "%"),
    "people": Words("人", "people"),
    "users": Words("用户", "users"),
    "customers": Words("家客户", "customers"),
    "visits": Words("次访问", "visits"),
    "downloads": Words("次下载", "downloads"),
    "models": Words("个模型", "models"),
    "applications": Words("个应用", "applications"),
    "companies": Words("家公司", "companies"),
    "transactions": Words("笔", "transactions"),
    "solutions": Words("个解决方案", "solutions"),
    "features": Words("项功能", "features"),
    "images": Words("张图片", "images"),
    "parameters": Words("参数", "parameters"),
    "tokens": Words("tokens", "tokens"),
    "records": Words("条", "records"),
    "layers": Words("层", "layers"),
    "chips": Words("张芯片", "chips"),
    "points": Words("点", "points"),
    "times": Words("倍", "times"),
    "mwh": Words("兆瓦时", "MWh"),
    "days": Words("天", "days"),
    "months": Words("个月", "months"),
    "years": Words("年", "years"),
}

UNIT_WORDS: Final = {
    **{said.casefold(): name for name, words in UNITS.items() for said in (words.zh, words.en)},
    "%": "percent",
    "人": "people",
    "用户": "users",
    "个": "models",
    "张": "chips",
    "点": "points",
    "倍": "times",
    "兆瓦时": "mwh",
}

CURRENCY_WORDS: Final = {
    "us$": "USD",
    "$": "USD",
    "美元": "USD",
    "美金": "USD",
    "dollars": "USD",
    "元": "CNY",
    "人民币": "CNY",
    "¥": "CNY",
    "yuan": "CNY",
    "rmb": "CNY",
    "hk$": "HKD",
    "港元": "HKD",
    "港币": "HKD",
    "€": "EUR",
    "欧元": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "英镑": "GBP",
    "日元": "JPY",
    "韩元": "KRW",
}

_CURRENCY = Words("货币（ISO 4217）", "currency (ISO 4217)")
_UNIT = Words("单位", "unit")


@cache
def currencies() -> frozenset[str]:
    """Return every ISO 4217 code that the Unicode CLDR (through Babel) knows."""
    return frozenset(get_global("all_currencies"))


def currency(text: str, *, field: str) -> str:
    """Return the ISO 4217 code that *text* means; raise UnknownNameError with the nearest."""
    code = CURRENCY_WORDS.get(text.strip().casefold(), text.strip().upper())
    if code not in currencies():
        raise UnknownNameError(what=_CURRENCY, name=code, known=currencies(), field=field)
    return code


def unit(text: str, *, field: str) -> str:
    """Return the unit or the ISO 4217 code that *text* means; raise UnknownNameError."""
    name = text.strip()
    known = UNIT_WORDS.get(name.casefold(), name.casefold())
    if known in UNITS:
        return known
    code = CURRENCY_WORDS.get(name.casefold(), name.upper())
    if code in currencies():
        return code
    raise UnknownNameError(what=_UNIT, name=text, known=[*UNITS, *currencies()], field=field)


def unit_words(name: str, locale: str) -> str:
    """Return how *name* is written after a number in *locale*."""
    if name in UNITS:
        return UNITS[name].in_language(locale)
    if name == "CNY" and locale.startswith("zh"):
        return "元"
    return get_currency_name(name, locale=Locale.parse("zh" if locale.startswith("zh") else "en"))
