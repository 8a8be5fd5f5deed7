"""What the events of a long log say: kinds, who bears which role, and data to draw from."""

from dataclasses import dataclass, field
from typing import Final

from tests.benchmarks.casting import Draft

# Stands for a number of four digits, of which the last is not 0.
NUMBER: Final = "7351"


@dataclass(frozen=True, slots=True)
class Saying:
    """How often something is said, of whom, and with what data: one of the values of each field.

    ``roles`` names the types that bear each role, one entity for each.
    """

    weight: float
    kind: str
    roles: dict[str, tuple[str, ...]]
    data: dict[str, tuple[object, ...]] = field(default_factory=dict)


def _amount(scale: int, **said: str) -> Draft:
    return {"exact": NUMBER + "0" * scale, **said}


def _at_least(scale: int, **said: str) -> Draft:
    return {"min": NUMBER + "0" * scale, **said}


_REGIONS: Final = ("CN", "CN", "CN", "US", "worldwide")
_ROLES: Final = ("ceo", "cto", "chief_scientist", "director", "partner", "president")
_ORG, _PERSON, _MODEL, _PRODUCT = (
    ("organization",),
    ("person",),
    ("model",),
    ("product",),
)
_MONEY: Final = tuple(
    _amount(scale, currency=one) for scale in (4, 5, 6) for one in ("CNY", "USD")
)
_SIZES: Final = tuple(_amount(scale, unit="parameters") for scale in (6, 7, 8))
_COUNTS: Final = tuple(_amount(scale, unit="users") for scale in (2, 3, 4))
_FIGURES: Final[dict[str, tuple[object, ...]]] = {
    "measure": ("users", "users", "downloads"),
    "basis": ("stated", "stated", "estimate"),
    "value": _COUNTS,
}
_TERMS: Final[dict[str, tuple[object, ...]]] = {
    "commercial_use": (
        *("free",) * 7,
        *("free_after_registration",) * 4,
        *("free_below_threshold",) * 3,
        *("paid", "forbidden") * 3,
    ),
    "conditions": ("", "", ("registration",), ("threshold",), ("registration", "threshold")),
}
_LICENCES: Final = (
    *("Apache-2.0",) * 7,
    *("MIT",) * 6,
    *("LicenseRef-own",) * 4,
    *("GPL-3.0-only", "BSD-3-Clause"),
)
# A licence that is rare, a commercial use that is common: filters of a page.
RARE: Final = ("licence", "CC-BY-NC-4.0")
COMMON: Final = ("commercial_use", "free")

# About three facts an event, as ASOF's prototype had; figures and prices are long series.
SAYINGS: Final = (
    Saying(9, "figure_reported", {"subject": _ORG}, _FIGURES),
    Saying(6, "figure_reported", {"subject": _PRODUCT}, _FIGURES),
    Saying(
        4,
        "figure_reported",
        {"subject": _MODEL},
        _FIGURES | {"period": ("2019", "2021", "2023")},
    ),
    Saying(5, "valuation_reported", {"org": _ORG}, {"amount": _MONEY, "basis": ("post_money",)}),
    Saying(
        7,
        "funding_round",
        {"org": _ORG, "lead": _ORG, "investors": _ORG * 2},
        {"phase": ("closed",), "amount": (_at_least(5, currency="USD"), *_MONEY)},
    ),
    Saying(
        4,
        "funding_round",
        {"org": _ORG, "investors": _ORG},
        {"phase": ("closed",), "amount": _MONEY, "post_money": _MONEY},
    ),
    Saying(
        13,
        "model_released",
        {"model": _MODEL, "developer": _ORG},
        {"channel": ("weights", "api", "app", "closed_test"), "region": _REGIONS}
        | {"parameters": _SIZES},
    ),
    Saying(
        7,
        "model_released",
        {"model": _MODEL, "developer": _ORG * 2, "base_model": _MODEL},
        {"channel": ("weights", "api"), "region": _REGIONS, "parameters": _SIZES},
    ),
    Saying(
        5,
        "weights_released",
        {"model": _MODEL, "developer": _ORG},
        {"form": ("full", "full", "partial", "on_request", "leaked"), "parameters": _SIZES},
    ),
    Saying(8, "licence_set", {"model": _MODEL}, _TERMS | {"licence": _LICENCES}),
    Saying(0.04, "licence_set", {"model": _MODEL}, _TERMS | {"licence": (RARE[1],)}),
    Saying(
        6,
        "price_changed",
        {"product": _MODEL},
        {"item": ("api_call",), "unit": ("1k_tokens",), "new": (_amount(0, currency="CNY"),)},
    ),
    Saying(
        6,
        "product_launched",
        {"product": _PRODUCT, "operator": _ORG, "built_on": _MODEL},
        {"region": _REGIONS},
    ),
    Saying(
        5,
        "availability_changed",
        {"product": _PRODUCT},
        {"step": ("opened", "closed", "suspended", "resumed"), "region": _REGIONS},
    ),
    Saying(8, "role_started", {"person": _PERSON, "org": _ORG}, {"role": _ROLES}),
    Saying(
        4,
        "role_ended",
        {"person": _PERSON, "org": _ORG},
        {"role": _ROLES, "reason": ("resigned", "moved")},
    ),
    Saying(
        3,
        "partnership_made",
        {"parties": _ORG * 2},
        {"subject": ({"zh": "联合研发", "en": "joint research"},)},
    ),
    Saying(2, "project_started", {"org": _ORG, "project": _MODEL}, {"step": ("started",)}),
)
