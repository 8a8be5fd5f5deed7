"""Money and what it says something is worth: who invested, valued and listed what."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import (
    FUNDING_PHASE,
    LISTING_STEP,
    VALUATION_BASIS,
)
from archive.vocabulary.definition import (
    Asserts,
    Condition,
    Const,
    Field,
    Group,
    Kind,
    OneOf,
)
from archive.vocabulary.fields import MONEY, Choice, Entities, Text

_ORG = Entities(("organization",))
_HOLDERS = Entities(("organization", "person"), many=True)
_AMOUNT = Field(
    "amount",
    MONEY,
    Words("金额", "Amount"),
    Words("例如 20.65亿元、US$13bn", "For example 20.65亿元, US$13bn"),
)


def _phase(name: str) -> tuple[Condition, ...]:
    return (OneOf("phase", frozenset({name})),)


FUNDING: Final = (
    Kind(
        name="funding_round",
        group=Group.MONEY,
        label=Words("融资", "Funding round"),
        help=Words("一轮融资；不臆造持股比例。", "A round of funding; shares are never invented."),
        subject="org",
        fields=(
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("融资方", "Who raised"),
                required=True,
            ),
            Field(
                "round",
                Text(60),
                Words("轮次", "Round"),
                Words("天使轮、A 轮……", "Angel, Series A …"),
            ),
            _AMOUNT,
            Field("lead", _HOLDERS, Words("领投", "Lead"), Words("领投方", "Who led")),
            Field(
                "investors",
                _HOLDERS,
                Words("投资方", "Investors"),
                Words("其他投资方", "Who else took part"),
            ),
            Field(
                "pre_money",
                MONEY,
                Words("投前估值", "Pre-money"),
                Words("融资前估值", "Valuation before the round"),
            ),
            Field(
                "post_money",
                MONEY,
                Words("投后估值", "Post-money"),
                Words("融资后估值", "Valuation after the round"),
            ),
            Field(
                "instrument",
                Text(60),
                Words("工具", "Instrument"),
                Words("股权、可转债……", "Equity, convertible …"),
            ),
            Field(
                "phase",
                Choice(FUNDING_PHASE),
                Words("阶段", "Phase"),
                Words("据报道、已宣布或已完成", "Reported, announced or closed"),
                required=True,
            ),
        ),
        asserts=(
            Asserts("total_raised", "org", "amount", when=_phase("closed")),
            Asserts("owners", "org", Const("unknown"), member=("lead",), when=_phase("closed")),
            Asserts(
                "owners", "org", Const("unknown"), member=("investors",), when=_phase("closed")
            ),
            Asserts("valuation", "org", "post_money"),
        ),
        title=Words(
            "{org}融资[（{round}）][{amount}][，由{lead}领投][，{investors}参投][，投后估值{post_money}]",
            "{org} raises funds[: {amount}][ ({round})][, led by {lead}][, with {investors}]"
            "[, at {post_money} post-money]",
        ),
    ),
    Kind(
        name="valuation_reported",
        group=Group.MONEY,
        label=Words("估值", "Valuation reported"),
        help=Words(
            "某一依据下的估值；从不内插。", "A valuation on some basis; never interpolated."
        ),
        subject="org",
        fields=(
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("谁的估值", "Whose valuation"),
                required=True,
            ),
            Field(
                "amount",
                MONEY,
                Words("估值", "Valuation"),
                Words("例如 100亿元、>=US$1bn", "For example 100亿元, >=US$1bn"),
                required=True,
            ),
            Field(
                "basis",
                Choice(VALUATION_BASIS),
                Words("依据", "Basis"),
                Words("投后、市值、传闻……", "Post-money, market cap, rumour …"),
                required=True,
            ),
        ),
        asserts=(Asserts("valuation", "org", "amount", member=("basis",)),),
        title=Words("{org}估值{amount}（{basis}）", "{org} valued at {amount} ({basis})"),
    ),
    Kind(
        name="listing_changed",
        group=Group.MONEY,
        label=Words("上市进程", "Listing changed"),
        help=Words(
            "递表、获批、上市、退市或撤回。", "Filed, approved, listed, delisted or withdrawn."
        ),
        subject="org",
        fields=(
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("谁的上市", "Whose listing"),
                required=True,
            ),
            Field(
                "venue",
                Text(80),
                Words("交易所", "Venue"),
                Words("例如 HKEX", "For example HKEX"),
                required=True,
            ),
            Field(
                "step",
                Choice(LISTING_STEP),
                Words("步骤", "Step"),
                Words("走到哪一步", "How far it went"),
                required=True,
            ),
            Field("ticker", Text(20), Words("代码", "Ticker"), Words("股票代码", "Stock symbol")),
            Field("price", MONEY, Words("价格", "Price"), Words("发行价", "Issue price")),
        ),
        asserts=(Asserts("listing", "org", "step", member=("venue",)),),
        title=Words("{org}{step}（{venue}）", "{org}: {step} ({venue})"),
    ),
)
