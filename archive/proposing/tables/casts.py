"""Who bears the roles of each kind, and where they stand by the words that tell it."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Side(Enum):
    """Where the bearer of a role stands: who acts before the verb, what is acted on after it.

    Who stands beside acts too, but only if named in the very clause.
    """

    AGENT = "agent"
    PATIENT = "patient"
    BESIDE = "beside"
    NEAR = "near"
    MARKED = "marked"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Cast:
    """A role, where its bearer stands, and the words that mark it before or after the name."""

    role: str
    side: Side
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    types: tuple[str, ...] = ()


def _marked(role: str, before: str, after: str = "") -> Cast:
    following = re.compile(after) if after else None
    return Cast(role, Side.MARKED, re.compile(rf"(?:{before})$"), following)


_BUYER: Final = Cast("buyer", Side.AGENT)
_TARGET: Final = Cast("target", Side.PATIENT)
_MODEL: Final = Cast("model", Side.PATIENT)
_DEVELOPER: Final = Cast("developer", Side.AGENT)
_LEAD: Final = _marked(
    "lead", r"由|led by |lead investor ", r"^(?:[^,，。；;]{0,12})领投|^ (?:led|leading)\b"
)
_INVESTORS: Final = _marked(
    "investors",
    r"with participation from |joined by |backed by |"
    r"投资方(?:包括|为|有)|from ",
    r"^(?:[^,，。；;领]{0,24})(?:跟投|参投|投资)",
)
_FROM: Final = _marked(
    "previous_org", r"从|离开|from |left |(?:原|前)", r"^(?:前|原)|^ (?:alumn|veteran)"
)
_BY: Final = _marked("appointed_by", r"任命者|appointed by ", r"^(?:[^,，。]{0,6})任命")
_PERSON: Final = Cast("person", Side.NEAR)
_PRODUCT: Final = Cast("product", Side.PATIENT)

CASTS: Final[dict[str, tuple[Cast, ...]]] = {
    "deal_announced": (_BUYER, _TARGET),
    "deal_closed": (_BUYER, _TARGET),
    "deal_ended": (_BUYER, _TARGET),
    "stake_changed": (
        Cast("holder", Side.AGENT, types=("person",)),
        Cast("holder", Side.AGENT),
        Cast("org", Side.NEAR),
    ),
    "divested": (
        Cast("seller", Side.AGENT),
        Cast("what", Side.PATIENT),
        _marked("buyer", r"给|予| to "),
    ),
    "funding_round": (_LEAD, _INVESTORS, Cast("org", Side.AGENT)),
    "valuation_reported": (Cast("org", Side.AGENT),),
    "listing_changed": (Cast("org", Side.AGENT),),
    "org_founded": (
        Cast("founders", Side.AGENT, types=("person",)),
        Cast("org", Side.PATIENT),
        Cast("founders", Side.BESIDE),
    ),
    "org_renamed": (Cast("org", Side.AGENT),),
    "org_reorganized": (
        Cast("org", Side.AGENT),
        Cast("units", Side.PATIENT),
        _marked("into", r"并入|划归|划入|into |under "),
    ),
    "org_ended": (Cast("org", Side.AGENT), _marked("successor", r"并入|into ")),
    "role_started": (_PERSON, _FROM, _BY, Cast("org", Side.PATIENT)),
    "role_ended": (_PERSON, Cast("org", Side.NEAR)),
    "model_announced": (_MODEL, _DEVELOPER),
    "model_released": (_MODEL, _marked("base_model", r"基于|based on |built on "), _DEVELOPER),
    "product_launched": (
        _PRODUCT,
        _marked("built_on", r"基于|依托|based on |built on "),
        Cast("operator", Side.AGENT),
    ),
    "weights_released": (Cast("model", Side.NEAR), _DEVELOPER),
    "source_code_released": (Cast("model", Side.NEAR), _DEVELOPER),
    "licence_set": (_MODEL, Cast("licensor", Side.AGENT)),
    "model_retired": (Cast("model", Side.NEAR),),
    "project_started": (
        Cast("project", Side.PATIENT, types=("model", "product")),
        Cast("org", Side.AGENT),
        _marked("lead", r"由", r"^(?:[^,，。]{0,4})(?:牵头|负责)"),
    ),
    "availability_changed": (Cast("product", Side.NEAR), Cast("by", Side.AGENT)),
    "price_changed": (Cast("product", Side.AGENT),),
    "partnership_made": (Cast("parties", Side.TOGETHER), Cast("products", Side.PATIENT)),
    "capacity_changed": (
        _marked("supplier", r"从|向|from "),
        Cast("org", Side.AGENT),
        Cast("product", Side.PATIENT),
    ),
}
