"""Why an assistant gave no drafts. Nothing was recorded, and nothing typed is touched.

AssistantError
├── NoAssistantError            none is configured
├── UnreachableAssistantError   its server does not answer
├── SlowAssistantError          its answer takes too long
├── LongAnswerError             its answer is too large
├── RefusingAssistantError      its server answers with another status than 200
└── UnreadableAnswerError       what it answers is no list of drafts
"""

from archive.errors import ArchiveError
from archive.languages import Words


class AssistantError(ArchiveError):
    """The assistant gave no drafts."""


class NoAssistantError(AssistantError):
    """Nobody can be asked."""

    sentence = Words(
        zh="没有配置助手：请设置 ARCHIVE_ASSISTANT_URL（兼容 OpenAI 接口的服务器地址）。",
        en="No assistant is configured: set ARCHIVE_ASSISTANT_URL, the address of an "
        "OpenAI-compatible server.",
    )


class UnreachableAssistantError(AssistantError):
    """The server of the assistant does not answer."""

    sentence = Words(
        zh="助手所在的服务器 {server} 连不上：{reason}。没有新的草稿，请稍后再试。",
        en="The assistant's server {server} cannot be reached: {reason}. No drafts came of it; "
        "try again later.",
    )


class SlowAssistantError(AssistantError):
    """The answer takes longer than is waited for."""

    sentence = Words(
        zh="助手所在的服务器 {server} 在 {seconds} 秒内没有答完。没有新的草稿，请稍后再试，"
        "或缩短文章。",
        en="The assistant's server {server} did not answer within {seconds} seconds. No drafts "
        "came of it; try again later, or with a shorter article.",
    )


class LongAnswerError(AssistantError):
    """The answer is larger than is read."""

    sentence = Words(
        zh="助手所在的服务器 {server} 的回答超过 {limit} 字节，未予读取。没有新的草稿。",
        en="The answer of the assistant's server {server} is larger than {limit} bytes and was "
        "not read. No drafts came of it.",
    )


class RefusingAssistantError(AssistantError):
    """The server answers, but with no answer to the question."""

    sentence = Words(
        zh="助手所在的服务器 {server} 返回状态 {status}，而不是 200：请检查 "
        "ARCHIVE_ASSISTANT_URL、ARCHIVE_ASSISTANT_MODEL 与 ARCHIVE_ASSISTANT_KEY。没有新的草稿。",
        en="The assistant's server {server} answered with status {status} instead of 200: check "
        "ARCHIVE_ASSISTANT_URL, ARCHIVE_ASSISTANT_MODEL and ARCHIVE_ASSISTANT_KEY. No drafts came "
        "of it.",
    )


class UnreadableAnswerError(AssistantError):
    """What the assistant answers is no list of drafts."""

    sentence = Words(
        zh="助手所在的服务器 {server} 的回答读不成草稿列表。没有新的草稿，可以再问一次。",
        en="The answer of the assistant's server {server} cannot be read as a list of drafts. No "
        "drafts came of it; it may be asked again.",
    )
