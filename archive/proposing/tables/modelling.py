"""Words that tell of models: brought out, opened, licensed, retired, begun."""

from typing import Final

from archive.proposing.tables.hints import cue as _cue

MODELLING: Final = (
    # Models and products. Whether a model or a product was brought out, its type tells.
    _cue(
        "source_code_released",
        r"(?:开源|公开|开放)[^,，。]{0,6}(?:源?代码)|(?:代码)[^,，。]{0,6}(?:开源|公开)",
        r"(?:open-?source[sd]?|release[sd]?|publish(?:es|ed))[^,.]{0,24}code|source code",
        weight=5,
        group="code",
    ),
    _cue(
        "weights_released",
        r"开源(?!社区|代码|底层|生态|模型的|大模型的|路线|是)|(?:开放|公开)[^,，。]{0,8}权重",
        r"open-?source[sd]|open-?sourcing|(?:model )?weights",
        weight=3,
        group="weights",
        form="full",
    ),
    _cue(
        "licence_set",
        r"(?:禁止|不得|不可)[^,，。]{0,6}(?:商用|商业)",
        r"(?:forbids?|prohibits?|no) commercial use|non-?commercial",
        weight=5,
        group="licence",
        commercial_use="forbidden",
    ),
    _cue(
        "licence_set",
        r"免费[^,，。]{0,3}(?:可|用于)?商[用业]|可[^,，。]{0,4}商[用业]|"
        r"允许[^,，。]{0,6}商[用业]|商业使用|商用(?:授权|许可)|许可证|开源协议",
        r"commercial use|commercially|licen[cs]ed? under|"
        r"under (?:the|an?) [\w. -]{2,24}licen[cs]e",
        weight=4,
        group="licence",
    ),
    _cue(
        "model_retired",
        r"停服|退役|弃用|停止(?:服务|维护|更新)|(?<!线上)下线",
        r"retir(?:e|es|ed|ing)|deprecat\w+|sunset\w*|discontinu\w+|shuts? down",
        weight=4,
        group="ending",
        phase="shut_down",
    ),
    _cue(
        "project_started",
        r"立项",
        r"green-?lit|approved (?:the )?project",
        weight=5,
        group="project",
        step="approved",
    ),
    _cue(
        "project_started",
        r"宣布[^,，。]{0,14}(?:研发|研制|自研)|(?:中标|招标)[^,，。]{0,30}项目",
        r"announce[sd]? (?:that it|it|plans)[^,.]{0,30}(?:develop|"
        r"build|building|developing)|is developing",
        weight=4,
        group="project",
        step="announced",
    ),
    _cue(
        "project_started",
        r"启动|着手|开始(?:布局|研发|研制|构建|探索)",
        r"start(?:s|ed)? (?:work|working|building|developing|"
        r"a project)|beg[ai]n(?:s)? (?:work|working|building|"
        r"developing)|"
        r"kick(?:s|ed) off|embark\w*",
        weight=3,
        group="project",
        step="started",
    ),
    _cue(
        "model_announced",
        r"公布|预告|官宣|揭晓",
        r"announce[sd]?|preview(?:s|ed)|teas(?:es|ed)",
        weight=2,
        group="release",
    ),
    _cue(
        "model_released",
        r"发布|推出|上线|亮相|问世|面世|面市|公测|首发|投入使用|打造|迭代至|升级[至到为]",
        r"release[sd]?|releasing|launch(?:es|ed|ing)?|unveil(?:s|"
        r"ed)|roll(?:s|ed)? out|introduc(?:es|ed)|"
        r"debut(?:s|ed)|ship(?:s|ped)|brought out|brings out|"
        r"c[ao]mes? out|open(?:s|ed) to the public",
        weight=3,
        group="release",
    ),
)
