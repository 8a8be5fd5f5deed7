"""Models and products: how one gets at them, on which terms, at what price."""

from typing import Final

from archive.vocabulary.choices.options import options

ACCESS: Final = options(
    ("weights", "可下载权重", "weights"),
    ("api", "接口", "API"),
    ("app", "应用", "app"),
    ("closed_test", "邀请内测", "closed test"),
    ("internal", "仅内部使用", "internal use"),
)
WEIGHTS_FORM: Final = options(
    ("full", "完整公开", "full"),
    ("partial", "部分公开", "partial"),
    ("on_request", "申请获取", "on request"),
    ("leaked", "泄露", "leaked"),
    ("none", "未公开", "none"),
)
COMMERCIAL_USE: Final = options(
    ("free", "免费", "free"),
    ("free_after_registration", "登记后免费", "free after registration"),
    ("free_below_threshold", "低于门槛免费", "free below a threshold"),
    ("paid", "付费", "paid"),
    ("forbidden", "禁止", "forbidden"),
    ("unknown", "未知", "unknown"),
)
CONDITIONS: Final = options(
    ("registration", "需登记", "registration"),
    ("threshold", "用户数门槛", "threshold"),
    ("field_of_use", "限定用途", "field of use"),
    ("derivative_rule", "衍生规则", "derivative rule"),
    ("none", "无附加条件", "no conditions"),
)
MODALITY: Final = options(
    ("text", "文本", "text"),
    ("image", "图像", "image"),
    ("audio", "音频", "audio"),
    ("video", "视频", "video"),
    ("code", "代码", "code"),
    ("multimodal", "多模态", "multimodal"),
    ("embedding", "向量", "embedding"),
    ("game", "博弈", "game play"),
    ("driving", "自动驾驶", "driving"),
)
CODE_PARTS: Final = options(
    ("training", "训练代码", "training"),
    ("inference", "推理代码", "inference"),
    ("data", "数据", "data"),
)
PRICED: Final = options(
    ("api_call", "接口调用", "API calls"),
    ("deployment_cloud", "云端私有化部署", "private cloud deployment"),
    ("deployment_local", "本地私有化部署", "on-premises deployment"),
    ("subscription", "订阅", "subscription"),
    ("access", "使用权", "access"),
    ("purchase", "购买", "purchase"),
)
PRICE_UNIT: Final = options(
    ("1k_tokens", "每千 tokens", "per 1,000 tokens"),
    ("1m_tokens", "每百万 tokens", "per million tokens"),
    ("month", "每月", "per month"),
    ("year", "每年", "per year"),
    ("call", "每次", "per call"),
    ("package", "每包", "per package"),
    ("piece", "每件", "per piece"),
    ("once", "一次性", "once"),
)
PROJECT_STEP: Final = options(
    ("approved", "内部立项", "approved internally"),
    ("started", "启动", "started"),
    ("announced", "公开宣布", "announced"),
)
