"""What a kind of event is: its fields, what it asserts, and the sentence that titles it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from typing_extensions import override

from archive.languages import Words
from archive.vocabulary.conditions import Condition
from archive.vocabulary.fields import Entities, FieldType


@dataclass(frozen=True, slots=True)
class Field:
    """One typed field of a kind: an entity in a role, or a piece of data."""

    name: str
    type: FieldType
    label: Words
    help: Words
    required: bool = False

    @property
    def is_role(self) -> bool:
        """Tell whether the field holds entities rather than data."""
        return isinstance(self.type, Entities)

    @property
    def is_many(self) -> bool:
        """Tell whether the field takes several entities."""
        return isinstance(self.type, Entities) and self.type.many


@dataclass(frozen=True, slots=True)
class Const:
    """A value that the kind itself gives."""

    key: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part of a member that the kind itself gives: a *key* of *field*, which no event fills."""

    field: Field
    key: str

    @property
    def name(self) -> str:
        """Return the name of the field."""
        return self.field.name


@dataclass(frozen=True, slots=True)
class Asserts:
    """From the event's date on, *attribute* of the entity in role *about* has *value*.

    *value* is a field's name, a constant, or None: then the attribute (or the member) ends.
    *member* names the fields whose keys, joined, tell members or scopes apart, or gives a key that
    is always the same. *missing* is the key used when the field *value* is not given; None makes
    no assertion then. A *divided* value belongs to all bearers of the role *member* together: who
    of several has what is *missing*. Where they are *leaving*, whoever *value* names leaves it:
    see ``leaver_of``.
    """

    attribute: str
    about: str
    value: str | Const | None
    member: tuple[str | Fixed, ...] = ()
    when: tuple[Condition, ...] = ()
    missing: str | None = None
    divided: bool = False
    leaving: bool = False

    @property
    def member_names(self) -> tuple[str, ...]:
        """Return the names of the fields of which a member is made."""
        return tuple(one.name if isinstance(one, Fixed) else one for one in self.member)


class Group(StrEnum):
    """The lanes of the timeline."""

    ORGANIZATIONS = "organizations"
    DEALS = "deals"
    MONEY = "money"
    PEOPLE = "people"
    MODELS = "models"
    PRODUCTS = "products"
    FIGURES = "figures"
    ARCHIVE = "archive"


GROUPS: Final = {
    Group.ORGANIZATIONS: Words("机构", "Organizations"),
    Group.DEALS: Words("交易", "Deals"),
    Group.MONEY: Words("资金", "Money"),
    Group.PEOPLE: Words("人物", "People"),
    Group.MODELS: Words("模型", "Models"),
    Group.PRODUCTS: Words("产品与可用性", "Products"),
    Group.FIGURES: Words("数字与表态", "Figures"),
    Group.ARCHIVE: Words("档案自身", "The archive"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event, in the form from which everything else is derived."""

    name: str
    group: Group
    label: Words
    help: Words
    subject: str
    fields: tuple[Field, ...]
    title: Words
    asserts: tuple[Asserts, ...] = ()
    version: int = 1

    @override
    def __hash__(self) -> int:
        """Return the hash of its name: what follows from a kind can be kept by the kind."""
        return hash(self.name)

    @property
    def is_world(self) -> bool:
        """Tell whether it says something of the world rather than of the archive."""
        return self.group is not Group.ARCHIVE

    def field(self, name: str) -> Field | None:
        """Return the field called *name*, if the kind has one."""
        return next((one for one in self.fields if one.name == name), None)

    def member_field(self, name: str) -> Field | None:
        """Return the field called *name*, of the kind or of a part that it gives of a member."""
        parts = (one for rule in self.asserts for one in rule.member if isinstance(one, Fixed))
        fixed = next((one.field for one in parts if one.name == name), None)
        return self.field(name) or fixed


_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_NAMED = re.compile(r"(?<=\{)\w+(?=\})|(?<=\[!)\w+")


def sentence(kind: Kind, spoken: Mapping[str, str], *, locale: str) -> str:
    """Return the title that *kind* gives an event whose fields are *spoken* in *locale*.

    A part in square brackets is left out when a field that it names is not given, and
    ``[!name words]`` when the field is. A name at the beginning keeps its small letter.
    """
    template = kind.title.in_language(locale)
    given = frozenset([name for name in named_in(template) if spoken.get(name)])
    pieces = list(_pieces(template, given))
    pieces[1::2] = [spoken.get(name) or "…" for name in pieces[1::2]]
    return "".join(pieces).strip()


@lru_cache(maxsize=1 << 9)
def named_in(template: str) -> tuple[str, ...]:
    """Return the names of the fields on which *template* depends, each once."""
    return tuple(dict.fromkeys(_NAMED.findall(template)))


@lru_cache(maxsize=1 << 12)
def _pieces(template: str, given: frozenset[str]) -> tuple[str, ...]:
    """Return, in turn, what stands between the slots and their names, where *given* are given."""

    def part(match: re.Match[str]) -> str:
        if match[1].startswith("!"):
            name, _blank, words = match[1][1:].partition(" ")
            return "" if name in given else words
        return match[1] if given.issuperset(_SLOT.findall(match[1])) else ""

    left = _OPTIONAL.sub(part, template)
    return tuple(_SLOT.split(left[:1].upper() + left[1:]))
