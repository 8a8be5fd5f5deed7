"""Products and projects: started, launched, priced, opened and closed by region, partnered."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import (
    AVAILABILITY,
    PARTNERSHIP_STEP,
    PRICE_UNIT,
    PRICED,
    PROJECT_STEP,
)
from archive.vocabulary.definition import Asserts, Const, Field, Group, Kind, OneOf
from archive.vocabulary.fields import (
    MONEY,
    Bilingual,
    Choice,
    Entities,
    Flag,
    Period,
    Region,
    Text,
)
from archive.vocabulary.texts import SHORT_TEXT

_OFFER = Field(
    "product",
    Entities(("product", "model")),
    Words("产品或模型", "Product or model"),
    Words("哪个产品", "What"),
    required=True,
)
_REGION = Words("ISO 3166 代码，如 CN，或 worldwide", "ISO 3166 code such as CN, or worldwide")
_ORGS = Entities(("organization",), many=True)
_RUNNING = OneOf("step", frozenset({"started"}), default="started")

OFFERING: Final = (
    Kind(
        name="price_changed",
        group=Group.PRODUCTS,
        label=Words("价格", "Price changed"),
        help=Words("定价、调价或免费。", "A price was set, changed or dropped."),
        subject="product",
        fields=(
            _OFFER,
            Field(
                "item",
                Choice(PRICED),
                Words("项目", "Item"),
                Words("什么的价格", "What is priced"),
                required=True,
            ),
            Field(
                "unit",
                Choice(PRICE_UNIT),
                Words("计价单位", "Per"),
                Words("每千 tokens、每年……", "Per 1,000 tokens, per year …"),
                required=True,
            ),
            Field(
                "new",
                MONEY,
                Words("新价", "New price"),
                Words("例如 0.005 CNY、180万..30万元", "For example 0.005 CNY"),
                required=True,
            ),
            Field(
                "old",
                MONEY,
                Words("旧价", "Old price"),
                Words("若来源提到", "If the source tells"),
            ),
            Field("region", Region(), Words("地区", "Region"), _REGION),
        ),
        asserts=(Asserts("price", "product", "new", member=("item", "unit", "region")),),
        title=Words(
            "{product}{item}价格：{new}{unit}[，原价{old}]",
            "{product}: {item} at {new} {unit}[, was {old}]",
        ),
    ),
    Kind(
        name="availability_changed",
        group=Group.PRODUCTS,
        label=Words("可用性变动", "Availability changed"),
        help=Words(
            "在某地开放、关闭、上架、暂停或恢复；含公共机构的许可与管制。",
            "Opened, closed, in the app store, suspended or resumed somewhere; "
            "also by permission or rule of a public body.",
        ),
        subject="product",
        fields=(
            _OFFER,
            Field(
                "step",
                Choice(AVAILABILITY),
                Words("步骤", "Step"),
                Words("发生了什么", "What changed"),
                required=True,
            ),
            Field("region", Region(), Words("地区", "Region"), _REGION),
            Field(
                "by",
                Entities(("organization",)),
                Words("由谁", "By"),
                Words("决定的机构", "Who decided"),
            ),
            Field("cause", Bilingual(SHORT_TEXT), Words("原因", "Cause"), Words("为什么", "Why")),
            Field(
                "audience",
                Bilingual(SHORT_TEXT),
                Words("范围", "For whom"),
                Words("对谁有效", "Whom it touches"),
            ),
        ),
        asserts=(Asserts("availability", "product", "step", member=("region", "audience")),),
        title=Words(
            "{product}{step}[（{region}）][，由{by}决定][：{cause}]",
            "{product}: {step}[ ({region})][, by {by}][: {cause}]",
        ),
    ),
    Kind(
        name="product_launched",
        group=Group.PRODUCTS,
        label=Words("产品上线", "Product launched"),
        help=Words("应用、接口、芯片或平台上线。", "An app, API, chip or platform was launched."),
        subject="product",
        fields=(
            Field(
                "product",
                Entities(("product",)),
                Words("产品", "Product"),
                Words("上线的产品", "What was launched"),
                required=True,
            ),
            Field("operator", _ORGS, Words("运营方", "Operator"), Words("谁运营", "Who runs it")),
            Field(
                "built_on",
                Entities(("model", "product"), many=True),
                Words("基于", "Built on"),
                Words("所用的模型或平台", "Model or platform under it"),
            ),
            Field(
                "audience",
                Bilingual(SHORT_TEXT),
                Words("面向", "Audience"),
                Words("给谁用", "For whom"),
            ),
            Field("version", Text(60), Words("版本", "Version"), Words("版本号", "Version")),
            Field("region", Region(), Words("地区", "Region"), _REGION),
        ),
        asserts=(
            Asserts("status", "product", Const("launched")),
            Asserts("operator", "product", "operator"),
            Asserts("built_on", "product", "built_on", member=("built_on",)),
            Asserts("availability", "product", Const("opened"), member=("region",)),
        ),
        title=Words(
            "[{operator}]推出{product}[ {version}][，基于{built_on}]",
            "{product}[ {version}] is launched[ by {operator}][, built on {built_on}]",
        ),
    ),
    Kind(
        name="project_started",
        group=Group.MODELS,
        label=Words("项目启动", "Project started"),
        help=Words("内部立项或着手研发。", "Approved inside, or work begun."),
        subject="project",
        fields=(
            Field(
                "org",
                Entities(("organization", "person"), many=True),
                Words("机构", "Organization"),
                Words("谁启动", "Who started it"),
                required=True,
            ),
            Field(
                "project",
                Entities(("model", "product", "organization")),
                Words("项目", "Project"),
                Words("启动的项目", "What was started"),
                required=True,
            ),
            Field(
                "step",
                Choice(PROJECT_STEP),
                Words("步骤", "Step"),
                Words("立项、启动或宣布", "Approved, started or announced"),
            ),
            Field(
                "lead",
                Entities(("person",), many=True),
                Words("负责人", "Lead"),
                Words("由谁负责", "Who leads"),
            ),
            Field(
                "budget",
                MONEY,
                Words("预算", "Budget"),
                Words("例如 US$50m", "For example US$50m"),
            ),
        ),
        asserts=(
            Asserts("status", "project", Const("in_development")),
            Asserts("developer", "project", "org", member=("org",)),
            Asserts("operator", "project", "org"),
            Asserts("affiliation", "lead", "org", member=("org",)),
        ),
        title=Words(
            "{org}启动{project}[（{step}）][，由{lead}负责]",
            "{org} starts {project}[ ({step})][, led by {lead}]",
        ),
    ),
    Kind(
        name="partnership_made",
        group=Group.DEALS,
        label=Words("合作", "Partnership made"),
        help=Words(
            "两方或多方合作、接入或客户关系。",
            "Two or more parties work together, connect or serve.",
        ),
        subject="parties",
        fields=(
            Field(
                "parties",
                Entities(("organization", "person"), many=True),
                Words("各方", "Parties"),
                Words("至少两方", "At least two"),
                required=True,
            ),
            Field(
                "subject",
                Bilingual(SHORT_TEXT),
                Words("内容", "Subject"),
                Words("合作什么", "What about"),
                required=True,
            ),
            Field(
                "products",
                Entities(("model", "product"), many=True),
                Words("涉及产品", "Products"),
                Words("涉及的模型或产品", "Models or products touched"),
            ),
            Field(
                "step",
                Choice(PARTNERSHIP_STEP),
                Words("阶段", "Step"),
                Words("开始、计划或结束", "Started, planned or ended"),
            ),
            Field(
                "exclusive",
                Flag(),
                Words("排他", "Exclusive"),
                Words("是否排他", "Whether exclusive"),
            ),
            Field("term", Period(), Words("期限", "Term"), Words("EDTF", "EDTF")),
        ),
        asserts=(
            Asserts("partners", "parties", "subject", member=("parties",), when=(_RUNNING,)),
            Asserts(
                "partners",
                "parties",
                None,
                member=("parties",),
                when=(OneOf("step", frozenset({"ended"})),),
            ),
        ),
        title=Words("{parties}：{subject}[（{step}）]", "{parties}: {subject}[ ({step})]"),
    ),
)
