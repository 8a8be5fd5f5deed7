"""Money and what it says something is worth: who invested, valued and listed what."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.deals import FUNDING_PHASE, VALUATION_BASIS
from archive.vocabulary.choices.phases import LISTING_STEP
from archive.vocabulary.definition import (
    Asserts,
    Const,
    Fixed,
    Group,
    Kind,
)
from archive.vocabulary.fields import MONEY, Choice, Text, Venue
from archive.vocabulary.kinds.rows import AMOUNT, ORG, PARTIES, needed, one_of, optional

_BASIS = needed(
    "basis",
    Choice(VALUATION_BASIS),
    "依据 | Basis",
    "投后、市值、传闻…… | Post-money, market cap, rumour …",
)
_CLOSED = (one_of("phase", "closed"),)

FUNDING: Final = (
    Kind(
        name="funding_round",
        group=Group.MONEY,
        label=Words("融资", "Funding round"),
        help=Words("一轮融资；不臆造持股比例。", "A round of funding; shares are never invented."),
        subject="org",
        fields=(
            needed("org", ORG, "机构 | Organization", "融资方 | Who raised"),
            optional("round", Text(60), "轮次 | Round", "天使轮、A 轮…… | Angel, Series A …"),
            AMOUNT,
            optional("lead", PARTIES, "领投 | Lead", "领投方 | Who led"),
            optional(
                "investors", PARTIES, "投资方 | Investors", "其他投资方 | Who else took part"
            ),
            optional(
                "pre_money",
                MONEY,
                "投前估值 | Pre-money",
                "融资前估值 | Valuation before the round",
            ),
            optional(
                "post_money",
                MONEY,
                "投后估值 | Post-money",
                "融资后估值 | Valuation after the round",
            ),
            optional(
                "instrument",
                Text(60),
                "工具 | Instrument",
                "股权、可转债…… | Equity, convertible …",
            ),
            needed(
                "phase",
                Choice(FUNDING_PHASE),
                "阶段 | Phase",
                "据报道、已宣布或已完成 | Reported, announced or closed",
            ),
        ),
        asserts=(
            Asserts("total_raised", "org", "amount", when=_CLOSED),
            Asserts("owners", "org", Const("unknown"), member=("lead",), when=_CLOSED),
            Asserts("owners", "org", Const("unknown"), member=("investors",), when=_CLOSED),
            Asserts("valuation", "org", "post_money", member=(Fixed(_BASIS, "post_money"),)),
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
            needed("org", ORG, "机构 | Organization", "谁的估值 | Whose valuation"),
            needed(
                "amount",
                MONEY,
                "估值 | Valuation",
                "例如 100亿元、>=US$1bn | For example 100亿元, >=US$1bn",
            ),
            _BASIS,
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
            needed("org", ORG, "机构 | Organization", "谁的上市 | Whose listing"),
            needed("venue", Venue(80), "交易所 | Venue", "例如 HKEX | For example HKEX"),
            needed("step", Choice(LISTING_STEP), "步骤 | Step", "走到哪一步 | How far it went"),
            optional("ticker", Text(20), "代码 | Ticker", "股票代码 | Stock symbol"),
            optional("price", MONEY, "价格 | Price", "发行价 | Issue price"),
        ),
        asserts=(Asserts("listing", "org", "step", member=("venue",)),),
        title=Words("{org}{step}（{venue}）", "{org}: {step} ({venue})"),
    ),
)
