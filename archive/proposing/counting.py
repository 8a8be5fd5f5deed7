"""The numbers of a sentence with their units and currencies, each where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from archive.errors import RefusedError
from archive.proposing.proposals import Span
from archive.proposing.tables.measures import MONEY
from archive.proposing.tables.units import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    BARE,
    DIGITS,
    EXACT,
    HAN_DIGITS,
    INDEX,
    MONEYS,
    NO_AMOUNT,
    NOUNS,
    SCALE,
    SCALES,
    TO,
    UNITS,
)
from archive.vocabulary import UNKNOWN, Field


def _named(rows: tuple[tuple[str, str], ...], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{number}>{words})" for number, (_name, words) in enumerate(rows))


_NUMBER: Final = rf"(?:{DIGITS})\s*(?:(?:{SCALE})(?![a-z]))?"
_AMOUNT: Final = re.compile(
    rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT}))?\s*"
    rf"(?:(?P<before>us\$|hk\$|\$|€|£|¥)\s*)?"
    rf"(?<![\d.a-z第-])(?P<low>{_NUMBER})(?:{TO}(?:us\$|\$|€|£|¥)?(?P<high>{_NUMBER}))?"
    rf"\s*(?P<many>多|余)?\s*(?:{_named(MONEYS, 'm')}|"
    rf"{_named(UNITS, 'u')})?(?P<plus>以上|及以上|or more)?"
)
_HAN_AMOUNT: Final = re.compile(
    rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT}))?\s*"
    rf"(?P<digit>[一二两三四五六七八九])?(?P<ten>十)?(?P<tail>[一二三四五六七八九])?个?(?P<scale>{SCALE})?"
    rf"(?P<level>级别?)?(?P<many>多|余)?\s*(?:{_named(MONEYS, 'm')}|"
    rf"{_named(UNITS, 'u')})(?P<plus>以上)?"
)
_SHARES: Final = re.compile(
    rf"(?:(?P<least>{AT_LEAST})|(?P<about>{ABOUT}))?\s*"
    r"(?:(?P<tenths>[一二三四五六七八九])成|(?P<half>一半|半数|过半)|\b(?P<en>half)\b)(?P<plus>以上|多)?"
)
_BEFORE: Final = 14


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a text: what it is at least and at most, and in which unit or currency."""

    span: Span
    low: Decimal | None
    high: Decimal | None
    unit: str
    is_money: bool
    is_approximate: bool

    @property
    def sort(self) -> str:
        """Return ``money`` or the name of the unit; empty where none was told."""
        return MONEY if self.is_money else self.unit

    def negated(self) -> "Counted":
        """Return the same amount as by how much something is less."""
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return replace(self, low=low, high=high)

    def read_as(self, field: Field, words: str) -> object | None:
        """Return the canonical value for *field*, None where that takes no such amount."""
        parts: dict[str, object] = {}
        if self.low is not None and self.low == self.high:
            parts["exact"] = str(self.low)
        else:
            ends = {"min": self.low, "max": self.high}
            parts |= {end: str(number) for end, number in ends.items() if number is not None}
        if self.is_approximate:
            parts["approximate"] = True
        if self.unit:
            parts["currency" if self.is_money else "unit"] = self.unit
        try:
            value = field.type.read({**parts, "stated": words}, field=field.name)
        except RefusedError:
            return None
        return None if value == UNKNOWN else value


def counted_in(plain: str) -> tuple[Counted, ...]:
    """Return the amounts of a sentence in small, simplified signs, in their order.

    A bare number without unit or scale is none: it may be a version, a year or a model's name.
    """
    found = [*_arabic(plain), *_han(plain), *_tenths(plain), *_points(plain)]
    found.sort(key=lambda one: (one.span.start, -one.span.end))
    kept: list[Counted] = []
    for one in found:
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return tuple(kept)


def _arabic(plain: str) -> Iterator[Counted]:
    for match in _AMOUNT.finditer(plain):
        unit, is_money = _unit(match)
        after = plain[match.end("low") : match.end("low") + 4]
        if not unit and _scale_of(match["high"] or match["low"]):
            unit = _unit_before(plain[max(0, match.start() - _BEFORE) : match.start()])
        if not unit or (not is_money and NO_AMOUNT.match(after)):
            continue
        low, high = _ends(match)
        yield _counted(match, low, high, unit, is_money=is_money)


