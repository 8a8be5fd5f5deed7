"""How the tables of kinds are written: a row for each field, and the rows that several share.

A text of a row is in Chinese and in English, parted by a bar: ``机构 | Organization``.
"""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.bodies import ROLE
from archive.vocabulary.conditions import OneOf
from archive.vocabulary.definition import Field
from archive.vocabulary.fields import (
    MEASURE,
    MONEY,
    Bilingual,
    Choice,
    Entities,
    FieldType,
    Region,
    Text,
)
from archive.vocabulary.texts import SHORT_TEXT


def needed(name: str, holds: FieldType, label: str, hint: str) -> Field:
    """Return the row of a field that every event of the kind must fill."""
    return Field(name, holds, _in_both(label), _in_both(hint), required=True)


def optional(name: str, holds: FieldType, label: str, hint: str) -> Field:
    """Return the row of a field that may stay empty."""
    return Field(name, holds, _in_both(label), _in_both(hint))


def one_of(field: str, *values: str, default: str = "") -> OneOf:
    """Return the condition that the field holds one of *values*; see ``OneOf``."""
    return OneOf(field, frozenset(values), default)


def _in_both(text: str) -> Words:
    zh, en = text.split(" | ")
    return Words(zh, en)


ORG: Final = Entities(("organization",))
ORGS: Final = Entities(("organization",), many=True)
PARTY: Final = Entities(("organization", "person"))
PARTIES: Final = Entities(("organization", "person"), many=True)

POST: Final = needed("role", Choice(ROLE), "职务 | Role", "担任什么 | What post")
SCOPE: Final = optional(
    "scope",
    Bilingual(SHORT_TEXT),
    "范围 | Scope",
    "职责的范围，例如“北美大模型研发”；同一职务因此可分 | "
    "What the post covers; tells posts of one name apart",
)
AMOUNT: Final = optional(
    "amount", MONEY, "金额 | Amount", "例如 20.65亿元、US$13bn | For example 20.65亿元, US$13bn"
)
REGION: Final = optional(
    "region",
    Region(),
    "地区 | Region",
    "国家或地区（代码如 CN；worldwide 为全球） | "
    "Country or region (a code such as CN; worldwide for all)",
)
VERSION: Final = optional("version", Text(60), "版本 | Version", "版本号 | Version")
MODEL: Final = needed(
    "model", Entities(("model",)), "模型 | Model", "模型或其版本 | The model or its version"
)
SOFTWARE: Final = needed(
    "model",
    Entities(("model", "product")),
    "模型或产品 | Model or product",
    "条款适用的对象 | What the terms are for",
)
DEVELOPER: Final = optional("developer", PARTIES, "开发者 | Developer", "谁开发 | Who made it")
PARAMETERS: Final = optional(
    "parameters",
    MEASURE,
    "参数量 | Parameters",
    "例如 130亿参数、>=2000亿参数 | For example 13bn parameters",
)
