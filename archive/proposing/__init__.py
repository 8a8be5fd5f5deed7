"""Proposing: an article read for drafts of events, and what looks wrong with a draft."""

from archive.proposing.assisting import (
    Assistant,
    AssistantError,
    NoAssistantError,
    Suggestion,
    assistant_of,
    assisted,
)
from archive.proposing.cautions import Caution
from archive.proposing.checks import warnings_for
from archive.proposing.naming import names_in
from archive.proposing.proposals import Filled, Named, Proposal, Span
from archive.proposing.reading import propose, propose_at, propose_some

__all__ = [
    "Assistant",
    "AssistantError",
    "Caution",
    "Filled",
    "Named",
    "NoAssistantError",
    "Proposal",
    "Span",
    "Suggestion",
    "assistant_of",
    "assisted",
    "names_in",
    "propose",
    "propose_at",
    "propose_some",
    "warnings_for",
]
