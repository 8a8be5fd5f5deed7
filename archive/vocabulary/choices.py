"""The closed lists of the vocabulary: every option with its label in Chinese and English."""

from typing import Final

from archive.languages import Words


def _options(*rows: tuple[str, str, str]) -> dict[str, Words]:
    return {name: Words(zh, en) for name, zh, en in rows}


# In the order of a life: on one and the same day a later step follows an earlier.
STATUS: Final = _options(
    ("in_development", "研发中", "in development"),
    ("announced", "已公布", "announced"),
    ("released", "已发布", "released"),
    ("launched", "已上线", "launched"),
    ("active", "存续", "active"),
    ("merged", "已合并", "merged"),
    ("paused", "暂停", "paused"),
    ("deprecated", "已弃用", "deprecated"),
    ("shut_down", "已停服", "shut down"),
    ("closed", "已关闭", "closed"),
    ("absorbed", "已并入", "absorbed"),
    ("dissolved", "已解散", "dissolved"),
)
ACCESS: Final = _options(
    ("weights", "可下载权重", "weights"),
    ("api", "接口", "API"),
    ("app", "应用", "app"),
    ("closed_test", "邀请内测", "closed test"),
    ("internal", "仅内部使用", "internal use"),
)
WEIGHTS_FORM: Final = _options(
    ("full", "完整公开", "full"),
    ("partial", "部分公开", "partial"),
    ("on_request", "申请获取", "on request"),
    ("leaked", "泄露", "leaked"),
    ("none", "未公开", "none"),
)
COMMERCIAL_USE: Final = _options(
    ("free", "免费", "free"),
    ("free_after_registration", "登记后免费", "free after registration"),
    ("free_below_threshold", "低于门槛免费", "free below a threshold"),
    ("paid", "付费", "paid"),
    ("forbidden", "禁止", "forbidden"),
    ("unknown", "未知", "unknown"),
)
CONDITIONS: Final = _options(
    ("registration", "需登记", "registration"),
    ("threshold", "用户数门槛", "threshold"),
    ("field_of_use", "限定用途", "field of use"),
    ("derivative_rule", "衍生规则", "derivative rule"),
)
AVAILABILITY: Final = _options(
    ("opened", "已开放", "opened"),
    ("closed", "已关闭", "closed"),
    ("app_store", "上架应用商店", "app store"),
    ("suspended", "已暂停", "suspended"),
    ("resumed", "已恢复", "resumed"),
    ("restricted", "受限", "restricted"),
)
DEAL_PHASE: Final = _options(
    ("announced", "已宣布", "announced"),
    ("closed", "已交割", "closed"),
    ("ended", "已终止", "ended"),
)
DEAL_TYPE: Final = _options(
    ("acquisition", "收购", "acquisition"),
    ("minority", "少数股权", "minority stake"),
    ("merger", "合并", "merger"),
    ("asset", "资产交易", "asset deal"),
    ("licence_and_hire", "许可加招聘", "licence and hire"),
)
LISTING_STEP: Final = _options(
    ("filed", "已递表", "filed"),
    ("approved", "已获批", "approved"),
    ("listed", "已上市", "listed"),
    ("delisted", "已退市", "delisted"),
    ("withdrawn", "已撤回", "withdrawn"),
)
ORG_FORM: Final = _options(
    ("company", "公司", "company"),
    ("laboratory", "实验室", "laboratory"),
    ("fund", "基金", "fund"),
    ("unit", "部门", "unit"),
    ("university", "高校", "university"),
    ("public_body", "公共机构", "public body"),
    ("association", "联盟", "association"),
)
REORGANIZATION: Final = _options(
    ("unit_created", "新设单位", "unit created"),
    ("unit_merged", "单位合并", "units merged"),
    ("unit_closed", "单位裁撤", "unit closed"),
    ("unit_moved", "单位划转", "unit moved"),
)
ORG_END: Final = _options(
    ("dissolved", "解散", "dissolved"),
    ("absorbed", "被并入", "absorbed"),
    ("paused", "暂停", "paused"),
)
DIVESTMENT: Final = _options(
    ("sale", "出售", "sale"),
    ("spin_off", "分拆", "spin-off"),
    ("closure", "关闭", "closure"),
    ("deconsolidation", "出表", "deconsolidation"),
)
DIRECTION: Final = _options(
    ("increase", "增持", "increase"),
    ("decrease", "减持", "decrease"),
    ("exit", "清仓", "exit"),
)
STEP: Final = _options(("planned", "计划", "planned"), ("done", "完成", "done"))
SHARE_KIND: Final = _options(
    ("shares", "股份", "shares"),
    ("votes", "表决权", "votes"),
    ("profit_share", "收益权", "profit share"),
)
FUNDING_PHASE: Final = _options(
    ("reported", "据报道", "reported"),
    ("announced", "已宣布", "announced"),
    ("closed", "已完成", "closed"),
)
VALUATION_BASIS: Final = _options(
    ("post_money", "投后", "post-money"),
    ("pre_money", "投前", "pre-money"),
    ("tender", "老股要约", "tender"),
    ("market_cap", "市值", "market capitalisation"),
    ("sought", "寻求中", "sought"),
    ("rumour", "传闻", "rumour"),
    ("unstated", "依据未说明", "basis not stated"),
)
ROLE: Final = _options(
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
OFFICES: Final = tuple(
    name
    for name in ROLE
    if name
    not in {
        "vice_president",
        "director",
        "founder",
        "co_founder",
        "partner",
        "adviser",
        "spokesperson",
        "employee",
    }
)
ROLE_END: Final = _options(
    ("resigned", "辞任", "resigned"),
    ("removed", "被免职", "removed"),
    ("term", "任期届满", "end of term"),
    ("death", "去世", "death"),
    ("health", "健康原因", "health"),
    ("moved", "转任", "moved on"),
    ("retired", "退休", "retired"),
    ("unknown", "未知", "unknown"),
)
MODALITY: Final = _options(
    ("text", "文本", "text"),
    ("image", "图像", "image"),
    ("audio", "音频", "audio"),
    ("video", "视频", "video"),
    ("code", "代码", "code"),
    ("multimodal", "多模态", "multimodal"),
    ("embedding", "向量", "embedding"),
    ("game", "博弈", "game play"),
    ("driving", "自动驾驶", "driving"),
)
CODE_PARTS: Final = _options(
    ("training", "训练代码", "training"),
    ("inference", "推理代码", "inference"),
    ("data", "数据", "data"),
)
PRICED: Final = _options(
    ("api_call", "接口调用", "API calls"),
    ("deployment_cloud", "云端私有化部署", "private cloud deployment"),
    ("deployment_local", "本地私有化部署", "on-premises deployment"),
    ("subscription", "订阅", "subscription"),
    ("access", "使用权", "access"),
    ("purchase", "购买", "purchase"),
)
PRICE_UNIT: Final = _options(
    ("1k_tokens", "每千 tokens", "per 1,000 tokens"),
    ("1m_tokens", "每百万 tokens", "per million tokens"),
    ("month", "每月", "per month"),
    ("year", "每年", "per year"),
    ("call", "每次", "per call"),
    ("package", "每包", "per package"),
    ("piece", "每件", "per piece"),
    ("once", "一次性", "once"),
)
PROJECT_STEP: Final = _options(
    ("approved", "内部立项", "approved internally"),
    ("started", "启动", "started"),
    ("announced", "公开宣布", "announced"),
)
PARTNERSHIP_STEP: Final = _options(
    ("started", "开始", "started"), ("planned", "计划", "planned"), ("ended", "结束", "ended")
)
CAPACITY: Final = _options(
    ("chips", "芯片", "chips"),
    ("data_centre", "数据中心", "data centre"),
    ("cloud_commitment", "云服务承诺", "cloud commitment"),
    ("funds", "资金", "funds"),
)
CAPACITY_STEP: Final = _options(
    ("added", "增加", "added"),
    ("removed", "减少", "removed"),
    ("moved", "调拨", "moved"),
    ("held", "保有", "held"),
    ("needed", "需要", "needed"),
)
MEASURE_KIND: Final = _options(
    ("users", "用户数", "users"),
    ("customers", "客户数", "customers"),
    ("visits", "访问量", "visits"),
    ("visits_growth", "访问量增幅", "growth of visits"),
    ("downloads", "下载量", "downloads"),
    ("revenue", "收入", "revenue"),
    ("revenue_growth", "收入增幅", "growth of revenue"),
    ("loss", "亏损", "loss"),
    ("profit", "利润", "profit"),
    ("cost", "成本", "cost"),
    ("training_cost", "训练成本", "training cost"),
    ("operating_cost", "运营成本", "operating cost"),
    ("capital_expenditure", "资本开支", "capital expenditure"),
    ("capital_expenditure_growth", "资本开支增幅", "growth of capital expenditure"),
    ("funds_needed", "资金需求", "funds needed"),
    ("investment", "投资额", "investment"),
    ("parameters", "参数量", "parameters"),
    ("layers", "层数", "layers"),
    ("training_tokens", "训练语料", "training tokens"),
    ("headcount", "人数", "headcount"),
    ("pay", "薪酬", "pay"),
    ("market_count", "市场总数", "market count"),
    ("market_share", "市场份额", "market share"),
    ("market_value_change", "市值变动", "change of market value"),
    ("index_level", "指数点位", "index level"),
    ("share_price", "股价", "share price"),
    ("share_price_high", "股价最高点", "peak share price"),
    ("sales_growth", "销售增幅", "growth of sales"),
    ("output", "产量", "output"),
    ("energy", "耗电量", "energy"),
    ("chips", "芯片数", "chips"),
    ("age", "成立时长", "age"),
    ("performance", "性能", "performance"),
    ("outlook", "观点与预测", "outlook"),
    ("milestone", "里程碑", "milestone"),
    ("statement", "表态", "statement"),
)
FIGURE_BASIS: Final = _options(
    ("audited", "经审计", "audited"),
    ("stated", "当事方披露", "stated by the party"),
    ("measured", "第三方统计", "measured by a third party"),
    ("estimate", "估计", "estimate"),
    ("forecast", "预测", "forecast"),
    ("rumour", "传闻", "rumour"),
)
NAME_KIND: Final = _options(
    ("legal", "法定名称", "legal name"),
    ("short", "简称", "short name"),
    ("brand", "品牌", "brand"),
    ("alias", "别名", "alias"),
    ("former", "曾用名", "former name"),
    ("misspelling", "误写", "misspelling"),
)
LANGUAGE: Final = _options(("zh", "中文", "Chinese"), ("en", "英文", "English"))
SOURCE_KIND: Final = _options(
    ("filing", "申报文件", "filing"),
    ("statement", "公司声明", "company statement"),
    ("paper", "论文", "paper"),
    ("repository", "代码仓库", "code repository"),
    ("news", "新闻", "news"),
    ("aggregator", "聚合平台", "aggregator"),
    ("social", "社交媒体", "social post"),
    ("database", "数据库", "database"),
)
REASON_KIND: Final = _options(
    ("typing_error", "录入错误", "typing error"),
    ("source_error", "来源有误", "source error"),
    ("new_evidence", "新证据", "new evidence"),
    ("changed_definition", "定义变更", "changed definition"),
)
TERM_CHANGE: Final = _options(
    ("added", "新增", "added"),
    ("renamed", "改名", "renamed"),
    ("mapped", "映射", "mapped"),
    ("deprecated", "弃用", "deprecated"),
)
CONFIDENCE: Final = _options(
    ("high", "高", "high"),
    ("medium", "中", "medium"),
    ("low", "低", "low"),
    ("rumour", "传闻", "rumour"),
)
GRADE: Final = _options(
    ("primary", "一手", "primary"),
    ("secondary", "二手", "secondary"),
    ("aggregator", "聚合", "aggregator"),
)
IMPORTANCE: Final = _options(
    ("landmark", "里程碑", "landmark"), ("major", "重要", "major"), ("minor", "一般", "minor")
)
DATE_KIND: Final = _options(
    ("announced", "公布", "announced"),
    ("signed", "签署", "signed"),
    ("closed", "交割", "closed"),
    ("in_force", "生效", "in force"),
    ("released", "发布", "released"),
    ("reported", "报道", "reported"),
    ("occurred", "发生", "occurred"),
)
