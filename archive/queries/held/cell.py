"""One cell of the state with what was told of it, and beside what it is answered."""

import msgspec

from archive.queries.answers import EntityRef
from archive.queries.held.fact import Fact
from archive.vocabulary import Attribute


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell with its facts as known: of whom, what, and for which member.

    ``bodies`` are the cells of the status of those organizations, ever told to end, with which
    what is held here may have ended. ``posts`` are the cells by which what a person holds here
    is answered: of a post the organization's own of it, of an affiliation the person's posts.
    """

    entity: EntityRef
    attribute: Attribute
    member: str
    facts: tuple[Fact, ...]
    bodies: tuple["Cell", ...] = ()
    posts: tuple["Cell", ...] = ()
