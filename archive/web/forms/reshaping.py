"""Deeds to entities: merged, split, parted again; and a source that is new."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from archive.languages import Words
from archive.queries import head
from archive.queries.derived.merges import merges_into
from archive.web.forms.deeds import parting_form, reshaping_form
from archive.web.forms.doing import Deed, of_entity, recording
from archive.web.forms.sourcing import source_draft, source_form, source_id
from archive.web.forms.steps import Step
from archive.web.forms.telling import named
from archive.web.forms.typed import Typed
from archive.web.frame.filters import entity_url, source_url

PART: Final = "part"


def merge(connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str) -> Deed:
    """Return what says that entities were one with the target all along."""
    filled = reshaping_form(connection, "entities_merged", typed, step=step)
    one, other = named(filled, "from"), named(filled, "into")
    title = Words(f"把{one.zh}并入{other.zh}", f"Merge {one.en} into {other.en}")
    return of_entity("entities_merged", title, filled, by, target)


def split(connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str) -> Deed:
    """Return what says that the target was two all along, or undoes a merge into it."""
    part = typed.line(PART)
    if part:
        return parting(connection, target, typed, step=step, by=by)
    filled = reshaping_form(connection, "entity_split", typed, step=step)
    one, other = named(filled, "out"), named(filled, "entity")
    title = Words(f"从{other.zh}拆出{one.zh}", f"Split {one.en} from {other.en}")
    return of_entity("entity_split", title, filled, by, target)


def parting(connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str) -> Deed:
    """Return the reverse event of a merge into the target."""
    part = typed.line(PART)
    filled = parting_form(connection, target, part, typed, step=step)
    merges = merges_into(connection, slug=target, known=head(connection).position)
    found = [(one.part.names, one.into.names) for one in merges if one.part.id == part]
    one, other = found[0] if found else (Words(part, part), Words(target, target))
    title = Words(f"撤销{one.zh}并入{other.zh}", f"Undo the merge of {one.en} into {other.en}")
    return of_entity("entity_split", title, filled, by, target, onward=entity_url(part))


def new_source(
    connection: Connection, _target: str, typed: Typed, /, *, step: Step, by: str
) -> Deed:
    """Return a source that the archive does not hold yet."""
    filled = source_form(connection, typed, step=step)
    filled = replace(filled, raw=source_draft(filled, typed))
    title = typed.line("field-title")
    return Deed(
        "source_added",
        Words(f"新增来源：{title}", f"New source: {title}"),
        filled,
        recording(filled, by),
        frozenset({"source_added"}),
        source_url(source_id(typed)),
    )
