"""Words round a name or a verb: who says it, whose it is, what is denied, what is to come."""

import re
from typing import Final

SPEECH: Final = re.compile(
    r"表示|宣称|声称|认为|指出|透露|强调|坦言|回应|解释|直言|提出|称(?![为号作呼之])|预测|预言|发文|反驳|建议|告诉|谈到|预计|争论|爆料|"
    r"\b(?:says?|said|told|tells|argue[sd]?|believes?|"
    r"believed|warn(?:s|ed)|add(?:s|ed)|claim(?:s|ed)|"
    r"predict(?:s|ed)|"
    r"expect(?:s|ed)|forecasts?|stated|explain(?:s|ed)|wrote|tweeted|insist(?:s|ed))\b"
)
OUTLOOK: Final = re.compile(
    r"未来|将(?!其|此|这|大|[^,，。]{0,8}(?:分为|作为))|预计|预测|可能|机会|难(?:以|再)|会(?=成为|是|有|出现|被|不|更|让|带来|继续)|幻想|前景|"
    r"\b(?:will|would|may|might|future|expects?|expected|"
    r"forecast|predict\w*|likely|outlook|next (?:year|"
    r"decade))\b"
)
# What a report or a study says is said by whoever made it.
CITED_BEFORE: Final = re.compile(
    r"(?:根?据|援引|引述|引用|来自|according to|citing|(?:data|"
    r"figures|report|survey|estimates?) (?:from|by))\s*(?:[^,，。]{0,10}(?:公司|"
    r"机构|工具|英国))?$"
)
CITED_AFTER: Final = re.compile(
    r"^(?:[（(][^）)]{1,20}[)）])?(?:的)?(?:援引|数据|最新数据|统计|"
    r"报告|研究报告|报道|发布的|《|估算|测算|estimate[sd]?\b|data\b|"
    r"figures\b|report(?:s|ed)?\b|counts?\b)"
)
# Between an organization and a person these only say whose officer that is.
TITLED: Final = re.compile(
    r"创始人|董事长|总裁|主席|总经理|合伙人|负责人|首席|高管|科学家|院长|主管|ceo|cto|coo|cfo|"
    r"\b(?:founder|chief|chair\w*|president|head|partner|scientist|director|executive|boss)\b"
)
# Between an organization and a model these say whose it is.
OWNING: Final = re.compile(
    r"(?:旗下)?(?:的|'s|’s)?\s*[^,，。;；和与及、发推开收用在了过布出]{0,10}|"
    r"[^,，。;；]{0,8}的[^,，。;；]{0,10}"
)
ADDRESSED: Final = re.compile(r"(?:告诉|[对向]|\btold\b)\s*[「“《]?$")
LOCATED_BEFORE: Final = re.compile(
    r"(?<![跑放设建存用落])在[^,，。;；]{0,10}$|\b(?:at|in|inside) (?:the )?$"
)
LOCATED_AFTER: Final = re.compile(
    r"^[^,，。;；]{0,4}[内中上里]|^'s (?:office|headquarters|"
    r"event|conference)"
)
RESTED_ON: Final = re.compile(
    r"(?:基于|依托|借助|围绕)[^,，。]{0,4}$|\b(?:based on|built on|"
    r"powered by|using) $"
)
# These stand for an organization that was named before.
ANAPHOR: Final = re.compile(
    r"这家|该公司|该机构|这一机构|它(?!们)|公司(?=收入|营收|股价|估值|宣布|表示|员工|计划|已|将)|"
    r"\b(?:the (?:company|firm|start-?up)|this (?:company|firm)|it)\b"
)
PRONOUN: Final = re.compile(r"^[^,，]{0,4}[他她](?!们)|\b(?:he|she)\b")
SELF: Final = re.compile(r"\s*(?:,|说)?\s*(?:自己|本人|他|她|that (?:he|she)|(?:he|she)\b)")
NEGATED: Final = re.compile(
    r"(?:没有?|未曾?|并未|尚未|无法|不会|不再|从未|不是)[^,，。]{0,3}$|\b(?:not|"
    r"never|no|without|yet to|n't)\s+(?:\w+\s+)?$"
)
DOCUMENT_NOUN: Final = re.compile(
    r"财报|年报|中报|业绩|报告|白皮书|公告|通知|论文|声明|数据(?!库)|招股书|"
    r"\b(?:results|report|statement|paper|figures|guidance|earnings)\b"
)
MODEL_NOUN: Final = re.compile(r"模型|\bmodels?\b")
PRODUCT_NOUN: Final = re.compile(
    r"产品|应用(?!于|在)|平台|软件|芯片|助手|机器人|商店|服务|(?<![a-z])app(?![a-z])|"
    r"\b(?:app|product|platform|assistant|chatbot|service|"
    r"tool|chip)s?\b"
)
# What is told with these is still to come.
AHEAD: Final = re.compile(
    r"将(?:于|在|会|要|达|推|发|进|完)|计划|拟|准备|打算|预计|有望|或将|"
    r"\b(?:will|plans?|planned|intends?|expect(?:s|ed)?|due|scheduled|to be)\b"
)
# Words that lean on the date before them: at that time, between the last two, after.
LEANING: Final = {
    "same": re.compile(
        r"当时|那时候?|彼时|同时期|同期|\bat the time\b|\bthat same (?:day|month|year)\b",
        re.IGNORECASE,
    ),
    "around": re.compile(r"那期间|那段时间|那阵子|\baround that time\b", re.IGNORECASE),
    "between": re.compile(
        r"这期间|(?<!那)期间|其间|中间|\bin between\b|\bmeanwhile\b", re.IGNORECASE
    ),
    "after": re.compile(
        r"(?<![年月日天周后])之后|此后|随后|后来|接下来|\bsince then\b|\bafterwards\b|"
        r"\blater(?! (?:this|that|in|on))\b",
        re.IGNORECASE,
    ),
}
FALLING: Final = re.compile(
    r"(?:下[滑降跌]|减少|缩水|跌|降低?)[^,，。升涨增]{0,4}$|\b(?:fell|fall|falling|dropp?ed|down|declined?|lower)\b[^,.]{0,8}$"
)
