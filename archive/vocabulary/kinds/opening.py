"""What of a model was opened, and on which terms: weights, licence, source code."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.models import CODE_PARTS, COMMERCIAL_USE, CONDITIONS, WEIGHTS_FORM
from archive.vocabulary.definition import Asserts, Const, Group, Kind
from archive.vocabulary.fields import (
    Choice,
    Choices,
    Licence,
    Text,
)
from archive.vocabulary.kinds.rows import (
    DEVELOPER,
    MODEL,
    PARAMETERS,
    PARTIES,
    PARTY,
    SOFTWARE,
    needed,
    optional,
)

OPENING: Final = (
    Kind(
        name="weights_released",
        group=Group.MODELS,
        label=Words("权重开放", "Weights released"),
        help=Words("权重可被下载或申请。", "The weights can be downloaded or asked for."),
        subject="model",
        fields=(
            MODEL,
            DEVELOPER,
            needed(
                "form",
                Choice(WEIGHTS_FORM),
                "形式 | Form",
                "完整、部分、申请或泄露 | Full, partial, on request or leaked",
            ),
            optional("where", Text(200), "何处 | Where", "平台或仓库 | Platform or repository"),
            PARAMETERS,
        ),
        asserts=(
            Asserts("weights", "model", "form"),
            Asserts("access", "model", Const("weights")),
            Asserts("developer", "model", "developer", member=("developer",)),
            Asserts("parameters", "model", "parameters"),
        ),
        title=Words(
            "[{developer}开放]{model}的权重[!developer 开放]（{form}）",
            "[{developer} opens ]the weights of {model} ({form})",
        ),
    ),
    Kind(
        name="licence_set",
        group=Group.MODELS,
        label=Words("许可确定", "Licence set"),
        help=Words(
            "许可证、商用条款或其条件。", "A licence, commercial terms or their conditions."
        ),
        subject="model",
        fields=(
            SOFTWARE,
            optional(
                "licensor",
                PARTY,
                "许可方 | Licensor",
                "谁给出许可 | Who grants it",
            ),
            optional(
                "licence",
                Licence(),
                "许可证 | Licence",
                "SPDX 标识，如 Apache-2.0；或 LicenseRef-… | "
                "SPDX id such as Apache-2.0, or LicenseRef-…",
            ),
            needed(
                "commercial_use",
                Choice(COMMERCIAL_USE),
                "商用 | Commercial use",
                "商用是否免费 | Whether commercial use is free",
            ),
            optional(
                "conditions",
                Choices(CONDITIONS),
                "条件 | Conditions",
                "可多选；来源说没有才选“无附加条件”，没提到则留空（未知） | "
                "Several may hold; “no conditions” only if the source says so, "
                "none chosen if it does not tell (unknown)",
            ),
            optional("replaces", Text(200), "取代 | Replaces", "取代的旧条款 | The terms before"),
        ),
        asserts=(
            Asserts("licence", "model", "licence"),
            Asserts("commercial_use", "model", "commercial_use"),
            Asserts("conditions", "model", "conditions", missing="unknown"),
        ),
        title=Words(
            "[{licensor}：]{model}商用{commercial_use}[（{conditions}）][，许可证 {licence}]",
            "[{licensor}: ]{model}, commercial use {commercial_use}[ ({conditions})]"
            "[, licence {licence}]",
        ),
    ),
    Kind(
        name="source_code_released",
        group=Group.MODELS,
        label=Words("代码开源", "Source code released"),
        help=Words(
            "训练、推理代码或数据公开。", "Code for training or inference, or data, was opened."
        ),
        subject="model",
        fields=(
            SOFTWARE,
            optional(
                "developer",
                PARTIES,
                "开发者 | Developer",
                "谁开放 | Who opened it",
            ),
            optional(
                "repository", Text(200), "仓库 | Repository", "平台或网址 | Platform or address"
            ),
            optional("licence", Licence(), "许可证 | Licence", "SPDX 标识 | SPDX id"),
            optional("parts", Choices(CODE_PARTS), "部分 | Parts", "开放了哪些 | What was opened"),
        ),
        asserts=(Asserts("code_licence", "model", "licence", missing="unknown"),),
        title=Words(
            "[{developer}开源]{model}的代码[!developer 开源]",
            "[{developer} opens ]the source code of {model}",
        ),
    ),
)
