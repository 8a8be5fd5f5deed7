"""Deals and money: what sort they are, how far they went, what a value rests on."""

from typing import Final

from archive.vocabulary.choices.options import options

DEAL_TYPE: Final = options(
    ("acquisition", "收购", "acquisition"),
    ("minority", "少数股权", "minority stake"),
    ("merger", "合并", "merger"),
    ("asset", "资产交易", "asset deal"),
    ("licence_and_hire", "许可加招聘", "licence and hire"),
)
DIVESTMENT: Final = options(
    ("sale", "出售", "sale"),
    ("spin_off", "分拆", "spin-off"),
    ("closure", "关闭", "closure"),
    ("deconsolidation", "出表", "deconsolidation"),
)
DIRECTION: Final = options(
    ("increase", "增持", "increase"),
    ("decrease", "减持", "decrease"),
    ("exit", "清仓", "exit"),
)
STEP: Final = options(("planned", "计划", "planned"), ("done", "完成", "done"))
SHARE_KIND: Final = options(
    ("shares", "股份", "shares"),
    ("votes", "表决权", "votes"),
    ("profit_share", "收益权", "profit share"),
)
FUNDING_PHASE: Final = options(
    ("reported", "据报道", "reported"),
    ("announced", "已宣布", "announced"),
    ("closed", "已完成", "closed"),
)
# Of each kind of share, the attribute of an organization that tells who holds it.
RIGHTS: Final = {"shares": "owners", "votes": "votes", "profit_share": "profit_shares"}
VALUATION_BASIS: Final = options(
    ("post_money", "投后", "post-money"),
    ("pre_money", "投前", "pre-money"),
    ("tender", "老股要约", "tender"),
    ("market_cap", "市值", "market capitalisation"),
    ("sought", "寻求中", "sought"),
    ("rumour", "传闻", "rumour"),
    ("unstated", "依据未说明", "basis not stated"),
)
PARTNERSHIP_STEP: Final = options(
    ("started", "开始", "started"), ("planned", "计划", "planned"), ("ended", "结束", "ended")
)
