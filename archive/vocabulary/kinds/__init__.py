"""All kinds of event: 27 of the world and those of the archive's own history."""

from typing import Final

from archive.errors import OutOfScopeError, UnknownNameError
from archive.languages import Words
from archive.vocabulary.definition import Kind
from archive.vocabulary.kinds.archival import ARCHIVAL
from archive.vocabulary.kinds.dealing import DEALING
from archive.vocabulary.kinds.funding import FUNDING
from archive.vocabulary.kinds.measuring import MEASURING
from archive.vocabulary.kinds.modelling import MODELLING
from archive.vocabulary.kinds.offering import OFFERING
from archive.vocabulary.kinds.organizing import ORGANIZING
from archive.vocabulary.kinds.owning import OWNING
from archive.vocabulary.kinds.serving import SERVING

_OF_THE_WORLD: Final = (
    *ORGANIZING,
    *DEALING,
    *OWNING,
    *FUNDING,
    *SERVING,
    *MODELLING,
    *OFFERING,
    *MEASURING,
)
WORLD_KINDS: Final = {one.name: one for one in _OF_THE_WORLD}
ARCHIVE_KINDS: Final = {one.name: one for one in ARCHIVAL}
KINDS: Final = WORLD_KINDS | ARCHIVE_KINDS

_LITIGATION: Final = (
    "lawsuit",
    "litigation",
    "sued",
    "verdict",
    "settlement",
    "court",
    "起诉",
    "诉讼",
    "判决",
    "和解",
)


def kind(name: str) -> Kind:
    """Return the kind called *name*.

    Raises OutOfScopeError for anything about lawsuits, else UnknownNameError with the nearest.
    """
    if name in KINDS:
        return KINDS[name]
    if any(word in name.casefold() for word in _LITIGATION):
        raise OutOfScopeError(name)
    what = Words("事件种类", "kind of event")
    raise UnknownNameError(what=what, name=name, known=KINDS, field="kind")
