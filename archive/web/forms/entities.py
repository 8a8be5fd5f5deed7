"""The field of an entity: what is chosen, what is to be created, and typed words resolved."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from archive.errors import ArchiveError, FieldError, NotFoundError
from archive.languages import Words
from archive.queries import EntityHint, EntityRef, MergedError, find_entities, head, near_entities
from archive.queries.events.finding import entity_called
from archive.vocabulary import ENTITY_TYPES, Field, identifier
from archive.vocabulary import entity_type as type_called
from archive.web.forms.steps import CREATE, DROP, FIND, LOOK, TAKE, Step
from archive.web.forms.typed import LONGEST_LINE, Typed

SHOWN: Final = 8
_PARTS: Final = ("id", "type", "zh", "en")
_SEVERAL: Final = re.compile(r"[;；\n]")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NOT_IN_SLUGS: Final = re.compile(r"[^a-z0-9.]+")
_CREATED: Final = "new"

_TAKEN: Final = Words(
    "未被占用的标识；已有的请从名单中选", "an id not yet taken; choose what exists"
)
_NAMED: Final = Words(
    "至少一个名称，各不超过 200 字符", "at least one name, each at most 200 letters"
)
_LONGEST_NAME: Final = 200


class SeveralMatchError(FieldError):
    """The words may mean several entities, or one that bears another name."""

    sentence = Words(
        zh="{field}：“{value}”所指不明，请在下面选定。",
        en="{field}: “{value}” may mean any of these; choose one below.",
    )


class NobodyMatchesError(FieldError):
    """No entity bears the words; one may be created."""

    sentence = Words(
        zh="{field}：档案中还没有“{value}”；若要新建，请核对名称与标识，再提交一次。",
        en="{field}: the archive has no “{value}” yet; to create it, check names and id, "
        "then send again.",
    )


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An entity to be created together with the event."""

    id: str
    type: str
    zh: str
    en: str

    @property
    def names(self) -> dict[str, str]:
        """Return its names, each language standing in for the other."""
        return {"zh": self.zh or self.en, "en": self.en or self.zh}


