"""All hints at kinds of event, in one row."""

from typing import Final

from archive.proposing.tables.dealing import DEALING
from archive.proposing.tables.hints import Cue
from archive.proposing.tables.modelling import MODELLING
from archive.proposing.tables.offering import OFFERING
from archive.proposing.tables.organizing import ORGANIZING

CUES: Final[tuple[Cue, ...]] = (*DEALING, *ORGANIZING, *MODELLING, *OFFERING)
