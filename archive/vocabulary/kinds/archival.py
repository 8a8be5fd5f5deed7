"""The archive's own history: sources, corrections, disputes, merges, names, terms, masking.

None of these removes an event. A correction carries the whole event as it should have been.
"""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import (
    GRADE,
    LANGUAGE,
    NAME_KIND,
    REASON_KIND,
    SOURCE_KIND,
    TERM_CHANGE,
)
from archive.vocabulary.definition import Field, Group, Kind
from archive.vocabulary.fields import Address, Bilingual, Choice, Entities, Nested, Period, Text

_ANY = ("organization", "person", "model", "product", "deal", "licence", "source")
_TARGET = Field(
    "target",
    Text(200),
    Words("目标事件", "Target event"),
    Words("所指事件的标识", "The id of the event meant"),
    required=True,
)
_REASON = Field(
    "reason", Bilingual(), Words("理由", "Reason"), Words("为什么", "Why"), required=True
)
_REASON_KIND = Field(
    "reason_kind",
    Choice(REASON_KIND),
    Words("理由种类", "Kind of reason"),
    Words(
        "录入错误、来源有误、新证据、定义变更",
        "Typing error, source error, new evidence, changed definition",
    ),
    required=True,
)
_CLAIMS = Field(
    "claims",
    Text(),
    Words("主张", "Claims"),
    Words("相争事件的标识，以逗号分隔", "The ids of the rival events, parted by commas"),
    required=True,
)
_SUBJECT = Field(
    "entity", Entities(_ANY), Words("实体", "Entity"), Words("关于谁", "About whom"), required=True
)


def _kind(name: str, label: Words, subject: str, fields: tuple[Field, ...], title: Words) -> Kind:
    return Kind(
        name=name,
        group=Group.ARCHIVE,
        label=label,
        help=label,
        subject=subject,
        fields=fields,
        title=title,
    )


