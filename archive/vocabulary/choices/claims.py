"""What every event and claim carries, and why one is corrected."""

from typing import Final

from archive.vocabulary.choices.options import options

IMPORTANCE: Final = options(
    ("landmark", "里程碑", "landmark"), ("major", "重要", "major"), ("minor", "一般", "minor")
)
DATE_KIND: Final = options(
    ("announced", "公布", "announced"),
    ("signed", "签署", "signed"),
    ("closed", "交割", "closed"),
    ("in_force", "生效", "in force"),
    ("released", "发布", "released"),
    ("reported", "报道", "reported"),
    ("occurred", "发生", "occurred"),
)
CONFIDENCE: Final = options(
    ("high", "高", "high"),
    ("medium", "中", "medium"),
    ("low", "低", "low"),
    ("rumour", "传闻", "rumour"),
)
GRADE: Final = options(
    ("primary", "一手", "primary"),
    ("secondary", "二手", "secondary"),
    ("aggregator", "聚合", "aggregator"),
)
SOURCE_KIND: Final = options(
    ("filing", "申报文件", "filing"),
    ("statement", "公司声明", "company statement"),
    ("paper", "论文", "paper"),
    ("repository", "代码仓库", "code repository"),
    ("news", "新闻", "news"),
    ("aggregator", "聚合平台", "aggregator"),
    ("social", "社交媒体", "social post"),
    ("database", "数据库", "database"),
)
REASON_KIND: Final = options(
    ("typing_error", "录入错误", "typing error"),
    ("source_error", "来源有误", "source error"),
    ("new_evidence", "新证据", "new evidence"),
    ("changed_definition", "定义变更", "changed definition"),
)
TERM_CHANGE: Final = options(
    ("added", "新增", "added"),
    ("renamed", "改名", "renamed"),
    ("mapped", "映射", "mapped"),
    ("deprecated", "弃用", "deprecated"),
)
