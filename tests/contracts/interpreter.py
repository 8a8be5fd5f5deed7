"""What may have held, told by enumerating possible pasts: from the log alone, slow and plain.

No read model, no index and no rule of standing is used: ``telling`` follows the log event by
event, ``worlds`` tries every way in which the true days of a cell may have fallen, ``adding`` adds
up every choice of tellings; here the cells are answered beside each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.dates import EARLIEST_DAY
from archive.vocabulary import ENTITY_TYPES, Attribute
from tests.contracts.expected import Expected
from tests.contracts.telling import Cells, Place, Said
from tests.contracts.worlds import held

_ENDS = {"merged", "closed", "absorbed", "dissolved"}
_BODY, _PERSON = (ENTITY_TYPES[name].attributes for name in ("organization", "person"))
_STAKES = [_BODY[name] for name in ("owners", "votes", "profit_shares")]
_OF_ITSELF = [*_STAKES, *(_BODY[name] for name in ("parent", "officers", "board"))]
_NAMING_IT = [_PERSON["roles"], _PERSON["affiliation"], _BODY["parent"]]


def held_among(cells: Cells, place: Place, day: int) -> Expected | str | None:
    """Return what the cell at *place* holds on *day*, told by all the *cells* there are.

    A stake in an organization that has ended, or may have, or of such a one, and a post at it, are
    possible at most. What a person has is what the organization says of its posts.
    """
    attribute = cells[place][0]
    if attribute is _PERSON["roles"]:
        return _with_the_office(cells, place, day)
    if attribute is _PERSON["affiliation"]:
        return _with_the_posts(cells, place, day)
    return _held_by_itself(cells, place, day)


def _with_the_office(cells: Cells, place: Place, day: int) -> Expected | str | None:
    """Return what a person has of a post: what the organization says of them."""
    person, _attribute, member = place
    *post, body = member.split(" · ")
    while post and not post[-1]:
        post.pop()
    own, office = _held_by_itself(cells, place, day), (body, "officers", " · ".join(post))
    if isinstance(own, str) or office not in cells:
        return own
    theirs = _held_by_itself(cells, office, day)
    if theirs is None or isinstance(theirs, str):
        return theirs
    by = {position for position, value in theirs.told if value == person}
    if not by:
        return None
    aside = [one for one in cells[place][1] if one.is_silenced and one.lo <= day]
    return replace(
        theirs,
        told=frozenset((position, body) for position in by),
        beside=frozenset((one.position, one.value) for one in aside),
        is_disputed=theirs.is_disputed or (own is not None and own.is_disputed),
    )


def _with_the_posts(cells: Cells, place: Place, day: int) -> Expected | str | None:
    """Return of what a person is: of each organization where they have a post.

    And of those of which it was told otherwise, unless somebody else has the post it was told of.
    """
    own, posts = _held_by_itself(cells, place, day), dict[Place, Expected]()
    if isinstance(own, str):
        return own
    taken: set[object] = set()
    for other, (attribute, said) in cells.items():
        is_theirs = other[0] == place[0] and other[2].split(" · ")[-1] == place[2]
        if attribute is not _PERSON["roles"] or not is_theirs:
            continue
        told, verdict = _held_by_itself(cells, other, day), _with_the_office(cells, other, day)
        if isinstance(told, str) or isinstance(verdict, str):
            return "too many worlds"
        if verdict and not other[2].startswith(("founder", "co_founder")):
            posts[other] = verdict
        if told and told.standing == "certain" and not _is_certain(verdict):
            taken |= {one.position for one in said}
    best = max(sorted(posts), key=lambda other: _is_certain(posts[other]), default=None)
    if own is None or (best and _is_certain(posts[best]) and not _is_certain(own)):
        return posts[best] if best else None
    is_kept = best and _is_certain(posts[best])
    if not is_kept and {position for position, _value in own.told} <= taken:
        return replace(own, standing="possible")
    return own


def _is_certain(verdict: Expected | None) -> bool:
    return verdict is not None and verdict.standing == "certain"


def _held_by_itself(cells: Cells, place: Place, day: int) -> Expected | str | None:
    attribute, told = cells[place]
    said = founded(cells, place, attribute, told)
    found = held(attribute, said, day)
    if not isinstance(found, Expected) or found.standing != "certain":
        return found
    named = _named(attribute, {value for _position, value in found.told})
    for body in _bodies(place, attribute) | named:
        status = cells.get((body, "status", ""))
        standing = held(*status, day) if status else None
        if isinstance(standing, str):
            return standing
        if standing and any(value in _ENDS for _position, value in standing.told):
            return replace(found, standing="possible")
    return found


def _bodies(place: Place, attribute: Attribute) -> set[str]:
    """Return the organizations of whose time alone a cell may be, by its place."""
    bodies = {place[0]} if any(attribute is one for one in _OF_ITSELF) else set[str]()
    return bodies | ({place[2]} if any(attribute is one for one in _STAKES) else set())


def _named(attribute: Attribute, values: Iterable[object]) -> set[str]:
    """Return those that the values of a cell name, where that is what its values do."""
    is_naming = any(attribute is one for one in _NAMING_IT)
    return {str(value) for value in values if value} if is_naming else set()


def founded(cells: Cells, place: Place, attribute: Attribute, told: Sequence[Said]) -> list[Said]:
    """Return what is told, but that no vague day lies before an organization was founded."""
    bodies = _bodies(place, attribute)
    earliest: dict[Said, int] = {}
    for one in told:
        theirs = bodies | _named(attribute, {one.value})
        earliest[one] = max((_founding(cells, body) for body in theirs), default=0)
    contradicted = {one.position for one in told if one.hi < earliest[one]}
    return [
        one if one.position in contradicted else replace(one, lo=max(one.lo, earliest[one]))
        for one in told
    ]


def _founding(cells: Cells, body: str) -> int:
    """Return the first day on which a body may have been founded; 0 where that is not told."""
    attribute, said = cells.get((body, "status", ""), (None, []))
    heard = {(one.lo, one.value) for one in said if not one.is_silenced}
    if attribute is not _BODY["status"] or not heard:
        return 0
    first = min(lo for lo, _value in heard)
    return first if (first, "active") in heard and first > EARLIEST_DAY else 0
