"""People in posts: taken up and left."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.bodies import FOUNDERS, OFFICES, ROLE_END, ROLES_LEFT
from archive.vocabulary.definition import Asserts, Group, Kind
from archive.vocabulary.fields import Choice, Entities, Flag
from archive.vocabulary.kinds.rows import ORG, POST, SCOPE, needed, one_of, optional

_PERSON = needed("person", Entities(("person",)), "人物 | Person", "谁 | Who")
_ORG = needed("org", ORG, "机构 | Organization", "在哪家机构 | Where")
_OFFICE = one_of("role", *OFFICES)
_SEAT = one_of("role", "director", "chair")
_FOUNDER = one_of("role", *FOUNDERS)
_LEFT = one_of("role", *ROLES_LEFT)

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
            POST,
            SCOPE,
            optional("interim", Flag(), "临时 | Interim", "是否临时 | Whether it is interim"),
            optional(
                "appointed_by",
                Entities(("person", "organization")),
                "任命者 | Appointed by",
                "由谁任命 | Who appointed",
            ),
            optional(
                "previous_org",
                ORG,
                "此前所在机构 | Came from",
                "从哪里来 | Where from",
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
            "辞任、被免或离开；若无他人接任，职位随之空缺。",
            "Resigned, was removed or left; the post falls vacant unless another has taken it up.",
        ),
        subject="org",
        fields=(
            _PERSON,
            _ORG,
            POST,
            SCOPE,
            optional("reason", Choice(ROLE_END), "原因 | Reason", "为何离任 | Why"),
            optional(
                "remains",
                Flag(),
                "仍在机构 | Stays on",
                "是否留在该机构 | Whether the person stays at the organization",
            ),
            optional("next", ORG, "去向 | Next", "之后去了哪里 | Where to"),
        ),
        asserts=(
            Asserts(
                "officers",
                "org",
                "person",
                member=("role", "scope"),
                when=(_OFFICE,),
                leaving=True,
            ),
            Asserts("board", "org", None, member=("person",), when=(_SEAT,)),
            Asserts("roles", "person", None, member=("role", "scope", "org"), when=(_LEFT,)),
            Asserts(
                "affiliation",
                "person",
                None,
                member=("org",),
                when=(one_of("remains", "False", ""),),
            ),
        ),
        title=Words(
            "{person}不再担任{org}{role}[（{scope}）][，{reason}]",
            "{person} leaves as {role} of {org}[ ({scope})][: {reason}]",
        ),
    ),
)
