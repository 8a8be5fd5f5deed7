"""Models: announced, released, opened, licensed, retired."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import (
    ACCESS,
    CODE_PARTS,
    COMMERCIAL_USE,
    CONDITIONS,
    MODALITY,
    WEIGHTS_FORM,
)
from archive.vocabulary.definition import Asserts, Const, Field, Group, Kind
from archive.vocabulary.fields import (
    MEASURE,
    Address,
    Bilingual,
    Choice,
    Choices,
    Entities,
    Licence,
    Region,
    Text,
)
from archive.vocabulary.texts import SHORT_TEXT

_MODEL = Field(
    "model",
    Entities(("model",)),
    Words("模型", "Model"),
    Words("模型或其版本", "The model or its version"),
    required=True,
)
_SOFTWARE = Field(
    "model",
    Entities(("model", "product")),
    Words("模型或产品", "Model or product"),
    Words("条款适用的对象", "What the terms are for"),
    required=True,
)
_DEVELOPER = Field(
    "developer",
    Entities(("organization", "person"), many=True),
    Words("开发者", "Developer"),
    Words("谁开发", "Who made it"),
)
_MODALITY = Field(
    "modality", Choice(MODALITY), Words("模态", "Modality"), Words("文本、图像……", "Text, image …")
)
_PARAMETERS = Field(
    "parameters",
    MEASURE,
    Words("参数量", "Parameters"),
    Words("例如 130亿 parameters、>=2000亿 parameters", "For example 13bn parameters"),
)

MODELLING: Final = (
    Kind(
        name="model_announced",
        group=Group.MODELS,
        label=Words("模型公布", "Model announced"),
        help=Words("公布但尚不可用。", "Made known, not yet usable."),
        subject="model",
        fields=(
            _MODEL,
            _DEVELOPER,
            _MODALITY,
            _PARAMETERS,
            Field(
                "field_of_use",
                Bilingual(SHORT_TEXT),
                Words("用途", "Field of use"),
                Words("面向的行业或用途", "What it is meant for"),
            ),
        ),
        asserts=(
            Asserts("status", "model", Const("announced")),
            Asserts("developer", "model", "developer", member=("developer",)),
            Asserts("parameters", "model", "parameters"),
        ),
        title=Words(
            "[{developer}]公布{model}[（{parameters}）]",
            "{model} is announced[ by {developer}][ ({parameters})]",
        ),
    ),
    Kind(
        name="model_released",
        group=Group.MODELS,
        label=Words("模型发布", "Model released"),
        help=Words("首次可由他人使用。", "Others can use it for the first time."),
        subject="model",
        fields=(
            _MODEL,
            _DEVELOPER,
            Field("version", Text(60), Words("版本", "Version"), Words("版本号", "Version")),
            Field(
                "channel",
                Choice(ACCESS),
                Words("渠道", "Channel"),
                Words("权重、接口、应用或内测", "Weights, API, app or closed test"),
            ),
            Field(
                "region",
                Region(),
                Words("地区", "Region"),
                Words(
                    "ISO 3166 代码，如 CN，或 worldwide", "ISO 3166 code such as CN, or worldwide"
                ),
            ),
            _MODALITY,
            _PARAMETERS,
            Field(
                "base_model",
                Entities(("model",)),
                Words("基座模型", "Base model"),
                Words("建立在哪个模型上", "What it is built on"),
            ),
            Field(
                "field_of_use",
                Bilingual(SHORT_TEXT),
                Words("用途", "Field of use"),
                Words("面向的行业或用途", "What it is meant for"),
            ),
            Field("paper", Address(), Words("论文", "Paper"), Words("网址", "Web address")),
        ),
        asserts=(
            Asserts("status", "model", Const("released")),
            Asserts("developer", "model", "developer", member=("developer",)),
            Asserts("access", "model", "channel"),
            Asserts("availability", "model", Const("opened"), member=("region",)),
            Asserts("parameters", "model", "parameters"),
            Asserts("base_model", "model", "base_model"),
        ),
        title=Words(
            "[{developer}]发布{model}[ {version}][（{parameters}）]",
            "{model}[ {version}] is released[ by {developer}][ ({parameters})]",
        ),
    ),
    Kind(
        name="weights_released",
        group=Group.MODELS,
        label=Words("权重开放", "Weights released"),
        help=Words("权重可被下载或申请。", "The weights can be downloaded or asked for."),
        subject="model",
        fields=(
            _MODEL,
            _DEVELOPER,
            Field(
                "form",
                Choice(WEIGHTS_FORM),
                Words("形式", "Form"),
                Words("完整、部分、申请或泄露", "Full, partial, on request or leaked"),
                required=True,
            ),
            Field(
                "where",
                Text(200),
                Words("何处", "Where"),
                Words("平台或仓库", "Platform or repository"),
            ),
            _PARAMETERS,
        ),
        asserts=(
            Asserts("weights", "model", "form"),
            Asserts("access", "model", Const("weights")),
            Asserts("developer", "model", "developer", member=("developer",)),
            Asserts("parameters", "model", "parameters"),
        ),
        title=Words(
            "[{developer}]开放{model}的权重（{form}）",
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
            _SOFTWARE,
            Field(
                "licensor",
                Entities(("organization", "person")),
                Words("许可方", "Licensor"),
                Words("谁给出许可", "Who grants it"),
            ),
            Field(
                "licence",
                Licence(),
                Words("许可证", "Licence"),
                Words(
                    "SPDX 标识，如 Apache-2.0；或 LicenseRef-…",
                    "SPDX id such as Apache-2.0, or LicenseRef-…",
                ),
            ),
            Field(
                "commercial_use",
                Choice(COMMERCIAL_USE),
                Words("商用", "Commercial use"),
                Words("商用是否免费", "Whether commercial use is free"),
                required=True,
            ),
            Field(
                "conditions",
                Choices(CONDITIONS),
                Words("条件", "Conditions"),
                Words("可多选", "Several may hold"),
            ),
            Field(
                "replaces",
                Text(200),
                Words("取代", "Replaces"),
                Words("取代的旧条款", "The terms before"),
            ),
        ),
        asserts=(
            Asserts("licence", "model", "licence"),
            Asserts("commercial_use", "model", "commercial_use"),
            Asserts("conditions", "model", "conditions", missing=""),
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
            _SOFTWARE,
            Field(
                "developer",
                Entities(("organization", "person"), many=True),
                Words("开发者", "Developer"),
                Words("谁开放", "Who opened it"),
            ),
            Field(
                "repository",
                Text(200),
                Words("仓库", "Repository"),
                Words("平台或网址", "Platform or address"),
            ),
            Field("licence", Licence(), Words("许可证", "Licence"), Words("SPDX 标识", "SPDX id")),
            Field(
                "parts",
                Choices(CODE_PARTS),
                Words("部分", "Parts"),
                Words("开放了哪些", "What was opened"),
            ),
        ),
        asserts=(Asserts("code_licence", "model", "licence", missing="unknown"),),
        title=Words(
            "[{developer}]开源{model}的代码", "[{developer} opens ]the source code of {model}"
        ),
    ),
    Kind(
        name="model_retired",
        group=Group.MODELS,
        label=Words("模型退役", "Model retired"),
        help=Words("弃用或停服。", "Deprecated or shut down."),
        subject="model",
        fields=(
            _SOFTWARE,
            Field(
                "phase",
                Choice(
                    {
                        "deprecated": Words("弃用", "deprecated"),
                        "shut_down": Words("停服", "shut down"),
                    }
                ),
                Words("阶段", "Phase"),
                Words("弃用或停服", "Deprecated or shut down"),
                required=True,
            ),
            Field(
                "replacement",
                Entities(("model", "product")),
                Words("替代", "Replacement"),
                Words("由什么替代", "What follows it"),
            ),
        ),
        asserts=(Asserts("status", "model", "phase"),),
        title=Words(
            "{model}{phase}[，由{replacement}替代]",
            "{model} is {phase}[; {replacement} follows it]",
        ),
    ),
)