@dataclass(frozen=True, slots=True)
class EntityBox:
    """The control of one role: chosen, to be created, and words not yet resolved."""

    name: str
    field: Field
    kind: str
    types: dict[str, Words]
    chosen: tuple[EntityRef, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    words: str = ""
    candidates: tuple[EntityHint, ...] = ()
    error: ArchiveError | None = None
    widget: str = "entity"

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is named in this role."""
        return not (self.chosen or self.newcomers or self.words)

    def mentions(self) -> list[dict[str, object]]:
        """Return those in the role as a draft has them."""
        role = self.field.name
        known: list[dict[str, object]] = [{"role": role, "id": ref.id} for ref in self.chosen]
        return known + [
            {"role": role, "id": one.id, "type": one.type, "names": one.names}
            for one in self.newcomers
        ]


def slug_for(name: str) -> str:
    """Return an id made from a name in Latin letters; nothing where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_SLUGS.sub("-", plain).strip("-.")[:80]


def types_of(field: Field) -> tuple[str, ...]:
    """Return the types of entity that the role takes."""
    return tuple(getattr(field.type, "types", ()))


def hints_for(connection: Connection, field: Field, words: str) -> tuple[EntityHint, ...]:
    """Return whom *words* may mean in the role, the likeliest first."""
    text = words.strip()[:LONGEST_LINE]
    if not text:
        return ()
    return find_entities(connection, text=text, types=types_of(field), limit=SHOWN)


def near_hints_for(connection: Connection, field: Field, words: str) -> tuple[EntityHint, ...]:
    """Return whose names are nearly like *words* in the role, the likeliest first."""
    text = words.strip()[:LONGEST_LINE]
    return near_entities(connection, text=text, types=types_of(field)) if text else ()


def box_from(
    connection: Connection, field: Field, *, kind: str, typed: Typed, step: Step
) -> EntityBox:
    """Return the control of a role as it stands after *step*; typed words resolved if asked."""
    name = f"field-{field.name}"
    box = EntityBox(
        name=name,
        field=field,
        kind=kind,
        types={one: ENTITY_TYPES[one].label for one in types_of(field)},
        chosen=_known(connection, field, typed.several(f"{name}-id")),
        newcomers=_newcomers(field, typed),
        words=typed.line(name),
    )
    box = _picked(connection, box, typed.one(f"{name}-pick"), step)
    resolves = step.is_final or step.verb == LOOK or step.meant_for(field.name, FIND)
    if resolves and box.words:
        box = _resolved(connection, box)
    if step.is_final or step.verb == LOOK:
        box = _checked(connection, box)
    return box


def _known(connection: Connection, field: Field, ids: Iterable[str]) -> tuple[EntityRef, ...]:
    position = head(connection).position
    found = []
    for one in ids:
        try:
            ref = entity_called(connection, one, known=position)
        except MergedError as error:
            ref = entity_called(connection, error.into, known=position)
        except NotFoundError:
            continue
        if ref.type in types_of(field):
            found.append(ref)
    return tuple(dict.fromkeys(found))


def _newcomers(field: Field, typed: Typed) -> tuple[Newcomer, ...]:
    rows = typed.rows(f"field-{field.name}-new", _PARTS)
    first = types_of(field)[0]
    return tuple(
        Newcomer(row["id"] or slug_for(row["en"]), row["type"] or first, row["zh"], row["en"])
        for row in rows
        if row["id"] or row["zh"] or row["en"]
    )


def _newcomer(field: Field, words: str) -> Newcomer:
    is_han = bool(_HAN.search(words))
    zh, en = (words, "") if is_han else ("", words)
    return Newcomer(slug_for(words), types_of(field)[0], zh, en)


def _picked(connection: Connection, box: EntityBox, pick: str, step: Step) -> EntityBox:
    """Return the box after one of its own buttons or radios was used."""
    role = box.field.name
    if step.meant_for(role, DROP):
        left = tuple(one for at, one in enumerate(box.newcomers) if str(at) != step.about)
        return replace(box, newcomers=left)
    taken = step.about if step.meant_for(role, TAKE) else pick
    if step.meant_for(role, CREATE) or (box.words and pick == _CREATED):
        added = _newcomer(box.field, box.words)
        kept = (*box.newcomers, added) if box.field.is_many else (added,)
        chosen = box.chosen if box.field.is_many else ()
        return replace(box, newcomers=kept, chosen=chosen, words="")
    if taken and taken != _CREATED:
        return _with(box, _known(connection, box.field, [taken]), words="")
    return box


def _with(box: EntityBox, refs: tuple[EntityRef, ...], *, words: str) -> EntityBox:
    if not refs:
        return box
    chosen = tuple(dict.fromkeys((*box.chosen, *refs))) if box.field.is_many else refs
    return replace(box, chosen=chosen, words=words)


def _resolved(connection: Connection, box: EntityBox) -> EntityBox:
    """Return the box with its words turned into entities, as far as they are clear."""
    whole = _exact(hints_for(connection, box.field, box.words), box.words)
    if whole:
        return _with(box, (whole,), words="")
    pieces = _SEVERAL.split(box.words) if box.field.is_many else [box.words]
    left = [piece.strip() for piece in pieces if piece.strip()]
    while left:
        hints = hints_for(connection, box.field, left[0])
        clear = _exact(hints, left[0])
        if clear is None:
            return _asked(box, left, hints)
        box = _with(box, (clear,), words="")
        left.pop(0)
    return replace(box, words="")


def _asked(box: EntityBox, left: list[str], hints: tuple[EntityHint, ...]) -> EntityBox:
    role, words = box.field.name, left[0]
    if hints:
        unclear = SeveralMatchError(field=role, value=words, accepted=_NAMED)
        return replace(box, words="; ".join(left), candidates=hints, error=unclear)
    unknown = NobodyMatchesError(field=role, value=words, accepted=_NAMED)
    added = (*box.newcomers, _newcomer(box.field, words))
    return replace(box, words="; ".join(left[1:]), newcomers=added, error=unknown)


def _exact(hints: Iterable[EntityHint], words: str) -> EntityRef | None:
    """Return the one entity that bears just this name or id, if there is just one."""
    wanted = _folded(words)
    bearers = [hint.ref for hint in hints if wanted in _names(hint)]
    return bearers[0] if len(bearers) == 1 else None


def _names(hint: EntityHint) -> set[str]:
    aliases = hint.aliases.split(", ")
    return {
        _folded(name) for name in (hint.ref.id, hint.ref.names.zh, hint.ref.names.en, *aliases)
    }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _checked(connection: Connection, box: EntityBox) -> EntityBox:
    """Return the box with the first fault of what is to be created, if it has none yet."""
    if box.error is not None:
        return box
    for one in box.newcomers:
        try:
            _demand_creatable(connection, box.field, one)
        except ArchiveError as error:
            return replace(box, error=error)
    return box


def _demand_creatable(connection: Connection, field: Field, one: Newcomer) -> None:
    slug = identifier(one.id, field=field.name)
    type_called(one.type, field=field.name)
    if not (one.zh or one.en) or max(len(one.zh), len(one.en)) > _LONGEST_NAME:
        raise FieldError(field=field.name, value=one.zh or one.en, accepted=_NAMED)
    try:
        entity_called(connection, slug, known=head(connection).position)
    except NotFoundError:
        return
    except MergedError:
        pass
    raise FieldError(field=field.name, value=slug, accepted=_TAKEN)