ARCHIVAL: Final = (
    _kind(
        "source_added",
        Words("新增来源", "Source added"),
        "source",
        (
            Field(
                "source",
                Entities(("source",)),
                Words("来源", "Source"),
                Words("来源的标识", "The source"),
                required=True,
            ),
            Field(
                "title",
                Text(400),
                Words("标题", "Title"),
                Words("原标题", "As published"),
                required=True,
            ),
            Field(
                "publisher",
                Bilingual(),
                Words("发布方", "Publisher"),
                Words("谁发布", "Who published"),
            ),
            Field("author", Text(200), Words("作者", "Author"), Words("署名", "As signed")),
            Field("published", Period(), Words("发布日期", "Published"), Words("EDTF", "EDTF")),
            Field("accessed", Period(), Words("取用日期", "Accessed"), Words("EDTF", "EDTF")),
            Field(
                "language",
                Choice(LANGUAGE),
                Words("语言", "Language"),
                Words("正文语言", "Language of the text"),
            ),
            Field(
                "source_kind",
                Choice(SOURCE_KIND),
                Words("种类", "Kind"),
                Words("新闻、声明、论文……", "News, statement, paper …"),
            ),
            Field(
                "grade",
                Choice(GRADE),
                Words("等级", "Grade"),
                Words("一手、二手或聚合", "Primary, secondary or aggregator"),
            ),
            Field(
                "address", Address(), Words("网址", "Address"), Words("若有", "If there is one")
            ),
            Field("sha256", Text(64), Words("文件散列", "File hash"), Words("SHA-256", "SHA-256")),
            Field(
                "note",
                Bilingual(),
                Words("说明", "Note"),
                Words("例如日期如何推定", "How its date was settled, for example"),
            ),
        ),
        Words("新增来源：{title}", "Source added: {title}"),
    ),
    _kind(
        "claim_corrected",
        Words("更正", "Claim corrected"),
        "entity",
        (
            _TARGET,
            _REASON_KIND,
            _REASON,
            Field(
                "fields",
                Text(),
                Words("更正的字段", "Fields corrected"),
                Words("由系统比较得出", "Found by comparison"),
            ),
            Field(
                "event",
                Nested(),
                Words("更正后的事件", "The event as it was"),
                Words("完整的事件", "The whole event"),
                required=True,
            ),
        ),
        Words("更正：{reason}", "Corrected: {reason}"),
    ),
    _kind(
        "claim_retracted",
        Words("撤回", "Claim retracted"),
        "entity",
        (_TARGET, _REASON),
        Words("撤回：{reason}", "Retracted: {reason}"),
    ),
    _kind(
        "claim_disputed",
        Words("存在争议", "Claims disputed"),
        "entity",
        (_CLAIMS, _REASON),
        Words("存在争议：{reason}", "Disputed: {reason}"),
    ),
    _kind(
        "dispute_settled",
        Words("争议裁定", "Dispute settled"),
        "entity",
        (
            _CLAIMS,
            Field(
                "choice",
                Text(200),
                Words("采信", "Choice"),
                Words("采信的事件标识", "The id of the event preferred"),
                required=True,
            ),
            _REASON,
        ),
        Words("争议裁定：{reason}", "Dispute settled: {reason}"),
    ),
    _kind(
        "entities_merged",
        Words("实体合并", "Entities merged"),
        "into",
        (
            Field(
                "from",
                Entities(_ANY, many=True),
                Words("被合并", "From"),
                Words("并入的实体", "What is merged"),
                required=True,
            ),
            Field(
                "into",
                Entities(_ANY),
                Words("并入", "Into"),
                Words("留下的实体", "What stays"),
                required=True,
            ),
            _REASON,
        ),
        Words("{from}并入{into}：{reason}", "{from} merged into {into}: {reason}"),
    ),
    _kind(
        "entity_split",
        Words("实体拆分", "Entity split"),
        "entity",
        (
            _SUBJECT,
            Field(
                "out",
                Entities(_ANY, many=True),
                Words("拆出", "Out"),
                Words("拆出的实体", "What comes out"),
                required=True,
            ),
            _REASON,
        ),
        Words("{entity}拆出{out}：{reason}", "{out} split from {entity}: {reason}"),
    ),
    _kind(
        "names_changed",
        Words("名称登记", "Names changed"),
        "entity",
        (
            _SUBJECT,
            Field(
                "zh",
                Text(200),
                Words("中文名", "Chinese name"),
                Words("页面上用的中文名", "The name that pages show in Chinese"),
            ),
            Field(
                "en",
                Text(200),
                Words("英文名", "English name"),
                Words("页面上用的英文名", "The name that pages show in English"),
            ),
            Field(
                "aliases", Text(), Words("别名", "Aliases"), Words("以竖线分隔", "Parted by bars")
            ),
            Field(
                "name_kind",
                Choice(NAME_KIND),
                Words("名称种类", "Kind of name"),
                Words("别名的种类", "What the aliases are"),
            ),
            Field(
                "period",
                Period(),
                Words("期间", "Period"),
                Words("名称通行的期间", "When the names were in use"),
            ),
            Field(
                "note",
                Bilingual(),
                Words("说明", "Note"),
                Words("此实体是什么", "What this entity is"),
            ),
        ),
        Words("{entity}的名称登记", "Names of {entity}"),
    ),
    _kind(
        "term_changed",
        Words("术语变更", "Term changed"),
        "entity",
        (
            Field(
                "term",
                Text(120),
                Words("术语", "Term"),
                Words("词表中的名字", "A name of the vocabulary"),
                required=True,
            ),
            Field(
                "change",
                Choice(TERM_CHANGE),
                Words("变更", "Change"),
                Words("新增、改名、映射或弃用", "Added, renamed, mapped or deprecated"),
                required=True,
            ),
            Field(
                "replacement",
                Text(120),
                Words("新术语", "Replacement"),
                Words("改成什么", "What follows it"),
            ),
            _REASON,
        ),
        Words("术语{term}{change}", "Term {term} {change}"),
    ),
    _kind(
        "text_masked",
        Words("文字遮蔽", "Text masked"),
        "entity",
        (_TARGET, _REASON),
        Words("文字已遮蔽：{reason}", "Text masked: {reason}"),
    ),
)
