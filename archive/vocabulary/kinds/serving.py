"""People in posts: taken up and left."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import OFFICES, ROLE, ROLE_END
from archive.vocabulary.definition import Asserts, Const, Field, Group, Kind, OneOf
from archive.vocabulary.fields import Bilingual, Choice, Entities, Flag
from archive.vocabulary.texts import SHORT_TEXT

_PERSON = Field(
    "person", Entities(("person",)), Words("人物", "Person"), Words("谁", "Who"), required=True
)
_ORG = Field(
    "org",
    Entities(("organization",)),
    Words("机构", "Organization"),
    Words("在哪家机构", "Where"),
    required=True,
)
_ROLE = Field(
    "role", Choice(ROLE), Words("职务", "Role"), Words("担任什么", "What post"), required=True
)
_SCOPE = Field(
    "scope",
    Bilingual(SHORT_TEXT),
    Words("范围", "Scope"),
    Words(
        "职责的范围，例如“北美大模型研发”；同一职务因此可分",
        "What the post covers; tells posts of one name apart",
    ),
)
_OFFICE = OneOf("role", frozenset(OFFICES))
_SEAT = OneOf("role", frozenset({"director", "chair"}))
_FOUNDER = OneOf("role", frozenset({"founder", "co_founder"}))

SERVING: Final = (
    Kind(
        name="role_started",
        group=Group.PEOPLE,
        label=Words("就任", "Role started"),
        help=Words("加入、就任或被任命。", "Joined, took office or was appointed."),
        subject="org",
        fields=(
            _PERSON,
            _ORG,
            _ROLE,
            _SCOPE,
            Field(
                "interim",
                Flag(),
                Words("临时", "Interim"),
                Words("是否临时", "Whether it is interim"),
            ),
            Field(
                "appointed_by",
                Entities(("person", "organization")),
                Words("任命者", "Appointed by"),
                Words("由谁任命", "Who appointed"),
            ),
            Field(
                "previous_org",
                Entities(("organization",)),
                Words("此前所在机构", "Came from"),
                Words("从哪里来", "Where from"),
            ),
        ),
        asserts=(
            Asserts("officers", "org", "person", member=("role", "scope"), when=(_OFFICE,)),
            Asserts("board", "org", "person", member=("person",), when=(_SEAT,)),
            Asserts("founders", "org", "person", member=("person",), when=(_FOUNDER,)),
            Asserts("roles", "person", "org", member=("role", "scope", "org")),
            Asserts("affiliation", "person", "org", member=("org",)),
        ),
        title=Words(
            "{person}出任{org}{role}[（{scope}）]", "{person} becomes {role} at {org}[ ({scope})]"
        ),
    ),
    Kind(
        name="role_ended",
        group=Group.PEOPLE,
        label=Words("离任", "Role ended"),
        help=Words(
            "辞任、被免或离开；职位随之空缺。",
            "Resigned, was removed or left; the post falls vacant.",
        ),
        subject="org",
        fields=(
            _PERSON,
            _ORG,
            _ROLE,
            _SCOPE,
            Field("reason", Choice(ROLE_END), Words("原因", "Reason"), Words("为何离任", "Why")),
            Field(
                "remains",
                Flag(),
                Words("仍在机构", "Stays on"),
                Words("是否留在该机构", "Whether the person stays at the organization"),
            ),
            Field(
                "next",
                Entities(("organization",)),
                Words("去向", "Next"),
                Words("之后去了哪里", "Where to"),
            ),
        ),
        asserts=(
            Asserts("officers", "org", Const("vacant"), member=("role", "scope"), when=(_OFFICE,)),
            Asserts("board", "org", None, member=("person",), when=(_SEAT,)),
            Asserts("roles", "person", None, member=("role", "scope", "org")),
            Asserts(
                "affiliation",
                "person",
                None,
                member=("org",),
                when=(OneOf("remains", frozenset({"False", ""})),),
            ),
        ),
        title=Words(
            "{person}不再担任{org}{role}[（{scope}）][，{reason}]",
            "{person} leaves as {role} of {org}[ ({scope})][: {reason}]",
        ),
    ),
)
