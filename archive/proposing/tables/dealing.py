"""Words that tell of deals, stakes and money."""

from typing import Final

from archive.proposing.tables.hints import cue as _cue

_WILL = r"(?:拟|将|计划|准备|打算|有意|欲|宣布(?:将|拟|计划)?|同意)[^,，。;；]{0,12}"
_GOING_TO = (
    r"(?:to|will|would|plans? to|planned to|agree[sd]? to|intends? to|offer(?:s|ed)? to|set to|"
    r"in talks to) "
)

DEALING: Final = (
    # Deals: what is planned is announced, what came to nothing has ended.
    _cue(
        "deal_ended",
        r"(?:终止|放弃|取消|撤回|中止)[^,，。]{0,8}(?:收购|并购)|(?:收购|并购)[^,，。]{0,8}(?:终止|告吹|落空|失败|作罢)",
        r"(?:terminat|abandon|call(?:s|ed)? off|scrap|drop)\w*[^,.]{0,40}(?:acquisition|"
        r"takeover|deal|bid)|"
        r"(?:deal|acquisition|takeover)[^,.]{0,40}(?:falls? through|"
        r"fell through|collapse[sd]?|terminated|called off)",
        weight=5,
        group="deal",
    ),
    _cue(
        "deal_announced",
        rf"{_WILL}(?:收购|并购)|签署[^,，。]{{0,12}}收购协议",
        rf"{_GOING_TO}(?:acquire|buy|take over|purchase)|"
        rf"announce[sd]? [^.]{{0,30}}(?:acquisition|takeover)",
        weight=4,
        group="deal",
        deal_type="acquisition",
    ),
    _cue(
        "deal_closed",
        r"收购|并购|买下|吞并|全盘接手",
        r"acquire[sd]?|acquisition of|buys|bought|purchased|takes over|took over|takeover of",
        weight=3,
        group="deal",
        deal_type="acquisition",
    ),
    _cue(
        "stake_changed",
        r"清仓|全部卖出|悉数(?:卖出|减持)",
        r"(?:sold|sells) (?:all|its entire|his entire|her entire)[^,.]{0,20}(?:stake|"
        r"shares|holding)",
        weight=5,
        group="stake",
        direction="exit",
    ),
    _cue(
        "stake_changed",
        r"减持|套现|抛售|出售[^,，。]{0,8}股[份权]|转让[^,，。]{0,8}股[份权]",
        r"(?:sold|sells|selling|cut|cuts|reduced|trimmed)[^,.]{0,30}(?:stake|"
        r"shares|holding)|cash(?:es|ed)? out",
        weight=4,
        group="stake",
        direction="decrease",
    ),
    _cue(
        "stake_changed",
        r"增持|入股|举牌",
        r"(?:raise[sd]?|increase[sd]?|lift(?:s|ed)?|took|takes)[^,.]{0,20}(?:stake|holding)",
        weight=4,
        group="stake",
        direction="increase",
    ),
    _cue(
        "divested",
        r"分拆|拆分上市",
        r"spins? off|spun off|spin-off",
        weight=4,
        manner="spin_off",
    ),
    _cue(
        "divested",
        r"剥离|出售[^,，。股]{0,10}(?:业务|部门|资产)",
        r"divest(?:s|ed|iture)?|(?:sells|sold) (?:its|the) [^,.]{0,30}(?:business|"
        r"unit|division|arm)",
        weight=4,
        manner="sale",
    ),
    # Money.
    _cue(
        "funding_round",
        r"(?:完成|获得?|宣布|拿到|敲定)[^,，。]{0,20}(?:融资|投资)|获[^,，。]{0,14}(?:领投|投资)|领投|跟投|参投|"
        r"(?:种子|天使|pre-?a|[a-g]\+*)轮|定向募集",
        r"rais(?:es|ed|ing)|funding round|financing(?: round)?|"
        r"series [a-g]|seed round|angel round|"
        r"led by|lead investors?|investment round|secures?|secured",
        weight=3,
        group="money",
    ),
    _cue("funding_round", r"融资|募资", r"funding|financing", weight=1, group="money"),
    _cue(
        "valuation_reported",
        r"估值|市值(?!蒸发|缩水|增加|上涨|下跌|大涨|暴跌)",
        r"valuation|valued at|valuing|market (?:capitali[sz]ation|cap|value)|worth",
        weight=3,
        group="valuation",
    ),
    _cue(
        "listing_changed",
        r"递表|招股书|提交[^,，。]{0,8}上市申请|申请[^,，。]{0,8}上市|递交[^,，。]{0,10}(?:上市|招股)",
        r"files? for (?:an? )?(?:ipo|listing|initial public offering)|"
        r"filed for (?:an? )?(?:ipo|listing|initial public offering)|"
        r"prospectus",
        weight=5,
        group="listing",
        step="filed",
    ),
    _cue(
        "listing_changed",
        r"过会|上市[^,，。]{0,6}获批|通过[^,，。]{0,6}聆讯",
        r"approv\w+ [^,.]{0,20}(?:ipo|listing)|listing [^,.]{0,12}approved",
        weight=5,
        group="listing",
        step="approved",
    ),
    _cue(
        "listing_changed",
        r"退市|私有化完成",
        r"delist\w*",
        weight=5,
        group="listing",
        step="delisted",
    ),
    _cue(
        "listing_changed",
        r"(?:撤回|终止|中止)[^,，。]{0,10}(?:上市|ipo)",
        r"(?:withdr[ae]w\w*|pull(?:s|ed))[^,.]{0,20}(?:ipo|listing)",
        weight=6,
        group="listing",
        step="withdrawn",
    ),
    _cue(
        "listing_changed",
        r"(?:挂牌|在[^,，。]{0,12})上市(?!公司)|登陆[^,，。]{0,10}(?:交易所|港交所|纳斯达克|科创板|创业板)|敲钟",
        r"went public|goes public|list(?:s|ed) (?:on|in)|"
        r"debuts? on|debuted on|began trading|starts? trading",
        weight=4,
        group="listing",
        step="listed",
    ),
)
