"""Deals: announced, closed, come to nothing."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.deals import DEAL_TYPE
from archive.vocabulary.conditions import Alone, Given, Majority
from archive.vocabulary.definition import Asserts, Const, Group, Kind
from archive.vocabulary.fields import HELD, UNKNOWN, Bilingual, Choice, Entities, Period
from archive.vocabulary.kinds.rows import AMOUNT, PARTIES, PARTY, needed, one_of, optional

_BOUGHT = Entities(("organization", "product", "model"))
_DEAL = optional(
    "deal",
    Entities(("deal",)),
    "交易 | Deal",
    "交易本身，便于前后事件相连 | The deal itself, so that its steps stay together",
)
_DEAL_TYPE = optional(
    "deal_type", Choice(DEAL_TYPE), "类型 | Type", "交易类型 | What sort of deal"
)
# Who buys assets, or licenses and hires, holds no share of the company, unless one was told.
_IS_OF_STAKES = one_of(
    "deal_type", "acquisition", "minority", "merger", UNKNOWN, default="acquisition"
)
_BUYER = needed("buyer", PARTIES, "买方 | Buyer", "收购或投资的一方 | Who buys")
_TARGET = needed("target", _BOUGHT, "标的 | Target", "被收购的一方 | What is bought")
_SHARE = optional("share", HELD, "股权比例 | Share", "百分比，例如 100、>=51 | Percent: 100, >=51")


DEALING: Final = (
    Kind(
        name="deal_announced",
        group=Group.DEALS,
        label=Words("交易宣布", "Deal announced"),
        help=Words("已宣布但未交割；不改变归属。", "Announced, not closed; owners do not change."),
        subject="target",
        fields=(
            _DEAL,
            _DEAL_TYPE,
            _BUYER,
            _TARGET,
            _SHARE,
            AMOUNT,
            optional(
                "expected_close",
                Period(),
                "预计交割 | Expected closing",
                "EDTF，例如 2023-08 | EDTF: 2023-08",
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
        help=Words(
            "交割完成，归属改变；资产交易与许可加招聘除外。",
            "Completed; owners change, but by an asset deal or a licence and hire.",
        ),
        subject="target",
        fields=(
            _DEAL,
            _DEAL_TYPE,
            _BUYER,
            _TARGET,
            _SHARE,
            AMOUNT,
        ),
        asserts=(
            Asserts("phase", "deal", Const("closed")),
            Asserts("parties", "deal", "buyer", member=("buyer",)),
            Asserts("parties", "deal", "target", member=("target",)),
            Asserts("amount", "deal", "amount"),
            Asserts(
                "owners",
                "target",
                "share",
                member=("buyer",),
                missing="unknown",
                divided=True,
                when=(Given("share"),),
            ),
            Asserts(
                "owners",
                "target",
                Const("unknown"),
                member=("buyer",),
                when=(Given("share", present=False), _IS_OF_STAKES),
            ),
            Asserts("parent", "target", "buyer", when=(Majority("share"), Alone("buyer"))),
            Asserts(
                "parent",
                "target",
                "buyer",
                when=(
                    Given("share", present=False),
                    one_of("deal_type", "acquisition"),
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
            optional("by", PARTY, "终止方 | Ended by", "由谁终止 | Who ended it"),
            optional("reason", Bilingual(), "原因 | Reason", "为何终止 | Why it ended"),
        ),
        asserts=(Asserts("phase", "deal", Const("ended")),),
        title=Words(
            "{buyer}收购{target}的交易终止[：{reason}]",
            "The deal of {buyer} for {target} ends[: {reason}]",
        ),
    ),
)
