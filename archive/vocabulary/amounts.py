"""Amounts as people and papers give them: exact, at least, at most, a range, about, or unknown.

An amount travels as a mapping: ``exact`` or ``min`` and/or ``max`` (decimal numbers as strings),
``currency`` (ISO 4217) or ``unit``, ``approximate`` (true), ``stated`` (the source's own words).
Its key is one line of text that reads back as the same amount: ``>=51 percent``.
"""

import re
from collections.abc import Mapping
from decimal import Context, Decimal, InvalidOperation
from typing import Final, TypeAlias

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary import units
from archive.vocabulary.texts import cut_to_size

Amount: TypeAlias = dict[str, object]

ACCEPTED: Final = Words(
    "2065000000 CNY、20.65亿元、US$13bn、至少51%、不超过36.35亿元、180万..300万元",
    "2065000000 CNY, 20.65亿元, US$13bn, at least 51%, <=3.635bn CNY, 1.8m..3m CNY",
)

_ACCEPTED_OF: Final[Mapping[str, Words]] = {
    "money": Words(
        "20.65亿元、US$13bn、2065000000 CNY、不超过36.35亿元、180万..300万元",
        "US$13bn, 2065000000 CNY, 20.65亿元, <=3.635bn CNY, 1.8m..3m CNY",
    ),
    "share": Words("51%、至少51%、30%..49%", "51%, at least 51%, 30%..49%"),
}

_MULTIPLIERS: Final = {
    "": 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trn": 10**12,
    "trillion": 10**12,
}
_OPERATORS: Final = {
    ">=": "min",
    "at least": "min",
    "over": "min",
    "more than": "min",
    "至少": "min",
    "不少于": "min",
    "不低于": "min",
    "超过": "min",
    "超": "min",
    "<=": "max",
    "at most": "max",
    "up to": "max",
    "no more than": "max",
    "不超过": "max",
    "至多": "max",
    "最多": "max",
    "高达": "max",
}
_ABOUT: Final = dict.fromkeys(
    ("~", "about", "around", "nearly", "约", "大约", "近"), "approximate"
)

# What people read before a number less than nothing; files and keys have a hyphen.
MINUS: Final = "−"

# Enough for any sum on earth to a fraction of a cent; beyond it a typing error is likelier.
_MOST_DIGITS: Final = 40
_LARGEST_POWER: Final = 30
_LONGEST_STATED: Final = 4000
_EXACTLY: Final = Context(prec=4 * _MOST_DIGITS)


def _longest_first(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)


# A comma parts thousands and nothing else: “20,65” is nobody's 2065.
_DIGITS = r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMBER = rf"{_DIGITS}(?:\s*(?:{_longest_first(_MULTIPLIERS)})(?![a-z]))?"
_SHAPE = re.compile(
    rf"(?P<about>{_longest_first(_ABOUT)})?\s*"
    rf"(?P<operator>{_longest_first(_OPERATORS)})?\s*"
    rf"(?P<sign>(?:us|hk)?\$|[€£¥])?\s*"
    rf"(?P<low>{_NUMBER})"
    rf"(?:\s*(?:\.\.|–|—|至|到|\bto\b)\s*(?P<high>{_NUMBER}))?"
    rf"\s*(?P<unit>[^\d\s.][^\d]*)?",
    re.IGNORECASE,
)
_PIECE = re.compile(rf"({_DIGITS})\s*(\D*)")


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _scaled(piece: str) -> str:
    match = _PIECE.fullmatch(piece.strip().casefold())
    if match is None:
        raise InvalidOperation
    digits, multiplier = match.groups()
    size = Decimal(_MULTIPLIERS[multiplier.strip()])
    return str(_EXACTLY.multiply(Decimal(digits.replace(",", "")), size))


def parse(text: str, *, field: str) -> Amount:
    """Return the amount that *text* says, its unit still as written under ``unit``."""
    match = _SHAPE.fullmatch(text.strip().casefold().replace(MINUS, "-"))
    if match is None:
        raise FieldError(field=field, value=text, accepted=ACCEPTED)
    amount: Amount = {}
    operator = _OPERATORS.get(match["operator"] or "", "exact")
    if match["high"]:
        amount |= {"min": _scaled(match["low"]), "max": _scaled(match["high"])}
    else:
        amount |= {operator: _scaled(match["low"])}
    if match["about"]:
        amount["approximate"] = True
    if written := (match["unit"] or match["sign"] or "").strip():
        amount["unit"] = written
    return amount


def _number(raw: Mapping[str, object], part: str, *, field: str) -> str | None:
    value = raw.get(part)
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        raise FieldError(field=f"{field}.{part}", value=value, accepted=ACCEPTED) from None
    if not number.is_finite() or not _is_bearable(number):
        raise FieldError(field=f"{field}.{part}", value=value, accepted=ACCEPTED)
    return _plain(number)


def _is_bearable(number: Decimal) -> bool:
    if not number:
        return abs(number.adjusted()) <= _MOST_DIGITS
    return (
        len(number.as_tuple().digits) <= _MOST_DIGITS and abs(number.adjusted()) <= _LARGEST_POWER
    )


_PARTS: Final = frozenset({"exact", "min", "max", "unit", "currency", "approximate", "stated"})


