"""Capacity and figures: what was counted, earned, lost, priced, forecast or said."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import CAPACITY, CAPACITY_STEP, FIGURE_BASIS, MEASURE_KIND
from archive.vocabulary.definition import Asserts, Field, Group, Kind
from archive.vocabulary.fields import MEASURE, MONEY, Bilingual, Choice, Entities, Period
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
            Field(
                "org",
                Entities(("organization",)),
                Words("机构", "Organization"),
                Words("谁的资源", "Whose"),
                required=True,
            ),
            Field(
                "capacity",
                Choice(CAPACITY),
                Words("种类", "Kind"),
                Words("芯片、数据中心……", "Chips, data centre …"),
                required=True,
            ),
            Field(
                "step",
                Choice(CAPACITY_STEP),
                Words("变动", "Change"),
                Words("增加、减少、调拨……", "Added, removed, moved …"),
                required=True,
            ),
            Field(
                "quantity",
                MEASURE,
                Words("数量", "Quantity"),
                Words("例如 10000 chips", "For example 10000 chips"),
            ),
            Field(
                "amount",
                MONEY,
                Words("金额", "Amount"),
                Words("例如 US$50m", "For example US$50m"),
            ),
            Field(
                "supplier",
                Entities(("organization",)),
                Words("供应方", "Supplier"),
                Words("谁供应", "Who supplies"),
            ),
            Field(
                "product",
                Entities(("product",)),
                Words("型号", "Product"),
                Words("芯片型号等", "Chip model and the like"),
            ),
            Field(
                "recipient",
                Entities(("organization", "person", "model")),
                Words("去向", "Recipient"),
                Words("调给谁", "Where it went"),
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
            Field(
                "subject",
                Entities(("organization", "person", "model", "product")),
                Words("对象", "Subject"),
                Words("关于谁", "Of whom"),
                required=True,
            ),
            Field(
                "measure",
                Choice(MEASURE_KIND),
                Words("指标", "Measure"),
                Words("量的是什么", "What was measured"),
                required=True,
            ),
            Field(
                "value",
                MEASURE,
                Words("数值", "Value"),
                Words(
                    "带单位，例如 79 models、5.4亿美元、131.6%",
                    "With its unit: 79 models, US$540m, 131.6%",
                ),
            ),
            Field(
                "statement",
                Bilingual(),
                Words("表态", "Statement"),
                Words("用我们自己的话转述", "What was said, in our own words"),
            ),
            Field(
                "period",
                Period(),
                Words("期间", "Period"),
                Words("EDTF，例如 2022、2023-05", "EDTF: 2022, 2023-05"),
            ),
            Field(
                "basis",
                Choice(FIGURE_BASIS),
                Words("依据", "Basis"),
                Words("审计、披露、估计、预测……", "Audited, stated, estimate, forecast …"),
                required=True,
            ),
            Field(
                "speaker",
                Entities(("organization", "person")),
                Words("出自", "Said by"),
                Words("谁说的或谁统计的", "Who said or counted it"),
            ),
            Field(
                "definition",
                Bilingual(SHORT_TEXT),
                Words("口径", "Definition"),
                Words(
                    "统计口径，同一指标因此可分",
                    "What exactly was counted; tells figures of one measure apart",
                ),
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
