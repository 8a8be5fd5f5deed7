"""Words that tell of organizations and of people in posts."""

from typing import Final

from archive.proposing.tables.hints import cue as _cue

ORGANIZING: Final = (
    # Organizations.
    _cue(
        "org_founded",
        r"成立(?!以来|仅|只|至今|不到|已|的时候)|创立|创办|创建(?!了?[^,，。]{0,4}的?图)|组建",
        r"(?:co-?)?found(?:s|ed)|set up|sets up|established|"
        r"incorporated|creates? (?:a|an|the) (?:company|"
        r"laborator\w+|lab|institute|unit)",
        weight=3,
        group="founding",
    ),
    _cue(
        "org_renamed",
        r"更名|改名|改称",
        r"renam\w+|rebrand\w*|changes? its name|changed its name",
        weight=4,
    ),
    _cue(
        "org_reorganized",
        r"(?:裁撤|撤销|解散|关闭)[^,，。]{0,14}(?:部门|团队|实验室|事业部|业务线|"
        r"小组)|(?:部门|团队|实验室|事业部)[^,，。]{0,6}(?:被裁撤|被撤销|被解散|"
        r"解散|裁撤)",
        r"(?:disband(?:s|ed)?|dissolve[sd]?|shuts?|close[sd]?)[^,.]{0,30}(?:team|"
        r"department|laborator\w+|lab|division|unit)",
        weight=5,
        group="shape",
        change="unit_closed",
    ),
    _cue(
        "org_reorganized",
        r"合并[^,，。]{0,14}(?:部门|团队|实验室|事业部)|(?:部门|团队|实验室|事业部)[^,，。]{0,12}合并|整合[^,，。]{0,10}团队|并入",
        r"merg\w+[^,.]{0,40}(?:teams?|departments?|laborator\w+|"
        r"labs?|divisions?|units?)|folded into|folds? into",
        weight=5,
        group="shape",
        change="unit_merged",
    ),
    _cue(
        "org_reorganized",
        r"划归|划转|划入",
        r"moved? (?:the )?(?:team|unit|division) (?:to|under|into)",
        weight=5,
        group="shape",
        change="unit_moved",
    ),
    _cue(
        "org_ended",
        r"(?:公司|机构)[^,，。]{0,4}(?:解散|倒闭|注销|破产)|破产|倒闭",
        r"(?:went|goes|go) (?:bankrupt|out of business)|"
        r"bankruptcy|ceased? operations|winds? down|wound down",
        weight=3,
        group="shape",
        manner="dissolved",
    ),
    # People.
    _cue(
        "role_ended",
        r"辞职|辞任|辞去|离职|离任|卸任|离岗|去职|被免去|退出[^,，。]{0,8}(?:董事会|"
        r"管理层)|离开了?(?:岗位|公司|了?[^,，。]{0,8}(?:团队|集团|公司))|不再担任",
        r"resign(?:s|ed|ation)?|step(?:s|ped)? down|stood down|"
        r"left (?:the )?(?:company|firm|post|position|role)|"
        r"departs|departed|departure|"
        r"oust(?:s|ed)|fired|dismissed|removed as|leaves (?:as|the)|quits?",
        weight=4,
        group="post",
    ),
    _cue("role_ended", r"", r"left|leaves|leaving", weight=2, group="leaving"),
    _cue(
        "role_started",
        r"出任|担任|就任|履新|接任|接替|受命|被任命|任命|加入|加盟|入职|挂帅|亲自(?:挂帅|带队|负责)",
        r"appoint(?:s|ed)|named|join(?:s|ed)|to join|hire[sd]?|becom(?:es|"
        r"ing)|became|takes? over as|took over as|"
        r"promot(?:es|ed) to",
        weight=3,
        group="post",
    ),
)
