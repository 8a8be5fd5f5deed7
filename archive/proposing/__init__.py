"""Proposing: an article read for drafts of events, and what looks wrong with a draft."""

from archive.proposing.cautions import Caution
from archive.proposing.checks import warnings_for
from archive.proposing.naming import names_in
from archive.proposing.proposals import Filled, Named, Proposal, Span
from archive.proposing.reading import propose, propose_at

__all__ = [
    "Caution",
    "Filled",
    "Named",
    "Proposal",
    "Span",
    "names_in",
    "propose",
    "propose_at",
    "warnings_for",
]
