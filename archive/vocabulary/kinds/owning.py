"""Stakes: bought, sold, planned and given up."""

from typing import Final

from archive.languages import Words
from archive.vocabulary.choices.deals import DIRECTION, DIVESTMENT, RIGHTS, SHARE_KIND, STEP
from archive.vocabulary.conditions import Minority, Nothing
from archive.vocabulary.definition import Asserts, Const, Group, Kind
from archive.vocabulary.fields import HELD, UNKNOWN, Choice, Entities, Flag
from archive.vocabulary.kinds.rows import AMOUNT, ORG, PARTY, needed, one_of, optional

_BOUGHT = Entities(("organization", "product", "model"))

_SHARES = "shares"
_DONE = one_of("step", "done", default="done")
_BOUGHT_OR_SOLD = one_of("direction", "increase", "decrease")
# A share of the profit makes nobody the parent.
_GOVERNS = one_of("share_kind", "shares", "votes", UNKNOWN, default="shares")


def _changes(right: str) -> tuple[Asserts, ...]:
    """Return what a change of a stake asserts where it is one of that kind of share.

    What is told without a kind is of shares, but whoever leaves so has nothing of any kind left.
    """
    said = (right, UNKNOWN) if right == _SHARES else (right,)
    of_it = one_of("share_kind", *said, default=_SHARES)
    leaves = (_DONE, one_of("direction", "exit"), one_of("share_kind", *said, default=right))
    moves = (_DONE, of_it, _BOUGHT_OR_SOLD)
    planned = (of_it, one_of("step", "planned"))
    owners, who = RIGHTS[right], ("holder",)
    has_some, had_some = (Nothing(name, is_so=False) for name in ("share_after", "share_before"))
    return (
        Asserts(
            owners, "org", "share_after", member=who, missing="unknown", when=(*moves, has_some)
        ),
        Asserts(owners, "org", None, member=who, when=(*moves, Nothing("share_after"))),
        Asserts(owners, "org", None, member=who, when=leaves),
        Asserts(owners, "org", "share_before", member=who, when=(*planned, had_some)),
    )


OWNING: Final = (
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
            needed("org", ORG, "机构 | Organization", "股份属于哪家机构 | Whose shares"),
            needed("holder", PARTY, "持有人 | Holder", "谁的持股变动 | Whose stake"),
            needed(
                "direction",
                Choice(DIRECTION),
                "方向 | Direction",
                "增持、减持或清仓 | Up, down or out",
            ),
            optional(
                "step",
                Choice(STEP),
                "阶段 | Step",
                "计划或完成；缺省为完成 | Planned or done; done if empty",
            ),
            optional("share_before", HELD, "变动前比例 | Share before", "百分比 | Percent"),
            optional("share_after", HELD, "变动后比例 | Share after", "百分比 | Percent"),
            optional("share_changed", HELD, "变动比例 | Share changed", "百分比 | Percent"),
            optional(
                "share_kind",
                Choice(SHARE_KIND),
                "权益种类 | Kind of share",
                "股份、表决权或收益权 | Shares, votes or profit share",
            ),
            AMOUNT,
            optional(
                "on_market",
                Flag(),
                "二级市场 | On the market",
                "是否在二级市场交易 | Whether on the open market",
            ),
        ),
        asserts=(
            *(rule for right in RIGHTS for rule in _changes(right)),
            Asserts(
                "parent",
                "org",
                "holder",
                when=(_DONE, _GOVERNS, one_of("direction", "decrease"), Minority("share_after")),
                leaving=True,
            ),
            Asserts(
                "parent",
                "org",
                "holder",
                when=(_DONE, _GOVERNS, one_of("direction", "exit")),
                leaving=True,
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
            needed("seller", PARTY, "剥离方 | Seller", "谁剥离 | Who let it go"),
            needed(
                "what", _BOUGHT, "对象 | What", "机构、单位或产品 | Organization, unit or product"
            ),
            optional("buyer", PARTY, "接手方 | Buyer", "若有 | If there is one"),
            needed("manner", Choice(DIVESTMENT), "方式 | Manner", "怎样剥离 | How"),
            AMOUNT,
        ),
        asserts=(
            Asserts("status", "what", Const("closed"), when=(one_of("manner", "closure"),)),
            *(Asserts(one, "what", None, member=("seller",)) for one in RIGHTS.values()),
            Asserts("units", "seller", None, member=("what",)),
            Asserts("parent", "what", "seller", leaving=True),
            Asserts("parent", "what", "buyer"),
            Asserts("owners", "what", Const("unknown"), member=("buyer",)),
        ),
        title=Words(
            "{seller}剥离{what}（{manner}）[，由{buyer}接手][，金额{amount}]",
            "{seller} divests {what} ({manner})[ to {buyer}][ for {amount}]",
        ),
    ),
)
