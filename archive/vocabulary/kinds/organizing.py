"""Organizations: founded, renamed, reorganized, ended."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.bodies import (
    LANGUAGE,
    NAME_KIND,
    ORG_END,
    ORG_FORM,
    REORGANIZATION,
)
from archive.vocabulary.definition import Asserts, Const, Fixed, Group, Kind
from archive.vocabulary.fields import MONEY, Choice, Entities, Place, Text
from archive.vocabulary.kinds.rows import ORG, ORGS, POST, SCOPE, needed, one_of, optional

_AS_FOUNDER = (Fixed(POST, "founder"), Fixed(SCOPE, ""))
_CREATED = (one_of("change", "unit_created"),)
_MERGED = (one_of("change", "unit_merged"),)
_CLOSED = (one_of("change", "unit_closed"),)
_GONE = (one_of("change", "unit_merged", "unit_closed"),)
_MOVED = (one_of("change", "unit_moved"),)

ORGANIZING: Final = (
    Kind(
        name="org_founded",
        group=Group.ORGANIZATIONS,
        label=Words("机构成立", "Organization founded"),
        help=Words(
            "公司、实验室或其他机构成立。", "A company, laboratory or other body came to be."
        ),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "成立的机构 | What was founded"),
            optional(
                "founders",
                Entities(("person", "organization"), many=True),
                "创始人 | Founders",
                "个人或机构 | People or organizations",
            ),
            optional(
                "parent",
                ORG,
                "上级机构 | Parent",
                "若设在另一机构之内 | If it was set up inside another body",
            ),
            optional("form", Choice(ORG_FORM), "形式 | Form", "机构的形式 | What form it took"),
            optional("seat", Place(120), "所在地 | Seat", "城市或国家 | City or country"),
            optional(
                "initial_capital",
                MONEY,
                "启动资金 | Initial capital",
                "例如 US$50m | For example US$50m",
            ),
        ),
        asserts=(
            Asserts("status", "org", Const("active")),
            Asserts("founders", "org", "founders", member=("founders",)),
            Asserts("roles", "founders", "org", member=(*_AS_FOUNDER, "org")),
            Asserts("parent", "org", "parent"),
            Asserts("units", "parent", "org", member=("org",)),
            Asserts("seat", "org", "seat"),
        ),
        title=Words(
            "{org}成立[，创始人：{founders}][，启动资金{initial_capital}]",
            "{org} is founded[ by {founders}][ with {initial_capital}]",
        ),
    ),
    Kind(
        name="org_renamed",
        group=Group.ORGANIZATIONS,
        label=Words("机构更名", "Organization renamed"),
        help=Words("名称改变；旧名仍可检索。", "The name changed; the old one stays searchable."),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "更名的机构 | Whose name changed"),
            needed(
                "new_name", Text(200), "新名称 | New name", "改后的名称 | The name from then on"
            ),
            needed(
                "language",
                Choice(LANGUAGE),
                "语言 | Language",
                "新名称的语言 | Language of the new name",
            ),
            optional(
                "name_kind",
                Choice(NAME_KIND),
                "名称种类 | Kind of name",
                "法定、简称或品牌 | Legal, short or brand",
            ),
        ),
        asserts=(Asserts("name", "org", "new_name", member=("language",)),),
        title=Words("{org}更名为{new_name}", "{org} is renamed {new_name}"),
    ),
    Kind(
        name="org_reorganized",
        group=Group.ORGANIZATIONS,
        label=Words("机构调整", "Organization reorganized"),
        help=Words("单位新设、合并、裁撤或划转。", "Units were created, merged, closed or moved."),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "发生调整的机构 | Where it happened"),
            needed(
                "change", Choice(REORGANIZATION), "调整 | Change", "发生了什么 | What was done"
            ),
            needed(
                "units",
                Entities(("organization", "model", "product"), many=True),
                "单位 | Units",
                "涉及的团队或项目 | Teams or projects touched",
            ),
            optional(
                "into",
                Entities(("organization", "model", "product")),
                "并入或划入 | Into",
                "合并或划转的去向 | Where they went",
            ),
            optional("headcount", Text(80), "人数 | Headcount", "涉及的人数 | How many people"),
        ),
        asserts=(
            Asserts("status", "units", Const("active"), when=_CREATED),
            Asserts("parent", "units", "org", when=_CREATED),
            Asserts("units", "org", "units", member=("units",), when=_CREATED),
            Asserts("status", "units", Const("merged"), when=_MERGED),
            Asserts("status", "units", Const("closed"), when=_CLOSED),
            Asserts("units", "org", None, member=("units",), when=_GONE),
            Asserts("parent", "units", "into", when=_MOVED),
        ),
        title=Words(
            "{org}{change}：{units}[，归入{into}]", "{org}: {change} ({units})[, into {into}]"
        ),
    ),
    Kind(
        name="org_ended",
        group=Group.ORGANIZATIONS,
        label=Words("机构终止", "Organization ended"),
        help=Words("解散、被并入或暂停。", "Dissolved, absorbed or paused."),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "终止的机构 | What ended"),
            needed("manner", Choice(ORG_END), "方式 | Manner", "怎样终止 | How it ended"),
            optional("successor", ORGS, "承继者 | Successor", "由谁承继 | Who follows it"),
        ),
        asserts=(Asserts("status", "org", "manner"),),
        title=Words(
            "{org}{manner}[，由{successor}承继]", "{org} is {manner}[; {successor} follows it]"
        ),
    ),
)
