"""Organizations and people: their forms, their ends, their posts and their names."""

from typing import Final

from archive.vocabulary.choices.options import options

ORG_FORM: Final = options(
    ("company", "公司", "company"),
    ("laboratory", "实验室", "laboratory"),
    ("fund", "基金", "fund"),
    ("unit", "部门", "unit"),
    ("university", "高校", "university"),
    ("public_body", "公共机构", "public body"),
    ("association", "联盟", "association"),
)
REORGANIZATION: Final = options(
    ("unit_created", "新设单位", "unit created"),
    ("unit_merged", "单位合并", "units merged"),
    ("unit_closed", "单位裁撤", "unit closed"),
    ("unit_moved", "单位划转", "unit moved"),
)
ORG_END: Final = options(
    ("dissolved", "解散", "dissolved"),
    ("absorbed", "被并入", "absorbed"),
    ("paused", "暂停", "paused"),
)
ROLE: Final = options(
    ("ceo", "首席执行官", "chief executive"),
    ("chair", "董事长", "chair"),
    ("president", "总裁", "president"),
    ("vice_president", "副总裁", "vice-president"),
    ("coo", "首席运营官", "chief operating officer"),
    ("cto", "首席技术官", "chief technology officer"),
    ("cfo", "首席财务官", "chief financial officer"),
    ("chief_scientist", "首席科学家", "chief scientist"),
    ("dean", "院长", "dean"),
    ("lead", "负责人", "lead"),
    ("director", "董事", "director"),
    ("founder", "创始人", "founder"),
    ("co_founder", "联合创始人", "co-founder"),
    ("partner", "合伙人", "partner"),
    ("adviser", "顾问", "adviser"),
    ("spokesperson", "发言人", "spokesperson"),
    ("employee", "成员", "member of staff"),
)
# Who founded something did so for ever: that is told as a post, and is none.
FOUNDERS: Final = ("founder", "co_founder")
ROLES_LEFT: Final = tuple(name for name in ROLE if name not in FOUNDERS)
OFFICES: Final = tuple(
    name
    for name in ROLES_LEFT
    if name not in {"vice_president", "director", "partner", "adviser", "spokesperson", "employee"}
)
ROLE_END: Final = options(
    ("resigned", "辞任", "resigned"),
    ("removed", "被免职", "removed"),
    ("term", "任期届满", "end of term"),
    ("death", "去世", "death"),
    ("health", "健康原因", "health"),
    ("moved", "转任", "moved on"),
    ("retired", "退休", "retired"),
    ("unknown", "未知", "unknown"),
)
NAME_KIND: Final = options(
    ("legal", "法定名称", "legal name"),
    ("short", "简称", "short name"),
    ("brand", "品牌", "brand"),
    ("alias", "别名", "alias"),
    ("former", "曾用名", "former name"),
    ("misspelling", "误写", "misspelling"),
)
LANGUAGE: Final = options(("zh", "中文", "Chinese"), ("en", "英文", "English"))
