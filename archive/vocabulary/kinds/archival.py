"""The archive's own history: sources, corrections, disputes, merges, names, terms, masking.

None of these removes an event. A correction carries the whole event as it should have been.
"""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.bodies import LANGUAGE, NAME_KIND
from archive.vocabulary.choices.claims import GRADE, REASON_KIND, SOURCE_KIND, TERM_CHANGE
from archive.vocabulary.definition import Field, Group, Kind
from archive.vocabulary.fields import Address, Bilingual, Choice, Entities, Nested, Period, Text
from archive.vocabulary.kinds.rows import needed, optional

_ANY = ("organization", "person", "model", "product", "deal", "licence", "source")
_TARGET = needed(
    "target", Text(200), "目标事件 | Target event", "所指事件的标识 | The id of the event meant"
)
_REASON = needed("reason", Bilingual(), "理由 | Reason", "为什么 | Why")
_REASON_KIND = needed(
    "reason_kind",
    Choice(REASON_KIND),
    "理由种类 | Kind of reason",
    "录入错误、来源有误、新证据、定义变更 | "
    "Typing error, source error, new evidence, changed definition",
)
_CLAIMS = needed(
    "claims",
    Text(),
    "主张 | Claims",
    "相争事件的标识，以逗号分隔 | The ids of the rival events, parted by commas",
)
_SUBJECT = needed("entity", Entities(_ANY), "实体 | Entity", "关于谁 | About whom")


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
            needed("source", Entities(("source",)), "来源 | Source", "来源的标识 | The source"),
            needed("title", Text(400), "标题 | Title", "原标题 | As published"),
            optional("publisher", Bilingual(), "发布方 | Publisher", "谁发布 | Who published"),
            optional("author", Text(200), "作者 | Author", "署名 | As signed"),
            optional("published", Period(), "发布日期 | Published", "EDTF | EDTF"),
            optional("accessed", Period(), "取用日期 | Accessed", "EDTF | EDTF"),
            optional(
                "language", Choice(LANGUAGE), "语言 | Language", "正文语言 | Language of the text"
            ),
            optional(
                "source_kind",
                Choice(SOURCE_KIND),
                "种类 | Kind",
                "新闻、声明、论文…… | News, statement, paper …",
            ),
            optional(
                "grade",
                Choice(GRADE),
                "等级 | Grade",
                "一手、二手或聚合 | Primary, secondary or aggregator",
            ),
            optional("address", Address(), "网址 | Address", "若有 | If there is one"),
            optional("sha256", Text(64), "文件散列 | File hash", "SHA-256 | SHA-256"),
            optional(
                "note",
                Bilingual(),
                "说明 | Note",
                "例如日期如何推定 | How its date was settled, for example",
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
            optional(
                "fields",
                Text(),
                "更正的字段 | Fields corrected",
                "由系统比较得出 | Found by comparison",
            ),
            needed(
                "event",
                Nested(),
                "更正后的事件 | The event as it was",
                "完整的事件 | The whole event",
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
            needed(
                "choice",
                Text(200),
                "采信 | Choice",
                "采信的事件标识 | The id of the event preferred",
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
            needed(
                "from", Entities(_ANY, many=True), "被合并 | From", "并入的实体 | What is merged"
            ),
            needed("into", Entities(_ANY), "并入 | Into", "留下的实体 | What stays"),
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
            needed("out", Entities(_ANY, many=True), "拆出 | Out", "拆出的实体 | What comes out"),
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
            optional(
                "zh",
                Text(200),
                "中文名 | Chinese name",
                "页面上用的中文名 | The name that pages show in Chinese",
            ),
            optional(
                "en",
                Text(200),
                "英文名 | English name",
                "页面上用的英文名 | The name that pages show in English",
            ),
            optional("aliases", Text(), "别名 | Aliases", "以竖线分隔 | Parted by bars"),
            optional(
                "name_kind",
                Choice(NAME_KIND),
                "名称种类 | Kind of name",
                "别名的种类 | What the aliases are",
            ),
            optional(
                "period", Period(), "期间 | Period", "名称通行的期间 | When the names were in use"
            ),
            optional("note", Bilingual(), "说明 | Note", "此实体是什么 | What this entity is"),
        ),
        Words("{entity}的名称登记", "Names of {entity}"),
    ),
    _kind(
        "term_changed",
        Words("术语变更", "Term changed"),
        "entity",
        (
            needed("term", Text(120), "术语 | Term", "词表中的名字 | A name of the vocabulary"),
            needed(
                "change",
                Choice(TERM_CHANGE),
                "变更 | Change",
                "新增、改名、映射或弃用 | Added, renamed, mapped or deprecated",
            ),
            optional(
                "replacement", Text(120), "新术语 | Replacement", "改成什么 | What follows it"
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
