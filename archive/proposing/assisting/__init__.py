"""Assisting: a language model asked for drafts, held to the very words of the text."""

from archive.proposing.assisting.chatting import ChatAssistant, assistant_of
from archive.proposing.assisting.drafting import assisted
from archive.proposing.assisting.refusals import AssistantError, NoAssistantError
from archive.proposing.assisting.suggesting import Assistant, Suggestion

__all__ = [
    "Assistant",
    "AssistantError",
    "ChatAssistant",
    "NoAssistantError",
    "Suggestion",
    "assistant_of",
    "assisted",
]
