"""Models: announced, released, opened, licensed, retired."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.models import ACCESS, MODALITY
from archive.vocabulary.definition import Asserts, Const, Group, Kind
from archive.vocabulary.fields import (
    Address,
    Bilingual,
    Choice,
    Entities,
)
from archive.vocabulary.kinds.opening import OPENING
from archive.vocabulary.kinds.rows import (
    DEVELOPER,
    MODEL,
    PARAMETERS,
    REGION,
    SOFTWARE,
    VERSION,
    needed,
    optional,
)
from archive.vocabulary.texts import SHORT_TEXT

_MODALITY = optional(
    "modality", Choice(MODALITY), "模态 | Modality", "文本、图像…… | Text, image …"
)
_FIELD_OF_USE = optional(
    "field_of_use",
    Bilingual(SHORT_TEXT),
    "用途 | Field of use",
    "面向的行业或用途 | What it is meant for",
)

MODELLING: Final = (
    Kind(
        name="model_announced",
        group=Group.MODELS,
        label=Words("模型公布", "Model announced"),
        help=Words("公布但尚不可用。", "Made known, not yet usable."),
        subject="model",
        fields=(
            MODEL,
            DEVELOPER,
            _MODALITY,
            PARAMETERS,
            _FIELD_OF_USE,
        ),
        asserts=(
            Asserts("status", "model", Const("announced")),
            Asserts("developer", "model", "developer", member=("developer",)),
            Asserts("parameters", "model", "parameters"),
        ),
        title=Words(
            "[{developer}公布]{model}[!developer 公布][（{parameters}）]",
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
            MODEL,
            DEVELOPER,
            VERSION,
            optional(
                "channel",
                Choice(ACCESS),
                "渠道 | Channel",
                "权重、接口、应用或内测 | Weights, API, app or closed test",
            ),
            REGION,
            _MODALITY,
            PARAMETERS,
            optional(
                "base_model",
                Entities(("model",)),
                "基座模型 | Base model",
                "建立在哪个模型上 | What it is built on",
            ),
            _FIELD_OF_USE,
            optional("paper", Address(), "论文 | Paper", "网址 | Web address"),
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
            "[{developer}发布]{model}[ {version}][!developer 发布][（{parameters}）]",
            "{model}[ {version}] is released[ by {developer}][ ({parameters})]",
        ),
    ),
    *OPENING,
    Kind(
        name="model_retired",
        group=Group.MODELS,
        label=Words("模型退役", "Model retired"),
        help=Words("弃用或停服。", "Deprecated or shut down."),
        subject="model",
        fields=(
            SOFTWARE,
            needed(
                "phase",
                Choice(
                    {
                        "deprecated": Words("弃用", "deprecated"),
                        "shut_down": Words("停服", "shut down"),
                    }
                ),
                "阶段 | Phase",
                "弃用或停服 | Deprecated or shut down",
            ),
            optional(
                "replacement",
                Entities(("model", "product")),
                "替代 | Replacement",
                "由什么替代 | What follows it",
            ),
        ),
        asserts=(Asserts("status", "model", "phase"),),
        title=Words(
            "{model}{phase}[，由{replacement}替代]",
            "{model} is {phase}[; {replacement} follows it]",
        ),
    ),
)