def _checked(raw: Mapping[str, object], *, field: str) -> Amount:
    strange = sorted(set(raw) - _PARTS)
    if strange:
        accepted = Words("、".join(sorted(_PARTS)), ", ".join(sorted(_PARTS)))
        raise FieldError(field=field, value=strange[0], accepted=accepted)
    numbers = {part: _number(raw, part, field=field) for part in ("exact", "min", "max")}
    amount: Amount = {part: value for part, value in numbers.items() if value is not None}
    low, high = numbers["min"], numbers["max"]
    backwards = low is not None and high is not None and Decimal(low) > Decimal(high)
    if not amount or ("exact" in amount and len(amount) > 1) or backwards:
        raise FieldError(field=field, value=dict(raw), accepted=ACCEPTED)
    doubt, stated = raw.get("approximate"), raw.get("stated")
    if doubt not in (None, True, False):
        accepted = Words("approximate 为 true 或 false", "approximate: true or false")
        raise FieldError(field=field, value=doubt, accepted=accepted)
    said = cut_to_size(stated, field=f"{field}.stated", longest=_LONGEST_STATED) if stated else ""
    return amount | ({"approximate": True} if doubt else {}) | ({"stated": said} if said else {})


def read(raw: object, *, field: str, unit: str = "") -> Amount:
    """Return *raw*, text or mapping, as a canonical amount.

    *unit* names what must be there: ``money`` (ISO 4217), ``share`` (percent, implied) or empty
    for any unit or currency. Raises FieldError or UnknownNameError.
    """
    try:
        return _read(raw, field=field, unit=unit)
    except FieldError as error:
        if error.accepted is not ACCEPTED:
            raise
        value, accepted = error.parts["value"], _ACCEPTED_OF.get(unit, ACCEPTED)
        raise FieldError(field=error.field, value=value, accepted=accepted) from None


def _read(raw: object, *, field: str, unit: str) -> Amount:
    given = parse(raw, field=field) if isinstance(raw, str) else raw
    if not isinstance(given, Mapping):
        raise FieldError(field=field, value=raw, accepted=ACCEPTED)
    amount = _checked(given, field=field)
    if isinstance(raw, str) and read_as_typed(raw):
        amount["stated"] = raw.strip()
    written = str(given.get("currency") or given.get("unit") or "")
    if unit == "share":
        if written and units.unit(written, field=field) != "percent":
            raise FieldError(field=field, value=raw, accepted=ACCEPTED)
        return amount
    if not written:
        raise FieldError(field=field, value=raw, accepted=ACCEPTED)
    if unit == "money":
        return amount | {"currency": units.currency(written, field=field)}
    name = units.unit(written, field=field)
    return amount | {"currency" if name in units.currencies() else "unit": name}


def read_as_typed(text: str) -> bool:
    """Tell whether *text* is in a person's words, worth keeping beside the number."""
    return not re.fullmatch(r"~?(>=|<=)?-?[\d.]+(\.\.-?[\d.]+)?( [A-Za-z_]+)?", text.strip())


def key(amount: Mapping[str, object]) -> str:
    """Return the amount as one line that ``read`` takes back; the source's words are left out."""
    about = "~" if amount.get("approximate") else ""
    if "exact" in amount:
        number = f"{about}{amount['exact']}"
    elif "min" in amount and "max" in amount:
        number = f"{about}{amount['min']}..{amount['max']}"
    elif "min" in amount:
        number = f"{about}>={amount['min']}"
    else:
        number = f"{about}<={amount['max']}"
    return f"{number} {amount.get('currency') or amount.get('unit') or ''}".strip()


def middle(amount: Mapping[str, object]) -> float | None:
    """Return the number by which amounts are ordered and drawn: exact, else the known bound."""
    for part in ("exact", "min", "max"):
        if part in amount:
            return float(str(amount[part]))
    return None


_DECIMALS: Final = 4
_SCALES: Final = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
}


def _spoken(number: object, locale: str) -> str:
    value, scales = Decimal(str(number)), _SCALES[locale]
    lesser = [*(size for size, _name in scales[1:]), 1]
    for (size, name), less in zip(scales, lesser, strict=True):
        # What the lesser scale would round up to a whole one of this is one.
        if abs(value) >= size or abs(round(value / less, _DECIMALS)) * less >= size:
            counted = _grouped(value / size)
            return (counted.replace(",", "") if locale == "zh" else counted) + name
    return _grouped(value)


def _grouped(value: Decimal) -> str:
    """Return a number as both languages write it: by thousands, four decimals, a true minus."""
    text = f"{value:,.{_DECIMALS}f}"
    return text.rstrip("0").rstrip(".").replace("-", MINUS)


def words(amount: Mapping[str, object], locale: str, *, unit: str = "") -> str:
    """Return the amount for people: ``20.65亿人民币``, ``at least 51%``."""
    language = "zh" if locale.startswith("zh") else "en"
    name = str(amount.get("currency") or amount.get("unit") or unit)
    if "exact" in amount:
        number = _spoken(amount["exact"], language)
    elif "min" in amount and "max" in amount:
        joint = Words("至", "–").in_language(language)
        number = joint.join(_spoken(amount[part], language) for part in ("min", "max"))
    elif "min" in amount:
        number = Words("至少", "at least ").in_language(language) + _spoken(
            amount["min"], language
        )
    else:
        number = Words("不超过", "at most ").in_language(language) + _spoken(
            amount["max"], language
        )
    if amount.get("approximate"):
        number = Words("约", "about ").in_language(language) + number
    return _with_unit(number, name, language)


def _with_unit(number: str, name: str, language: str) -> str:
    if not name:
        return number
    if name == "percent":
        return f"{number}%"
    if name in units.currencies() and language == "en":
        return f"{number} {name}"
    gap = "" if language == "zh" else " "
    return f"{number}{gap}{units.unit_words(name, language)}"
