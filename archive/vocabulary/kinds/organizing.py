"""Organizations: founded, renamed, reorganized, ended."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import LANGUAGE, NAME_KIND, ORG_END, ORG_FORM, REORGANIZATION
from archive.vocabulary.definition import Asserts, Const, Field, Group, Kind, OneOf
from archive.vocabulary.fields import MONEY, Choice, Entities, Text

_ORG = Entities(("organization",))
_ORGS = Entities(("organization",), many=True)

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
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("成立的机构", "What was founded"),
                required=True,
            ),
            Field(
                "founders",
                Entities(("person", "organization"), many=True),
                Words("创始人", "Founders"),
                Words("个人或机构", "People or organizations"),
            ),
            Field(
                "parent",
                _ORG,
                Words("上级机构", "Parent"),
                Words("若设在另一机构之内", "If it was set up inside another body"),
            ),
            Field(
                "form",
                Choice(ORG_FORM),
                Words("形式", "Form"),
                Words("机构的形式", "What form it took"),
            ),
            Field(
                "seat", Text(120), Words("所在地", "Seat"), Words("城市或国家", "City or country")
            ),
            Field(
                "initial_capital",
                MONEY,
                Words("启动资金", "Initial capital"),
                Words("例如 US$50m", "For example US$50m"),
            ),
        ),
        asserts=(
            Asserts("status", "org", Const("active")),
            Asserts("founders", "org", "founders", member=("founders",)),
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
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("更名的机构", "Whose name changed"),
                required=True,
            ),
            Field(
                "new_name",
                Text(200),
                Words("新名称", "New name"),
                Words("改后的名称", "The name from then on"),
                required=True,
            ),
            Field(
                "language",
                Choice(LANGUAGE),
                Words("语言", "Language"),
                Words("新名称的语言", "Language of the new name"),
                required=True,
            ),
            Field(
                "name_kind",
                Choice(NAME_KIND),
                Words("名称种类", "Kind of name"),
                Words("法定、简称或品牌", "Legal, short or brand"),
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
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("发生调整的机构", "Where it happened"),
                required=True,
            ),
            Field(
                "change",
                Choice(REORGANIZATION),
                Words("调整", "Change"),
                Words("发生了什么", "What was done"),
                required=True,
            ),
            Field(
                "units",
                Entities(("organization", "model", "product"), many=True),
                Words("单位", "Units"),
                Words("涉及的团队或项目", "Teams or projects touched"),
                required=True,
            ),
            Field(
                "into",
                Entities(("organization", "model", "product")),
                Words("并入或划入", "Into"),
                Words("合并或划转的去向", "Where they went"),
            ),
            Field(
                "headcount",
                Text(80),
                Words("人数", "Headcount"),
                Words("涉及的人数", "How many people"),
            ),
        ),
        asserts=(
            Asserts(
                "status",
                "units",
                Const("active"),
                when=(OneOf("change", frozenset({"unit_created"})),),
            ),
            Asserts(
                "parent", "units", "org", when=(OneOf("change", frozenset({"unit_created"})),)
            ),
            Asserts(
                "units",
                "org",
                "units",
                member=("units",),
                when=(OneOf("change", frozenset({"unit_created"})),),
            ),
            Asserts(
                "status",
                "units",
                Const("merged"),
                when=(OneOf("change", frozenset({"unit_merged"})),),
            ),
            Asserts(
                "status",
                "units",
                Const("closed"),
                when=(OneOf("change", frozenset({"unit_closed"})),),
            ),
            Asserts(
                "units",
                "org",
                None,
                member=("units",),
                when=(OneOf("change", frozenset({"unit_merged", "unit_closed"})),),
            ),
            Asserts("parent", "units", "into", when=(OneOf("change", frozenset({"unit_moved"})),)),
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
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("终止的机构", "What ended"),
                required=True,
            ),
            Field(
                "manner",
                Choice(ORG_END),
                Words("方式", "Manner"),
                Words("怎样终止", "How it ended"),
                required=True,
            ),
            Field(
                "successor",
                _ORGS,
                Words("承继者", "Successor"),
                Words("由谁承继", "Who follows it"),
            ),
        ),
        asserts=(Asserts("status", "org", "manner"),),
        title=Words(
            "{org}{manner}[，由{successor}承继]", "{org} is {manner}[; {successor} follows it]"
        ),
    ),
)
