"""The nouns by which a figure is known, and the units in which it may be told."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Measured:
    """Words that tell a measure, and the units that it takes: money, percent, things."""

    measure: str
    pattern: re.Pattern[str]
    units: frozenset[str]


MONEY: Final = "money"


def _row(measure: str, zh: str, en: str, *units: str) -> Measured:
    pattern = re.compile("|".join(part for part in (zh, rf"\b(?:{en})\b" if en else "") if part))
    return Measured(measure, pattern, frozenset(units))


_COUNTED: Final = ("people", "users", "customers", "companies")

# The more telling stands first.
MEASURES: Final = (
    _row(
        "share_price_high",
        r"(?:最高|一度|巅峰)[^,，。;；]{0,8}(?:涨|达|至|到)",
        r"peak(?:ed)?|high of",
        MONEY,
    ),
    _row(
        "share_price",
        r"股价|/股|每股|收盘价|开盘价",
        r"share price|shares? (?:closed|opened|traded)|a share|"
        r"per share",
        MONEY,
        "percent",
    ),
    _row("index_level", r"指数(?!级)", r"index", "points"),
    _row(
        "market_value_change",
        r"市值[^,，。]{0,6}(?:蒸发|缩水|增加|上涨|下跌|大涨|暴跌)",
        r"market value (?:fell|rose|lost|gained)",
        MONEY,
        "percent",
    ),
    _row(
        "capital_expenditure_growth",
        r"资本(?:性)?(?:开支|支出)",
        r"capital (?:expenditure|spending)|capex",
        "percent",
    ),
    _row(
        "capital_expenditure",
        r"资本(?:性)?(?:开支|支出)",
        r"capital (?:expenditure|spending)|capex",
        MONEY,
    ),
    _row(
        "training_cost",
        r"训练[^,，。]{0,10}(?:成本|费用|花费)",
        r"training costs?|costs? (?:of|to) train\w*",
        MONEY,
    ),
    _row("operating_cost", r"运营(?:成本|费用)", r"(?:operating|running) costs?", MONEY),
    _row("loss", r"亏损|净亏|亏了", r"(?:net )?loss(?:es)?|lost", MONEY),
    _row("profit", r"净?利润|盈利(?!模式|困难|难)", r"(?:net )?profits?|earn(?:ed|ings)", MONEY),
    _row("sales_growth", r"gmv|销售额?|销量", r"sales|gmv", "percent"),
    _row("revenue_growth", r"营业?收入|营收|收入", r"revenues?", "percent"),
    _row("revenue", r"营业?收入|营收|收入", r"revenues?|turnover|sales", MONEY),
    _row(
        "funds_needed",
        r"(?:需要?|所需)[^,，。]{0,8}(?:资金|美元|亿元)",
        r"needs? [^,.]{0,16}(?:funds|capital)",
        MONEY,
    ),
    _row("pay", r"薪[酬资水]|年薪|月薪|工资", r"salar(?:y|ies)|pay|wages?", MONEY),
    _row("cost", r"成本|支出|开支|花费|耗资|费用", r"costs?|spen(?:d|ds|t|ding)|expens\w+", MONEY),
    _row("investment", r"投资|投入", r"invest\w*", MONEY),
    _row("visits_growth", r"访问量?|流量", r"visits|traffic", "percent"),
    _row("visits", r"访问量?|流量", r"visits|traffic", "visits"),
    _row("downloads", r"下载", r"downloads?", "downloads"),
    _row(
        "market_share",
        r"份额|占比|占|成以上|市占率|的(?:图像|科技企业|企业|公司)|一半|过半",
        r"market share|share of|accounts? for|half of|of all",
        "percent",
    ),
    _row(
        "performance",
        r"效率|性能|准确率|得分|提升",
        r"efficiency|performance|accuracy|scores?|faster",
        "percent",
        "times",
    ),
    _row(
        "customers", r"客户|企业|商家", r"customers?|clients?|businesses", "customers", "companies"
    ),
    _row("users", r"用户|月活|日活|使用者|注册", r"users?|subscribers?", "users", "people"),
    _row(
        "headcount",
        r"员工|团队|人员|裁员|雇员|研发人",
        r"employees|staff|headcount|workers|lay(?:s|ing)? off|"
        r"laid off",
        "people",
        "percent",
    ),
    _row(
        "market_count",
        r"大模型|公司|企业|笔",
        r"models|companies|start-?ups|deals",
        "models",
        "companies",
        "transactions",
    ),
    _row(
        "output",
        r"生成|开发|提供|产出|解决方案|应用|精调",
        r"generated|built|produced|offers?|solutions|applications",
        "images",
        "models",
        "applications",
        "solutions",
        "features",
    ),
    _row("training_tokens", r"token|语料|训练数据", r"tokens?", "tokens", "percent"),
    _row("parameters", r"参数", r"parameters?", "parameters"),
    _row("layers", r"层", r"layers", "layers"),
    _row("energy", r"耗电|电量|用电", r"electricity|energy|power", "mwh"),
    _row("chips", r"芯片|gpu|显卡|[ah]\d00", r"chips|gpus?", "chips"),
    _row("age", r"成立", r"old", "months", "years", "days"),
)
# What needs no number to be said.
_MOVED: Final = r"[^,，。;；]{0,10}(?:涨|跌|下降|下滑|上升|增长|缩水|腰斩)"
WORDED: Final = (
    _row(
        "share_price",
        rf"(?:股价|股票){_MOVED}",
        r"(?:share price|shares|stock) (?:fell|rose|plunged|"
        r"jumped|soared|tumbled|slid)",
    ),
    _row("visits", rf"访问量{_MOVED}", r"(?:visits|traffic) (?:fell|rose|dropped|grew|declined)"),
    _row("headcount", r"裁员", r"lay-?offs|laid off"),
    _row(
        "capital_expenditure_growth",
        rf"资本(?:开支|支出){_MOVED}",
        r"(?:capital expenditure|capex) (?:fell|rose|grew)",
    ),
)
