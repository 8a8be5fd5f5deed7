"""Figures: what is counted, and what a count rests on."""

from typing import Final

from archive.vocabulary.choices.options import options

CAPACITY: Final = options(
    ("chips", "芯片", "chips"),
    ("data_centre", "数据中心", "data centre"),
    ("cloud_commitment", "云服务承诺", "cloud commitment"),
    ("funds", "资金", "funds"),
)
CAPACITY_STEP: Final = options(
    ("added", "增加", "added"),
    ("removed", "减少", "removed"),
    ("moved", "调拨", "moved"),
    ("held", "保有", "held"),
    ("needed", "需要", "needed"),
)
MEASURE_KIND: Final = options(
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
FIGURE_BASIS: Final = options(
    ("audited", "经审计", "audited"),
    ("stated", "当事方披露", "stated by the party"),
    ("measured", "第三方统计", "measured by a third party"),
    ("estimate", "估计", "estimate"),
    ("forecast", "预测", "forecast"),
    ("rumour", "传闻", "rumour"),
)
