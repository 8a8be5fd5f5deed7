"""Choices that words tell: the post, the round, the venue, the reason, the licence."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell the *value* of a field; an empty value is the very words."""

    field: str
    pattern: re.Pattern[str]
    value: str = ""


def _rows(field: str, *rows: tuple[str, ...]) -> tuple[Telling, ...]:
    """Return a telling for each row: a value, then the patterns that tell it."""
    return tuple(Telling(field, re.compile("|".join(row[1:])), row[0]) for row in rows)


_ROLE: Final = _rows(
    "role",
    ("co_founder", r"联合创始人|联创|\bco-?founders?\b"),
    ("founder", r"(?<!联合)创始人|(?<!co-)(?<!co)\bfounders?\b"),
    ("chief_scientist", r"首席科学家|\bchief scientists?\b"),
    ("vice_president", r"副总裁|副总经理|\bvice[- ]presidents?\b"),
    ("ceo", r"\bceo\b|(?<![a-z])ceo(?![a-z])|首席执行官|行政总裁|\bchief executives?\b"),
    ("cto", r"(?<![a-z])cto(?![a-z])|首席技术官|\bchief technology officer\b"),
    ("cfo", r"(?<![a-z])cfo(?![a-z])|首席财务官|\bchief financial officer\b"),
    ("coo", r"(?<![a-z])coo(?![a-z])|首席运营官|\bchief operating officer\b"),
    ("chair", r"董事长|董事会主席|(?<!副)主席|\bchair(?:man|woman|person)?\b"),
    ("director", r"董事(?!长|会)|董事会|\b(?:board|director)\b"),
    ("dean", r"院长|\bdean\b"),
    ("president", r"(?<!副)总裁|总经理|\bpresident\b"),
    ("partner", r"合伙人|\bpartner\b"),
    ("adviser", r"顾问|\badvis[eo]r\b"),
    ("spokesperson", r"发言人|\bspokes(?:man|woman|person)\b"),
    ("lead", r"负责人|带队|挂帅|主管|负责|\bhead of\b|\bleads?\b"),
    ("employee", r"加入|加盟|入职|离职|\bjoin(?:s|ed)\b"),
)
_REASON: Final = _rows(
    "reason",
    ("health", r"健康|病|住院|抑郁|\bhealth\b|\billness\b|\bill\b"),
    ("death", r"去世|逝世|病逝|\bdie[sd]\b|\bdeath\b"),
    ("retired", r"退休|\bretir(?:es|ed|ement)\b"),
    (
        "removed",
        r"被?免去|免职|罢免|被解雇|解职|\boust(?:s|ed)\b|\bfired\b|\bdismissed\b|\bremoved\b",
    ),
    ("moved", r"转任|转投|调任|\bto join\b"),
    ("resigned", r"辞职|辞任|辞去|\bresign(?:s|ed|ation)?\b|\bstep(?:s|ped)? down\b|\bquits?\b"),
)
_DEALING: Final = (
    *_rows("share", ("100", r"全资|全部(?:股权|权益)|\bthe whole of\b|\boutright\b")),
    *_rows(
        "deal_type",
        ("minority", r"少数股权|参股|\bminority (?:stake|share)\b"),
        ("asset", r"资产收购|\basset (?:deal|purchase)\b"),
    ),
)
_FUNDING: Final = (
    *_rows(
        "round",
        (
            "",
            r"(?:种子|天使|pre-?[a-c]|[a-g]\+*)轮|\bseries [a-g]\+*",
            r"\b(?:seed|angel|pre-seed) round\b",
        ),
    ),
    *_rows(
        "phase",
        (
            "reported",
            r"据[^,，。]{0,12}报道|据悉|传|知情人士|正在(?:寻求|洽谈|进行)|寻求|洽谈",
            r"\breported(?:ly)?\b|\bin talks\b|\bseeking\b|\bseeks\b",
            r"\bpeople familiar\b",
        ),
        ("announced", r"宣布|公布|将|拟|定向募集|\bannounce[sd]?\b|\bsaid\b|\bplans? to\b"),
        (
            "closed",
            r"完成|获得?|拿到|融资|融到|领投|\brais(?:ed|es|ing)\b|\bclosed\b",
            r"\bsecured?s?\b|\bcompleted\b|\bled by\b|\bfunding\b",
            r"\bseries\b|\bfinancing\b",
        ),
    ),
    *_rows("instrument", ("", r"可转债|优先股|\bconvertible notes?\b")),
)
_BASIS: Final = _rows(
    "basis",
    ("tender", r"老股|要约", r"\btender\b"),
    ("market_cap", r"市值|\bmarket (?:cap\w*|value)\b"),
    ("post_money", r"投后|\bpost-money\b"),
    ("pre_money", r"投前|\bpre-money\b"),
    ("sought", r"寻求|目标估值|\bseek(?:s|ing)\b|\bsought\b|\bin talks\b"),
    ("rumour", r"传闻|据传|\brumou?red\b"),
    ("unstated", r"估值|\bvaluation\b|\bvalued\b|\bvaluing\b|\bworth\b"),
)
_VENUE: Final = _rows(
    "venue",
    (
        "HKEX",
        r"港交所|香港(?:联合)?交易所|港股|\bhong kong stock exchange\b|\bhkex\b|\bhong kong\b",
    ),
    ("NASDAQ", r"纳斯达克|\bnasdaq\b"),
    ("NYSE", r"纽交所|\bnyse\b|\bnew york stock exchange\b"),
    ("SSE STAR", r"科创板|\bstar market\b"),
    ("SZSE ChiNext", r"创业板|\bchinext\b"),
    ("SSE", r"上交所|\bshanghai stock exchange\b"),
    ("SZSE", r"深交所|\bshenzhen stock exchange\b"),
)
_LICENCE: Final = (
    *_rows(
        "commercial_use",
        (
            "forbidden",
            r"(?:禁止|不得|不可)[^,，。]{0,6}商|\bnon-?commercial\b|\bno commercial use\b",
        ),
        (
            "free_after_registration",
            r"(?:登记|申请|注册)[^,，。]{0,12}(?:授权|商用|后|免费)|\b(?:after",
            r"upon|on) (?:registration|application)\b",
        ),
        (
            "free_below_threshold",
            r"(?:超过|不超过|低于)[^,，。]{0,12}(?:用户|月活)|\bmonthly (?:active )?users\b",
        ),
        ("paid", r"付费[^,，。]{0,4}(?:授权|商用)|\bpaid licen[cs]e\b"),
        (
            "free",
            r"免费|可商[用业]|\bfree\b|\bpermits? commercial\b|\ballows? commercial\b",
            r"\bcommercially\b|\bapache\b|\bmit licen[cs]e\b",
            r"\bcommercial use\b",
        ),
        ("unknown", r"许可证|开源协议|\blicen[cs]e"),
    ),
    *_rows("conditions", ("registration", r"登记|申请(?!号)|\bregistration\b")),
    *_rows(
        "licence",
        ("Apache-2.0", r"apache[- ]?(?:licen[cs]e[- ,]*)?(?:version )?2(?:\.0)?"),
        ("MIT", r"\bmit (?:licen[cs]e|许可|协议)|\bmit(?=许可|协议)"),
        ("AGPL-3.0-only", r"\bagpl-?(?:v?3)"),
        ("CC-BY-4.0", r"\bcc[- ]by[- ]4"),
        ("CC-BY-NC-4.0", r"\bcc[- ]by[- ]nc[- ]4"),
    ),
)
_CHANNEL: Final = _rows(
    "channel",
    ("weights", r"开源|权重|\bopen-?source|\bweights\b"),
    ("closed_test", r"内测|邀请测试|\bclosed (?:beta|test)|\binvite-only\b"),
    ("api", r"(?<![a-z])api(?![a-z])|接口"),
    ("app", r"(?<![a-z])app(?![a-z])|应用商店"),
)
_MODALITY: Final = _rows(
    "modality",
    ("multimodal", r"多模态|\bmulti-?modal\b"),
    ("driving", r"自动驾驶|\bself-driving\b|\bautonomous driving\b"),
    ("image", r"文生图|图像|绘画|\bimage\b|\btext-to-image\b"),
    ("video", r"视频|\bvideo\b"),
    ("audio", r"语音|音频|\bspeech\b|\baudio\b"),
    ("code", r"代码(?:生成|大?模型)|\bcod(?:e|ing) model\b"),
    ("text", r"语言大?模型|文本|\blanguage model\b"),
)
_PRICE: Final = (
    *_rows(
        "unit",
        ("1k_tokens", r"(?:每|/)\s*(?:千|1000)\s*token|\bper (?:1,000|thousand|1k) tokens"),
        ("1m_tokens", r"(?:每|/)\s*百万\s*token|\bper (?:million|1m) tokens"),
        ("month", r"每月|/月|包月|\bper month\b|\ba month\b|\bmonthly\b"),
        ("year", r"每年|/年|一年|年费|\bper year\b|\ba year\b|\bannual(?:ly)?\b"),
        ("call", r"每次|/次|\bper call\b"),
        ("package", r"[选套]包|\bpackages?\b"),
        ("piece", r"每[台件张个]|/[台件张]|\beach\b"),
        ("once", r"一次性|免费(?:下载|安装)|\bone-off\b|\bfree\b"),
    ),
    *_rows(
        "item",
        ("subscription", r"订阅|会员|\bsubscri\w+"),
        ("api_call", r"调用|(?<![a-z])api(?![a-z])|token|接口|\btokens?\b"),
        ("deployment_local", r"本地(?:化)?(?:私有化)?部署|私[域有](?:化)?部署|\bon-premises\b"),
        ("deployment_cloud", r"云端?(?:私有化)?部署|\bprivate cloud\b"),
        ("access", r"免费|下载|使用|\bfree\b|\baccess\b"),
        ("purchase", r"售价|芯片|\bpriced\b|\bchips?\b"),
    ),
    *_rows("new", ("0 CNY", r"免费|\bfree (?:of charge|to use)\b|\bfor free\b")),
)
_CAPACITY: Final = _rows(
    "step",
    ("moved", r"调[拨给配]|\bmov(?:es|ed)\b"),
    ("needed", r"需要|\bneeds?\b"),
    ("held", r"拥有|储备|\bhas\b"),
)
_FOUNDING: Final = _rows(
    "form",
    ("laboratory", r"实验室|\blaborator\w+|\blab\b"),
    ("fund", r"基金|\bfund\b"),
    ("unit", r"部门|事业部|团队|\bdepartment\b|\bdivision\b|\bunit\b"),
    ("association", r"联盟|协会|\balliance\b|\bassociation\b"),
    ("company", r"公司|企业|\bcompany\b|\bstart-?up\b|\bfirm\b"),
)
_STAKE: Final = (
    *_rows(
        "step",
        ("planned", r"拟|计划|预披露|\bplans? to\b|\bplanned\b"),
        ("done", r"已|了|套现|\bsold\b|\bcut\b|\braised\b"),
    ),
    *_rows(
        "share_kind",
        ("votes", r"表决权|\bvot(?:es|ing)\b"),
        ("shares", r"股[份权票]|减持|增持|\bshares?\b|\bstake\b"),
    ),
)
_FIGURE: Final = _rows(
    "basis",
    (
        "forecast",
        r"预计|预测|将(?:达|会|有|成)|有望|\bexpects?\b|\bexpected\b|\bforecasts?\b|\bwill\b",
    ),
    ("rumour", r"传闻|据传|\brumou?r"),
    ("audited", r"财报|年报|审计|\baudited\b|\bannual report\b"),
    ("estimate", r"估[计算]|测算|约为|可能|\bestimate[sd]?\b|\babout\b"),
    ("measured", r"数据显示|统计|研究报告|\bdata\b|\bcounts?\b"),
)
_VERSION: Final = _rows(
    "version", ("", r"(?<![\d.])v?\d+\.\d+(?=版|版本)|(?<=version )\d+(?:\.\d+)*")
)
_MEETING: Final = _rows(
    "manner", ("absorbed", r"并入|被?吸收|\babsorbed\b"), ("paused", r"暂停|\bpaused\b")
)

TELLINGS: Final = {
    "role_started": _ROLE,
    "role_ended": (*_ROLE, *_REASON),
    "deal_announced": _DEALING,
    "deal_closed": _DEALING,
    "stake_changed": _STAKE,
    "funding_round": _FUNDING,
    "valuation_reported": _BASIS,
    "listing_changed": _VENUE,
    "org_founded": _FOUNDING,
    "org_ended": _MEETING,
    "model_announced": _MODALITY,
    "model_released": (*_CHANNEL, *_MODALITY, *_VERSION),
    "product_launched": _VERSION,
    "licence_set": _LICENCE,
    "price_changed": _PRICE,
    "capacity_changed": _CAPACITY,
    "figure_reported": _FIGURE,
}
