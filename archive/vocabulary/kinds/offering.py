"""Products and projects: started, launched, priced, opened and closed by region, partnered."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.deals import PARTNERSHIP_STEP
from archive.vocabulary.choices.models import PRICE_UNIT, PRICED, PROJECT_STEP
from archive.vocabulary.choices.phases import AVAILABILITY
from archive.vocabulary.definition import Asserts, Const, Group, Kind
from archive.vocabulary.fields import (
    MONEY,
    Bilingual,
    Choice,
    Entities,
    Flag,
    Period,
)
from archive.vocabulary.kinds.rows import (
    ORG,
    ORGS,
    PARTIES,
    REGION,
    VERSION,
    needed,
    one_of,
    optional,
)
from archive.vocabulary.texts import SHORT_TEXT

_OFFER = needed(
    "product", Entities(("product", "model")), "产品或模型 | Product or model", "哪个产品 | What"
)
_RUNNING = one_of("step", "started", default="started")
_ENDED = one_of("step", "ended")

OFFERING: Final = (
    Kind(
        name="price_changed",
        group=Group.PRODUCTS,
        label=Words("价格", "Price changed"),
        help=Words("定价、调价或免费。", "A price was set, changed or dropped."),
        subject="product",
        fields=(
            _OFFER,
            needed("item", Choice(PRICED), "项目 | Item", "什么的价格 | What is priced"),
            needed(
                "unit",
                Choice(PRICE_UNIT),
                "计价单位 | Per",
                "每千 tokens、每年…… | Per 1,000 tokens, per year …",
            ),
            needed(
                "new",
                MONEY,
                "新价 | New price",
                "例如 0.005 CNY、180万..30万元 | For example 0.005 CNY",
            ),
            optional("old", MONEY, "旧价 | Old price", "若来源提到 | If the source tells"),
            REGION,
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
            needed("step", Choice(AVAILABILITY), "步骤 | Step", "发生了什么 | What changed"),
            REGION,
            optional("by", ORG, "由谁 | By", "决定的机构 | Who decided"),
            optional("cause", Bilingual(SHORT_TEXT), "原因 | Cause", "为什么 | Why"),
            optional(
                "audience", Bilingual(SHORT_TEXT), "范围 | For whom", "对谁有效 | Whom it touches"
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
            needed(
                "product",
                Entities(("product",)),
                "产品 | Product",
                "上线的产品 | What was launched",
            ),
            optional("operator", ORGS, "运营方 | Operator", "谁运营 | Who runs it"),
            optional(
                "built_on",
                Entities(("model", "product"), many=True),
                "基于 | Built on",
                "所用的模型或平台 | Model or platform under it",
            ),
            optional("audience", Bilingual(SHORT_TEXT), "面向 | Audience", "给谁用 | For whom"),
            VERSION,
            REGION,
        ),
        asserts=(
            Asserts("status", "product", Const("launched")),
            Asserts("operator", "product", "operator"),
            Asserts("built_on", "product", "built_on", member=("built_on",)),
            Asserts("availability", "product", Const("opened"), member=("region",)),
        ),
        title=Words(
            "[{operator}推出]{product}[ {version}][!operator 推出][，基于{built_on}]",
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
            needed(
                "org",
                PARTIES,
                "机构 | Organization",
                "谁启动 | Who started it",
            ),
            needed(
                "project",
                Entities(("model", "product", "organization")),
                "项目 | Project",
                "启动的项目 | What was started",
            ),
            optional(
                "step",
                Choice(PROJECT_STEP),
                "步骤 | Step",
                "立项、启动或宣布 | Approved, started or announced",
            ),
            optional(
                "lead", Entities(("person",), many=True), "负责人 | Lead", "由谁负责 | Who leads"
            ),
            optional("budget", MONEY, "预算 | Budget", "例如 US$50m | For example US$50m"),
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
            needed(
                "parties",
                PARTIES,
                "各方 | Parties",
                "至少两方 | At least two",
            ),
            needed("subject", Bilingual(SHORT_TEXT), "内容 | Subject", "合作什么 | What about"),
            optional(
                "products",
                Entities(("model", "product"), many=True),
                "涉及产品 | Products",
                "涉及的模型或产品 | Models or products touched",
            ),
            optional(
                "step",
                Choice(PARTNERSHIP_STEP),
                "阶段 | Step",
                "开始、计划或结束 | Started, planned or ended",
            ),
            optional("exclusive", Flag(), "排他 | Exclusive", "是否排他 | Whether exclusive"),
            optional("term", Period(), "期限 | Term", "EDTF | EDTF"),
        ),
        asserts=(
            Asserts("partners", "parties", "subject", member=("parties",), when=(_RUNNING,)),
            Asserts(
                "partners",
                "parties",
                None,
                member=("parties",),
                when=(_ENDED,),
            ),
        ),
        title=Words("{parties}：{subject}[（{step}）]", "{parties}: {subject}[ ({step})]"),
    ),
)
