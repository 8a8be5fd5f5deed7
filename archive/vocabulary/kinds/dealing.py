"""Deals and stakes: who bought, sold and gave up what."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices import (
    DEAL_TYPE,
    DIRECTION,
    DIVESTMENT,
    SHARE_KIND,
    STEP,
)
from archive.vocabulary.definition import (
    Alone,
    Asserts,
    Const,
    Field,
    Given,
    Group,
    Kind,
    Majority,
    OneOf,
)
from archive.vocabulary.fields import MONEY, SHARE, Bilingual, Choice, Entities, Flag, Period

_ORG = Entities(("organization",))
_HOLDERS = Entities(("organization", "person"), many=True)
_HOLDER = Entities(("organization", "person"))
_BOUGHT = Entities(("organization", "product", "model"))
_DEAL = Field(
    "deal",
    Entities(("deal",)),
    Words("交易", "Deal"),
    Words("交易本身，便于前后事件相连", "The deal itself, so that its steps stay together"),
)
_BUYER = Field(
    "buyer", _HOLDERS, Words("买方", "Buyer"), Words("收购或投资的一方", "Who buys"), required=True
)
_TARGET = Field(
    "target",
    _BOUGHT,
    Words("标的", "Target"),
    Words("被收购的一方", "What is bought"),
    required=True,
)
_SHARE = Field(
    "share",
    SHARE,
    Words("股权比例", "Share"),
    Words("百分比，例如 100、>=51", "Percent: 100, >=51"),
)
_AMOUNT = Field(
    "amount",
    MONEY,
    Words("金额", "Amount"),
    Words("例如 20.65亿元、US$13bn", "For example 20.65亿元, US$13bn"),
)


DEALING: Final = (
    Kind(
        name="deal_announced",
        group=Group.DEALS,
        label=Words("交易宣布", "Deal announced"),
        help=Words("已宣布但未交割；不改变归属。", "Announced, not closed; owners do not change."),
        subject="target",
        fields=(
            _DEAL,
            Field(
                "deal_type",
                Choice(DEAL_TYPE),
                Words("类型", "Type"),
                Words("交易类型", "What sort of deal"),
            ),
            _BUYER,
            _TARGET,
            _SHARE,
            _AMOUNT,
            Field(
                "expected_close",
                Period(),
                Words("预计交割", "Expected closing"),
                Words("EDTF，例如 2023-08", "EDTF: 2023-08"),
            ),
        ),
        asserts=(
            Asserts("phase", "deal", Const("announced")),
            Asserts("parties", "deal", "buyer", member=("buyer",)),
            Asserts("parties", "deal", "target", member=("target",)),
            Asserts("amount", "deal", "amount"),
            Asserts("expected_close", "deal", "expected_close"),
        ),
        title=Words(
            "{buyer}宣布收购{target}[{share}股权][，金额{amount}]",
            "{buyer} announces a deal for [{share} of ]{target}[, {amount}]",
        ),
    ),
    Kind(
        name="deal_closed",
        group=Group.DEALS,
        label=Words("交易完成", "Deal closed"),
        help=Words("交割完成，归属改变。", "Completed; owners change."),
        subject="target",
        fields=(
            _DEAL,
            Field(
                "deal_type",
                Choice(DEAL_TYPE),
                Words("类型", "Type"),
                Words("交易类型", "What sort of deal"),
            ),
            _BUYER,
            _TARGET,
            _SHARE,
            _AMOUNT,
        ),
        asserts=(
            Asserts("phase", "deal", Const("closed")),
            Asserts("parties", "deal", "buyer", member=("buyer",)),
            Asserts("parties", "deal", "target", member=("target",)),
            Asserts("amount", "deal", "amount"),
            Asserts(
                "owners", "target", "share", member=("buyer",), missing="unknown", divided=True
            ),
            Asserts("parent", "target", "buyer", when=(Majority("share"), Alone("buyer"))),
            Asserts(
                "parent",
                "target",
                "buyer",
                when=(
                    Given("share", present=False),
                    OneOf("deal_type", frozenset({"acquisition"})),
                    Alone("buyer"),
                ),
            ),
        ),
        title=Words(
            "{buyer}收购{target}[{share}股权][，金额{amount}]",
            "{buyer} buys [{share} of ]{target}[ for {amount}]",
        ),
    ),
    Kind(
        name="deal_ended",
        group=Group.DEALS,
        label=Words("交易终止", "Deal ended"),
        help=Words("交易未能完成。", "The deal came to nothing."),
        subject="target",
        fields=(
            _DEAL,
            _BUYER,
            _TARGET,
            Field("by", _HOLDER, Words("终止方", "Ended by"), Words("由谁终止", "Who ended it")),
            Field(
                "reason", Bilingual(), Words("原因", "Reason"), Words("为何终止", "Why it ended")
            ),
        ),
        asserts=(Asserts("phase", "deal", Const("ended")),),
        title=Words(
            "{buyer}收购{target}的交易终止[：{reason}]",
            "The deal of {buyer} for {target} ends[: {reason}]",
        ),
    ),
    Kind(
        name="stake_changed",
        group=Group.DEALS,
        label=Words("持股变动", "Stake changed"),
        help=Words(
            "股东增持、减持或清仓。计划中的变动不改变归属。",
            "A holder bought, sold or left. A planned change alters no owner.",
        ),
        subject="org",
        fields=(
            Field(
                "org",
                _ORG,
                Words("机构", "Organization"),
                Words("股份属于哪家机构", "Whose shares"),
                required=True,
            ),
            Field(
                "holder",
                _HOLDER,
                Words("持有人", "Holder"),
                Words("谁的持股变动", "Whose stake"),
                required=True,
            ),
            Field(
                "direction",
                Choice(DIRECTION),
                Words("方向", "Direction"),
                Words("增持、减持或清仓", "Up, down or out"),
                required=True,
            ),
            Field(
                "step",
                Choice(STEP),
                Words("阶段", "Step"),
                Words("计划或完成；缺省为完成", "Planned or done; done if empty"),
            ),
            Field(
                "share_before",
                SHARE,
                Words("变动前比例", "Share before"),
                Words("百分比", "Percent"),
            ),
            Field(
                "share_after",
                SHARE,
                Words("变动后比例", "Share after"),
                Words("百分比", "Percent"),
            ),
            Field(
                "share_changed",
                SHARE,
                Words("变动比例", "Share changed"),
                Words("百分比", "Percent"),
            ),
            Field(
                "share_kind",
                Choice(SHARE_KIND),
                Words("权益种类", "Kind of share"),
                Words("股份、表决权或收益权", "Shares, votes or profit share"),
            ),
            _AMOUNT,
            Field(
                "on_market",
                Flag(),
                Words("二级市场", "On the market"),
                Words("是否在二级市场交易", "Whether on the open market"),
            ),
        ),
        asserts=(
            Asserts(
                "owners",
                "org",
                "share_after",
                member=("holder",),
                missing="unknown",
                when=(
                    OneOf("step", frozenset({"done"}), default="done"),
                    OneOf("direction", frozenset({"increase", "decrease"})),
                ),
            ),
            Asserts(
                "owners",
                "org",
                None,
                member=("holder",),
                when=(
                    OneOf("step", frozenset({"done"}), default="done"),
                    OneOf("direction", frozenset({"exit"})),
                ),
            ),
            Asserts(
                "owners",
                "org",
                "share_before",
                member=("holder",),
                when=(OneOf("step", frozenset({"planned"})),),
            ),
        ),
        title=Words(
            "{holder}[{step}]{direction}{org}[{share_changed}股份][，金额{amount}]",
            "{holder}: {direction} of stake in {org}[ by {share_changed}][, {amount}][ ({step})]",
        ),
    ),
    Kind(
        name="divested",
        group=Group.DEALS,
        label=Words("资产剥离", "Divested"),
        help=Words("出售、分拆、关闭或出表。", "Sold, spun off, closed or deconsolidated."),
        subject="what",
        fields=(
            Field(
                "seller",
                _HOLDER,
                Words("剥离方", "Seller"),
                Words("谁剥离", "Who let it go"),
                required=True,
            ),
            Field(
                "what",
                _BOUGHT,
                Words("对象", "What"),
                Words("机构、单位或产品", "Organization, unit or product"),
                required=True,
            ),
            Field("buyer", _HOLDER, Words("接手方", "Buyer"), Words("若有", "If there is one")),
            Field(
                "manner",
                Choice(DIVESTMENT),
                Words("方式", "Manner"),
                Words("怎样剥离", "How"),
                required=True,
            ),
            _AMOUNT,
        ),
        asserts=(
            Asserts(
                "status", "what", Const("closed"), when=(OneOf("manner", frozenset({"closure"})),)
            ),
            Asserts("owners", "what", None, member=("seller",)),
            Asserts("units", "seller", None, member=("what",)),
            Asserts("parent", "what", "buyer", when=(Given("buyer"),)),
            Asserts("parent", "what", None, when=(Given("buyer", present=False),)),
            Asserts("owners", "what", Const("unknown"), member=("buyer",)),
        ),
        title=Words(
            "{seller}剥离{what}（{manner}）[，由{buyer}接手][，金额{amount}]",
            "{seller} divests {what} ({manner})[ to {buyer}][ for {amount}]",
        ),
    ),
)