def _unit_before(words: str) -> str:
    """Return the unit of what is told to come to so many: its noun stands before the number."""
    told = [(match.start(), unit) for unit, noun in NOUNS for match in noun.finditer(words)]
    return max(told)[1] if told else ""


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    low = _scaled(match["low"])
    if not match["high"]:
        return low, low
    high = _scaled(match["high"])
    if not _scale_of(match["low"]) and _scale_of(match["high"]):
        low *= 10 ** SCALES[_scale_of(match["high"])]
    return min(low, high), max(low, high)


def _scale_of(number: str) -> str:
    return number.lstrip("0123456789.,").strip()


def _scaled(number: str) -> Decimal:
    scale = _scale_of(number)
    digits = (
        number.removesuffix(scale).strip().replace(",", "")
        if scale
        else number.strip().replace(",", "")
    )
    return _plain(Decimal(digits) * (10 ** SCALES[scale] if scale else 1))


def _plain(number: Decimal) -> Decimal:
    return Decimal(format(number.normalize(), "f"))


def _unit(match: re.Match[str]) -> tuple[str, bool]:
    """Return the currency or unit that was matched, and whether it is money."""
    parts = match.groupdict()
    if parts.get("before"):
        sign = parts["before"]
        return next(name for name, words in MONEYS if re.fullmatch(words, sign)), True
    for prefix, rows in (("m", MONEYS), ("u", UNITS)):
        for number, (name, _words) in enumerate(rows):
            if parts[f"{prefix}{number}"] is not None:
                return name, prefix == "m"
    return "", False


def _counted(
    match: re.Match[str], low: Decimal, high: Decimal, unit: str, *, is_money: bool
) -> Counted:
    parts = match.groupdict()
    is_least = bool(parts.get("least") or parts.get("plus") or parts.get("many"))
    is_most = bool(parts.get("most"))
    return Counted(
        Span(
            match.start() + len(match[0]) - len(match[0].lstrip()),
            match.start() + len(match[0].rstrip()),
        ),
        None if is_most else low,
        None if is_least else high,
        unit,
        is_money,
        bool(parts.get("about")),
    )


def _han(plain: str) -> Iterator[Counted]:
    for match in _HAN_AMOUNT.finditer(plain):
        if (
            not (match["digit"] or match["ten"] or match["scale"])
            or plain[match.start() - 1 : match.start()].isdigit()
        ):
            continue
        if plain[match.start() - 1 : match.start()] in {"每", "/"}:
            continue
        unit, is_money = _unit(match)
        if not match["scale"] and not match["ten"] and unit not in EXACT:
            continue  # 一个, 一家 and the like are mostly "a"
        number = _han_number(match)
        if match["level"] or not (match["digit"] or match["ten"]):  # 百亿级别: of that order
            yield _counted(match, number, number * 10 - 1, unit, is_money=is_money)
        else:
            yield _counted(match, number, number, unit, is_money=is_money)


def _han_number(match: re.Match[str]) -> Decimal:
    digit = HAN_DIGITS.get(match["digit"] or "", 0)
    tail = HAN_DIGITS.get(match["tail"] or "", 0)
    number = (digit or 1) * 10 + tail if match["ten"] else digit or 1
    return _plain(Decimal(number) * 10 ** SCALES.get(match["scale"] or "", 0))


def _tenths(plain: str) -> Iterator[Counted]:
    for match in _SHARES.finditer(plain):
        number = Decimal(10 * HAN_DIGITS[match["tenths"]] if match["tenths"] else 50)
        yield _counted(match, number, number, "percent", is_money=False)


def _points(plain: str) -> Iterator[Counted]:
    """Yield the bare numbers of a sentence about an index."""
    if INDEX.search(plain) is None:
        return
    for match in BARE.finditer(plain):
        number = Decimal(match[1])
        yield Counted(
            Span(*match.span(1)), number, number, "points", is_money=False, is_approximate=False
        )
