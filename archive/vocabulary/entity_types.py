"""The seven types of entity, and the attributes that a state has for each.

The class of an attribute decides how its state is computed (the letters are the vocabulary's):
S a single holder in each scope, M a set of members, Q a measured value that ages, P a phase;
A adds up.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.errors import UnknownNameError
from archive.languages import Words
from archive.vocabulary.choices.models import ACCESS, COMMERCIAL_USE, CONDITIONS, WEIGHTS_FORM
from archive.vocabulary.choices.phases import AVAILABILITY, DEAL_PHASE, LISTING_STEP, STATUS
from archive.vocabulary.fields import (
    MEASURE,
    MONEY,
    SHARE,
    Bilingual,
    Choice,
    Choices,
    Entities,
    FieldType,
    Licence,
    Period,
    Place,
    Text,
)


class AttributeClass(StrEnum):
    """How the state of an attribute follows from what is said of it."""

    SINGLE = "S"
    MEMBERS = "M"
    MEASURED = "Q"
    PHASE = "P"
    SUM = "A"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be asked of an entity on a date."""

    name: str
    attribute_class: AttributeClass
    value: FieldType
    label: Words
    tab: str

    @property
    def is_counted(self) -> bool:
        """Tell whether its values are tallied: a cell holds one at a time, of a closed list."""
        is_one = self.attribute_class in {AttributeClass.SINGLE, AttributeClass.PHASE}
        return is_one and isinstance(self.value, Choice | Choices)


@dataclass(frozen=True, slots=True)
class EntityType:
    """One type of entity and its attributes by name."""

    name: str
    label: Words
    attributes: dict[str, Attribute]


_S, _M, _Q, _P, _A = AttributeClass
_ORGANIZATION = Entities(("organization",))
_PERSON = Entities(("person",))
_ANY = Entities(("organization", "person", "model", "product"))


def _type(
    name: str, label: Words, *rows: tuple[str, AttributeClass, FieldType, str, str, str]
) -> EntityType:
    attributes = {
        row[0]: Attribute(row[0], row[1], row[2], Words(row[3], row[4]), row[5]) for row in rows
    }
    return EntityType(name, label, attributes)


TABS: Final = {
    "ownership": Words("股权与归属", "Ownership"),
    "models": Words("模型与许可", "Models and licences"),
    "people": Words("在任人物", "People in office"),
    "valuations": Words("估值与融资", "Valuations and funding"),
    "availability": Words("可用性与价格", "Availability and prices"),
    "figures": Words("数字", "Figures"),
}

ENTITY_TYPES: Final = {
    one.name: one
    for one in (
        _type(
            "organization",
            Words("机构", "Organization"),
            ("status", _P, Choice(STATUS), "状态", "status", "ownership"),
            ("name", _S, Text(), "名称", "name", "ownership"),
            ("parent", _S, _ORGANIZATION, "上级", "parent", "ownership"),
            ("owners", _M, SHARE, "股东", "owner", "ownership"),
            ("votes", _M, SHARE, "表决权", "votes", "ownership"),
            ("profit_shares", _M, SHARE, "收益权", "profit share", "ownership"),
            ("seat", _S, Place(), "所在地", "seat", "ownership"),
            ("units", _M, _ORGANIZATION, "下属单位", "unit", "ownership"),
            ("partners", _M, Bilingual(), "合作方", "partner", "ownership"),
            ("listing", _P, Choice(LISTING_STEP), "上市进程", "listing", "ownership"),
            ("officers", _S, _PERSON, "任职", "officer", "people"),
            ("board", _M, _PERSON, "董事", "board member", "people"),
            ("founders", _M, _PERSON, "创始人", "founder", "people"),
            ("valuation", _Q, MONEY, "估值", "valuation", "valuations"),
            ("total_raised", _A, MONEY, "累计融资", "total raised", "valuations"),
            ("figures", _Q, MEASURE, "数字", "figure", "figures"),
        ),
        _type(
            "person",
            Words("人物", "Person"),
            ("name", _S, Text(), "姓名", "name", "people"),
            ("roles", _M, _ORGANIZATION, "职务", "role", "people"),
            ("affiliation", _M, _ORGANIZATION, "所属机构", "affiliation", "people"),
            ("figures", _Q, MEASURE, "数字", "figure", "figures"),
        ),
        _type(
            "model",
            Words("模型", "Model"),
            ("status", _P, Choice(STATUS), "状态", "status", "models"),
            ("developer", _M, _ORGANIZATION, "开发者", "developer", "models"),
            ("access", _S, Choice(ACCESS), "获取方式", "access", "models"),
            ("weights", _S, Choice(WEIGHTS_FORM), "权重", "weights", "models"),
            ("licence", _S, Licence(), "许可证", "licence", "models"),
            ("code_licence", _S, Licence(), "代码许可证", "code licence", "models"),
            ("commercial_use", _S, Choice(COMMERCIAL_USE), "商用", "commercial use", "models"),
            ("conditions", _S, Choices(CONDITIONS), "条件", "conditions", "models"),
            ("parameters", _Q, MEASURE, "参数量", "parameters", "models"),
            ("base_model", _S, Entities(("model",)), "基座", "base model", "models"),
            ("availability", _P, Choice(AVAILABILITY), "可用性", "availability", "availability"),
            ("price", _Q, MONEY, "价格", "price", "availability"),
            ("figures", _Q, MEASURE, "数字", "figure", "figures"),
        ),
        _type(
            "product",
            Words("产品", "Product"),
            ("status", _P, Choice(STATUS), "状态", "status", "availability"),
            ("operator", _S, _ORGANIZATION, "运营方", "operator", "availability"),
            ("built_on", _M, _ANY, "基于", "built on", "availability"),
            ("licence", _S, Licence(), "许可证", "licence", "models"),
            ("code_licence", _S, Licence(), "代码许可证", "code licence", "models"),
            ("commercial_use", _S, Choice(COMMERCIAL_USE), "商用", "commercial use", "models"),
            ("conditions", _S, Choices(CONDITIONS), "条件", "conditions", "models"),
            ("availability", _P, Choice(AVAILABILITY), "可用性", "availability", "availability"),
            ("price", _Q, MONEY, "价格", "price", "availability"),
            ("parent", _S, _ORGANIZATION, "归属", "parent", "ownership"),
            ("figures", _Q, MEASURE, "数字", "figure", "figures"),
        ),
        _type(
            "deal",
            Words("交易", "Deal"),
            ("phase", _P, Choice(DEAL_PHASE), "阶段", "phase", "ownership"),
            ("parties", _M, _ANY, "交易方", "party", "ownership"),
            ("amount", _Q, MONEY, "金额", "amount", "ownership"),
            ("expected_close", _S, Period(), "预计交割", "expected closing", "ownership"),
        ),
        _type("licence", Words("许可证", "Licence")),
        _type("source", Words("来源", "Source")),
    )
}


def entity_type(name: str, *, field: str = "type") -> EntityType:
    """Return the type called *name* or raise UnknownNameError with the nearest."""
    if name not in ENTITY_TYPES:
        what = Words("实体类型", "type of entity")
        raise UnknownNameError(what=what, name=name, known=ENTITY_TYPES, field=field)
    return ENTITY_TYPES[name]
