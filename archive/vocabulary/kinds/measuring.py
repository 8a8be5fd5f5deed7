"""Capacity and figures: what was counted, earned, lost, priced, forecast or said."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.figures import CAPACITY, CAPACITY_STEP, FIGURE_BASIS, MEASURE_KIND
from archive.vocabulary.definition import Asserts, Group, Kind
from archive.vocabulary.fields import MEASURE, MONEY, Bilingual, Choice, Entities, Period
from archive.vocabulary.kinds.rows import ORG, PARTY, needed, optional
from archive.vocabulary.texts import SHORT_TEXT

MEASURING: Final = (
    Kind(
        name="capacity_changed",
        group=Group.FIGURES,
        label=Words("算力与资源", "Capacity changed"),
        help=Words(
            "芯片、数据中心、云承诺或资金的增减与调拨。",
            "Chips, data centres, cloud or funds added, removed or moved.",
        ),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "谁的资源 | Whose"),
            needed(
                "capacity",
                Choice(CAPACITY),
                "种类 | Kind",
                "芯片、数据中心…… | Chips, data centre …",
            ),
            needed(
                "step",
                Choice(CAPACITY_STEP),
                "变动 | Change",
                "增加、减少、调拨…… | Added, removed, moved …",
            ),
            optional(
                "quantity",
                MEASURE,
                "数量 | Quantity",
                "例如 10000 chips | For example 10000 chips",
            ),
            optional("amount", MONEY, "金额 | Amount", "例如 US$50m | For example US$50m"),
            optional(
                "supplier",
                ORG,
                "供应方 | Supplier",
                "谁供应 | Who supplies",
            ),
            optional(
                "product",
                Entities(("product",)),
                "型号 | Product",
                "芯片型号等 | Chip model and the like",
            ),
            optional(
                "recipient",
                Entities(("organization", "person", "model")),
                "去向 | Recipient",
                "调给谁 | Where it went",
            ),
        ),
        asserts=(
            Asserts("figures", "org", "quantity", member=("capacity", "step", "product")),
            Asserts("figures", "org", "amount", member=("capacity", "step")),
        ),
        title=Words(
            "{org}{capacity}{step}[：{quantity}][，{amount}][，{product}][，调给{recipient}]",
            "{org}: {capacity} {step}[, {quantity}][, {amount}][, {product}][, to {recipient}]",
        ),
    ),
    Kind(
        name="figure_reported",
        group=Group.FIGURES,
        label=Words("数字与表态", "Figure reported"),
        help=Words(
            "用户、收入、亏损、参数、股价、观点或里程碑；数字或表态至少给一项。",
            "Users, revenue, loss, parameters, prices, outlooks or milestones; "
            "give a value or a statement.",
        ),
        subject="subject",
        fields=(
            needed(
                "subject",
                Entities(("organization", "person", "model", "product")),
                "对象 | Subject",
                "关于谁 | Of whom",
            ),
            needed(
                "measure", Choice(MEASURE_KIND), "指标 | Measure", "量的是什么 | What was measured"
            ),
            optional(
                "value",
                MEASURE,
                "数值 | Value",
                "带单位，例如 79个模型、5.4亿美元、131.6% | "
                "With its unit: 79 models, US$540m, 131.6%",
            ),
            optional(
                "statement",
                Bilingual(),
                "表态 | Statement",
                "用我们自己的话转述 | What was said, in our own words",
            ),
            optional(
                "period",
                Period(),
                "期间 | Period",
                "EDTF，例如 2022、2023-05 | EDTF: 2022, 2023-05",
            ),
            needed(
                "basis",
                Choice(FIGURE_BASIS),
                "依据 | Basis",
                "审计、披露、估计、预测…… | Audited, stated, estimate, forecast …",
            ),
            optional(
                "speaker",
                PARTY,
                "出自 | Said by",
                "谁说的或谁统计的 | Who said or counted it",
            ),
            optional(
                "definition",
                Bilingual(SHORT_TEXT),
                "口径 | Definition",
                "统计口径，同一指标因此可分 | "
                "What exactly was counted; tells figures of one measure apart",
            ),
        ),
        asserts=(
            Asserts(
                "figures", "subject", "value", member=("measure", "period", "definition", "basis")
            ),
        ),
        title=Words(
            "{subject}{measure}[（{definition}）]：[{value}][{statement}][（{period}）]",
            "{subject}: {measure}[ ({definition})][ {value}][: {statement}][ ({period})]",
        ),
    ),
)
