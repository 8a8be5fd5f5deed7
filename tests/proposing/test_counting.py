"""Numbers with their units and currencies, as people write them."""

import pytest

from archive.proposing.counting import counted_in
from archive.vocabulary import KINDS

MEASURE = next(one for one in KINDS["figure_reported"].fields if one.name == "value")


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("以20.65亿元收购", "20.65亿元", "2065000000 CNY"),
        ("raised us$13bn in cash", "us$13bn", "13000000000 USD"),
        ("约13亿元的股份", "约13亿元", "~1300000000 CNY"),
        ("价格为180万到30万元", "180万到30万元", "300000..1800000 CNY"),
        ("在8到20亿美元之间", "8到20亿美元", "800000000..2000000000 USD"),
        ("不超过36.35亿元", "不超过36.35亿元", "<=3635000000 CNY"),
        ("生成了超过 150 亿张图片", "超过 150 亿张图片", ">=15000000000 images"),
        ("超过一个亿用户", "超过一个亿用户", ">=100000000 users"),
        ("七成以上是客户", "七成以上", ">=70 percent"),
        ("百亿级别参数的模型", "百亿级别参数", "10000000000..99999999999 parameters"),
        ("用户数已超过800万，增长很快", "超过800万", ">=8000000 users"),
        ("about 1.5 million users", "about 1.5 million users", "~1500000 users"),
        ("7 billion parameters", "7 billion parameters", "7000000000 parameters"),
        ("2,500 employees", "2,500 employees", "2500 people"),
        ("指数涨到1650", "1650", "1650 points"),
    ],
)
def test_an_amount_is_read_where_it_stands(text: str, words: str, key: str) -> None:
    (found,) = counted_in(text)

    value = found.read_as(MEASURE, found.span.of(text))
    assert found.span.of(text) == words
    assert MEASURE.type.key(value) == key  # type: ignore[arg-type]  # canonical JSON
    assert isinstance(value, dict)
    assert value["stated"] == words


@pytest.mark.parametrize(
    "text", ["2023年7月", "gpt-4发布", "第3名", "版本2.0", "24小时", "一家公司", "in may 2024"]
)
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert counted_in(text) == ()
