"""Phases: on one and the same day a later step follows an earlier one."""

from typing import Final

from archive.vocabulary.choices.options import options

STATUS: Final = options(
    ("in_development", "研发中", "in development"),
    ("announced", "已公布", "announced"),
    ("released", "已发布", "released"),
    ("launched", "已上线", "launched"),
    ("active", "存续", "active"),
    ("merged", "已合并", "merged"),
    ("paused", "暂停", "paused"),
    ("deprecated", "已弃用", "deprecated"),
    ("shut_down", "已停服", "shut down"),
    ("closed", "已关闭", "closed"),
    ("absorbed", "已并入", "absorbed"),
    ("dissolved", "已解散", "dissolved"),
)
AVAILABILITY: Final = options(
    ("opened", "已开放", "opened"),
    ("closed", "已关闭", "closed"),
    ("app_store", "上架应用商店", "app store"),
    ("suspended", "已暂停", "suspended"),
    ("resumed", "已恢复", "resumed"),
    ("restricted", "受限", "restricted"),
)
DEAL_PHASE: Final = options(
    ("announced", "已宣布", "announced"),
    ("closed", "已交割", "closed"),
    ("ended", "已终止", "ended"),
)
LISTING_STEP: Final = options(
    ("filed", "已递表", "filed"),
    ("approved", "已获批", "approved"),
    ("listed", "已上市", "listed"),
    ("delisted", "已退市", "delisted"),
    ("withdrawn", "已撤回", "withdrawn"),
)
