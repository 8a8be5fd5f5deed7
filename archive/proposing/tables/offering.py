"""Words that tell of what may be had, for how much, with whom, and on what machines."""

from typing import Final

from archive.proposing.tables.hints import cue as _cue

OFFERING: Final = (
    # What may be had, where, and for how much.
    _cue(
        "availability_changed",
        r"上架|app ?store|应用商店",
        r"app store|google play",
        weight=4,
        group="availability",
        step="app_store",
    ),
    _cue(
        "availability_changed",
        r"下架",
        r"(?:removed|withdrawn|pulled) from [^,.]{0,20}store",
        weight=5,
        group="availability",
        step="closed",
    ),
    _cue(
        "availability_changed",
        r"禁用|禁止(?:使用|学生|员工)|封禁|叫停",
        r"ban(?:s|ned)|block(?:s|ed) (?:access|the)|prohibit(?:s|ed)",
        weight=4,
        group="availability",
        step="suspended",
    ),
    _cue(
        "availability_changed",
        r"暂停(?:服务|使用|访问|开放)|关闭(?:服务|访问|注册)",
        r"suspend(?:s|ed)|halt(?:s|ed) (?:access|service)|pulled from",
        weight=4,
        group="availability",
        step="suspended",
    ),
    _cue(
        "availability_changed",
        r"恢复(?:服务|使用|访问|上线)",
        r"resum(?:es|ed)|restore[sd]",
        weight=4,
        group="availability",
        step="resumed",
    ),
    _cue(
        "availability_changed",
        r"限制[^,，。]{0,16}(?:使用|访问|出口|销售)|出口管制|禁运",
        r"restrict(?:s|ed)|export (?:controls?|ban|rules?)",
        weight=4,
        group="availability",
        step="restricted",
    ),
    _cue(
        "availability_changed",
        r"(?:全面|正式|首批|向[^,，。]{0,8})开放|开放(?:注册|使用|下载|测试|体验)",
        r"(?:made|became|becomes|is now|now) available|opens? (?:access|"
        r"registration|sign-ups?)|available (?:in|to)",
        weight=4,
        group="availability",
        step="opened",
    ),
    _cue(
        "price_changed",
        r"调价|降价|涨价|定价|售价|报价|收费|价格(?!战)|/千tokens|每千tokens|免费(?:下载|使用|开放|安装)",
        r"price[sd]?(?: at)?|pricing|charges?|costs? (?:users|"
        r"customers|developers)|per (?:month|year|1,000 tokens|"
        r"thousand tokens|million tokens)|"
        r"a month|free of charge|for free",
        weight=3,
        group="price",
    ),
    _cue(
        "partnership_made",
        r"(?:达成|建立|开展|展开)[^,，。]{0,10}合作|战略合作|签约|签署[^,，。]{0,10}(?:合作|"
        r"协议)|牵手|携手|接入|联合(?!创始)|合作(?=[推发打])",
        r"partner(?:s|ed|ship)|team(?:s|ed)? up|collaborat\w+|"
        r"sign(?:s|ed) (?:an?|the) [^,.]{0,24}(?:agreement|"
        r"deal|contract) with|"
        r"joins? forces|tie-?up",
        weight=3,
        group="partnership",
        step="started",
    ),
    _cue(
        "capacity_changed",
        r"(?:采购|购买|囤积?|订购|购入|储备|拥有|花[去掉]?了?)[^,，。]{0,24}(?:芯片|"
        r"显卡|gpu|服务器|[ah]\d00)|(?:芯片|gpu|显卡)[^,，。]{0,14}(?:采购|"
        r"订单|花[去掉]|投入了?)",
        r"(?:buys?|bought|order(?:s|ed)|purchas(?:es|ed)|"
        r"acquir(?:es|ed)|spen[dt]s?|stockpil\w+)[^,.]{0,40}(?:chips|"
        r"gpus?|accelerators|servers)",
        weight=4,
        group="capacity",
        capacity="chips",
        step="added",
    ),
    _cue(
        "capacity_changed",
        r"(?:数据|算力|智算|超算|计算)中心",
        r"data cent(?:er|re)s?",
        weight=2,
        group="capacity",
        capacity="data_centre",
        step="added",
    ),
    _cue(
        "capacity_changed",
        r"(?:带着?|携|出资|自掏|自筹|投入)[^,，。]{0,8}(?:美元|元|美金|资金)",
        r"",
        weight=2,
        group="capacity",
        capacity="funds",
        step="added",
    ),
)
