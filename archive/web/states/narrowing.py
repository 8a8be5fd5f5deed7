"""How an address narrows a state: read, checked, and told again in words."""

from dataclasses import dataclass
from typing import Final

from flask import request

from archive.errors import FieldError, NotFoundError, UnknownNameError
from archive.languages import Words
from archive.queries import (
    DEFINITIONS,
    Asked,
    AsOf,
    EntityRef,
    MergedError,
    Sort,
    entity_called,
    find_entities,
)
from archive.vocabulary import ENTITY_TYPES, TABS
from archive.web.frame.session import current_connection
from archive.web.states.converting import target_in
from archive.web.states.panels import definition_in
from archive.web.states.sorting import sort_in

ALL_FACTS: Final = "all"
STATE_TABS: Final = TABS | {ALL_FACTS: Words("全部事实", "All facts")}
_CLOSED: Final = (
    ("tab", Words("分类", "tab"), frozenset(STATE_TABS)),
    ("type", Words("实体类型", "type of entity"), frozenset(ENTITY_TYPES)),
)
_ATTRIBUTES: Final = frozenset(name for one in ENTITY_TYPES.values() for name in one.attributes)
_FIRST_TAB: Final = next(iter(TABS))
_DEFINED_TAB: Final = "models"
_BY_NAMES: Final = Sort()
_CONVERTED_TAB: Final = "valuations"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the state is asked for; ``definition`` is that of free, where the tab needs one.

    ``is_unfolded`` asks for every member of an attribute, however many there are. ``currency`` is
    what amounts are converted into, where the tab shows any: it changes nothing that is sealed,
    nor does ``sort``.
    """

    tab: str
    type: str
    entity: str
    where: tuple[tuple[str, str], ...]
    hides_possible: bool
    after: str | None
    definition: str = ""
    is_unfolded: bool = False
    currency: str = ""
    sort: Sort = _BY_NAMES

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything but the tab narrows the state."""
        return bool(self.type or self.entity or self.where)

    @property
    def asked_tab(self) -> str:
        """Return the tab as queries call it: nothing for all facts."""
        return "" if self.tab == ALL_FACTS else self.tab

    @property
    def conditions(self) -> list[str]:
        """Return the conditions as the address writes them."""
        return [f"{attribute}={value}" for attribute, value in self.where]

    def asked(self, as_of: AsOf) -> Asked:
        """Return the whole state that this narrows, as queries take it."""
        return Asked(
            as_of,
            tab=self.asked_tab,
            entity=self.entity,
            entity_type=self.type,
            where=self.where,
            with_possible=not self.hides_possible,
            definition=self.definition,
        )

    def parts(self, *, called: EntityRef | None) -> tuple[Words, ...]:
        """Return in words what the state is narrowed to; *called* is the entity, if known."""
        told = [STATE_TABS[self.tab]]
        if self.type:
            told.append(ENTITY_TYPES[self.type].label)
        if self.entity:
            told.append(called.names if called else Words(self.entity, self.entity))
        told += [Words(one, one) for one in self.conditions]
        if self.hides_possible:
            told.append(Words("只含确定的", "only what is certain"))
        if self.definition:
            label = DEFINITIONS[self.definition].label
            told.append(Words(f"“免费”的定义：{label.zh}", f"definition of free: {label.en}"))
        return tuple(told)


def narrowing(asked_for: AsOf | None, *, tab: str = "") -> Narrowing:
    """Return what the address asks for; *tab* is meant where it names none.

    A name stands for the entity that bears it, as far as the question itself can be read.
    """
    words = request.args
    demand_known_words()
    name = words.get("entity", "").strip()
    where = tuple(_condition(one) for one in words.getlist("where") if one.strip())
    said = words.get("tab", "")
    usual = tab or (ALL_FACTS if name or where else _FIRST_TAB)
    meant = said if said in STATE_TABS else usual
    return Narrowing(
        tab=meant,
        type=words.get("type", ""),
        entity=_entity_called(name, asked_for) if name and asked_for else name,
        where=where,
        hides_possible=words.get("possible") == "hide",
        after=words.get("after"),
        definition=definition_in(words) if meant == _DEFINED_TAB else "",
        is_unfolded=words.get("all") == "1",
        currency=target_in(words) if meant == _CONVERTED_TAB else "",
        sort=sort_in(words),
    )


def demand_known_words() -> None:
    """Raise UnknownNameError or FieldError for a tab, a type or a condition that means nothing."""
    for field, what, known in _CLOSED:
        said = request.args.get(field, "")
        if said and said not in known:
            raise UnknownNameError(what=what, name=said, known=known, field=field)
    for one in request.args.getlist("where"):
        if one.strip():
            _condition(one)


def _condition(text: str) -> tuple[str, str]:
    """Return the attribute and the value that ``attribute=value`` names."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if name not in _ATTRIBUTES:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=name, known=_ATTRIBUTES, field="where")
    if not equals or not value:
        accepted = Words(f"{name}=值", f"{name}=VALUE")
        raise FieldError(field="where", value=text, accepted=accepted)
    return name, value


def _entity_called(words: str, asked_for: AsOf) -> str:
    """Return the id of the entity that *words* name, or the words themselves."""
    try:
        return entity_called(current_connection(), words, known=asked_for.known).id
    except MergedError as merged:
        return merged.into
    except NotFoundError:
        found = find_entities(current_connection(), text=words, limit=1)
        return found[0].ref.id if found else words
