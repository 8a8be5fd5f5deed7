"""How numbers are written: scales, units, currencies, and the words that hedge them."""

import re
from typing import Final

DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
SCALES: Final = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7,
    "百万": 6, "十万": 5, "万": 4, "千": 3,
    "trillion": 12, "tn": 12, "billion": 9, "bn": 9, "b": 9, "million": 6, "mn": 6, "m": 6, "k": 3,
}  # fmt: skip
SCALE: Final = "|".join(sorted(SCALES, key=len, reverse=True))
HAN_DIGITS: Final = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
ABOUT: Final = r"大约|约|将?近|接近|大概|about|around|nearly|almost|roughly|approximately|some"
AT_LEAST: Final = (
    r"超过?了?|至少|不少于|不低于|突破|逾|more than|over|at least|above|exceed(?:s|ed|ing)?"
)
AT_MOST: Final = r"不超过|至多|最多|低于|不到|up to|at most|no more than|less than|under|below"
TO: Final = r"\s*(?:到|至|-|–|—|~|～|\bto\b)\s*"
MONEYS: Final = (
    ("USD", r"us\$|美元|美金|(?:us )?dollars|usd"),
    ("HKD", r"hk\$|港元|港币|hkd"),
    ("EUR", r"€|欧元|euros?|eur"),
    ("GBP", r"£|英镑|pounds|gbp"),
    ("JPY", r"日元|yen|jpy"),
    ("KRW", r"韩元|won|krw"),
    ("USD", r"\$"),
    ("CNY", r"人民币|rmb|yuan|cny|¥|元"),
)
UNITS: Final = (
    ("percent", r"%|％|个百分点|percent(?:age points)?|per cent"),
    ("users", r"(?:名|个|位)?(?:活跃)?用户|users"),
    ("people", r"名|人(?!工|们)|位(?!置)|people|employees|staff"),
    ("companies", r"(?:多)?家|companies|start-?ups|firms"),
    ("visits", r"次访问|visits"),
    ("downloads", r"次下载|downloads"),
    ("parameters", r"个?参数|级?(?:参数)?规模|(?=级别参数)|parameters"),
    ("images", r"张图[片像]|幅|images"),
    ("chips", r"[张块颗枚片](?=[^,，。]{0,8}(?:芯片|gpu|显卡|[ah] ?\d00))|chips|gpus"),
    ("images", r"张"),
    ("models", r"个(?:大?模型|基础)|款(?:大?模型)?|models"),
    ("applications", r"个?(?:大模型)?应用|applications|apps"),
    ("solutions", r"个解决方案|solutions"),
    ("features", r"项功能|features"),
    ("transactions", r"笔|transactions|deals"),
    ("tokens", r"个?tokens?"),
    ("layers", r"层|layers"),
    ("points", r"点(?!名|燃|评)|points"),
    ("mwh", r"兆瓦时|mwh|megawatt-hours"),
    ("times", r"倍|times"),
    ("months", r"个月|months"),
    ("models", r"个(?!月|小时|百分点|人|团队|问题|场景|行业|方面)"),
)  # fmt: skip
EXACT: Final = frozenset({"percent", "times", "months"})
INDEX: Final = re.compile(r"指数(?!级)|\bindex\b")
NOUNS: Final = tuple(
    (unit, re.compile(noun))
    for unit, noun in (
        ("users", r"用户|月活|日活|\busers\b|\bsubscribers\b"),
        ("parameters", r"参数|\bparameters\b"),
        ("downloads", r"下载|\bdownloads\b"),
        ("visits", r"访问|\bvisits\b"),
        ("customers", r"客户|\bcustomers\b"),
        ("people", r"员工|\bstaff\b|\bheadcount\b"),
    )
)
NO_AMOUNT: Final = re.compile(
    r"\s*(?:年(?!薪)|月(?!活)|日(?!活)|号|时|分钟|:\d|：\d|季度|岁|期|届)"
)
BARE: Final = re.compile(r"(?<![\d.a-z-])(\d{3,6}(?:\.\d+)?)(?![\d.a-z%年月日号:：/-])")
