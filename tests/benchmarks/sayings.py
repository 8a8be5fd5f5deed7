"""What synthetic events say: for each kind how often it comes, and its roles and data."""

import random
from collections.abc import Callable
from typing import Final, TypeAlias

from tests.benchmarks import naming
from tests.benchmarks.casting import Cast, Draft, Roles

Said: TypeAlias = tuple[Roles, Draft]


def _million(dice: random.Random) -> str:
    return f"{dice.randint(1, 9000)}00000"


def _figure(cast: Cast) -> Said:
    value = {"exact": str(cast.dice.randint(1, 10**8)), "unit": "users"}
    data: Draft = {"measure": "users", "value": value, "basis": "stated"}
    return {"subject": cast.one(cast.dice.choice(["organization", "product"]))}, data


def _round(cast: Cast) -> Said:
    amount = {"min": _million(cast.dice), "currency": "USD"}
    org, some = cast.one("organization"), cast.some("organization", 3)
    roles: Roles = {"org": org, "investors": [one for one in some if one != org]}
    return roles, {"phase": "closed", "amount": amount}


def _valuation(cast: Cast) -> Said:
    amount = {"exact": _million(cast.dice), "currency": "CNY"}
    return {"org": cast.one("organization")}, {"amount": amount, "basis": "post_money"}


def _release(cast: Cast) -> Said:
    channel = cast.dice.choice(["weights", "api", "app", "closed_test"])
    size = {"exact": str(cast.dice.randint(1, 500) * 10**9), "unit": "parameters"}
    roles: Roles = {"model": cast.one("model"), "developer": cast.some("organization", 2)}
    return roles, {"channel": channel, "region": "CN", "parameters": size}


def _licence(cast: Cast) -> Said:
    licence = cast.dice.choice(["Apache-2.0", "MIT", "GPL-3.0-only", "CC-BY-NC-4.0"])
    use = cast.dice.choice(["free", "free_after_registration", "forbidden"])
    return {"model": cast.one("model")}, {"licence": licence, "commercial_use": use}


def _price(cast: Cast) -> Said:
    new = {"exact": f"0.{cast.dice.randint(1, 999):03d}", "currency": "CNY"}
    product = cast.one(cast.dice.choice(["model", "product"]))
    return {"product": product}, {"item": "api_call", "unit": "1k_tokens", "new": new}


def _launch(cast: Cast) -> Said:
    roles: Roles = {
        "product": cast.one("product"),
        "operator": [cast.one("organization")],
        "built_on": cast.some("model", 2),
    }
    return roles, {"region": "CN"}


def _availability(cast: Cast) -> Said:
    step = cast.dice.choice(["opened", "closed", "suspended", "resumed"])
    region = cast.dice.choice(["CN", "US", "IT", "worldwide"])
    return {"product": cast.one("product")}, {"step": step, "region": region}


def _start(cast: Cast) -> Said:
    role = cast.dice.choice(["ceo", "cto", "chief_scientist", "partner", "director"])
    return {"person": cast.one("person"), "org": cast.one("organization")}, {"role": role}


def _end(cast: Cast) -> Said:
    roles, data = _start(cast)
    return roles, data | {"reason": "resigned"}


def _partners(cast: Cast) -> Said:
    subject = {"zh": naming.phrase(cast.dice, "zh", 6), "en": naming.phrase(cast.dice, "en", 5)}
    return {"parties": cast.two("organization")}, {"subject": subject}


def _project(cast: Cast) -> Said:
    return {"org": cast.some("organization", 1), "project": cast.one("model")}, {"step": "started"}


SAYINGS: Final[dict[str, tuple[int, Callable[[Cast], Said]]]] = {
    "figure_reported": (24, _figure),
    "funding_round": (10, _round),
    "valuation_reported": (6, _valuation),
    "model_released": (14, _release),
    "licence_set": (6, _licence),
    "price_changed": (8, _price),
    "product_launched": (7, _launch),
    "availability_changed": (7, _availability),
    "role_started": (7, _start),
    "role_ended": (3, _end),
    "partnership_made": (5, _partners),
    "project_started": (3, _project),
}
