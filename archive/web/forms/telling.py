"""What a filled form says, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.languages import LOCALES, Words
from archive.queries import EntityRef
from archive.web.forms.controls import NO_WORDS, Control
from archive.web.forms.entities import EntityBox
from archive.web.forms.filled import Filled


@dataclass(frozen=True, slots=True)
class Said:
    """A field that was filled in, and what stands in it; ``entities`` where it names only such."""

    label: Words
    words: Words
    entities: tuple[EntityRef, ...] = ()


def said_in(filled: Filled) -> tuple[Said, ...]:
    """Return each field of the form that says something, in the form's order."""
    return tuple(one for one in _each(filled) if one.words != NO_WORDS)


def named(filled: Filled, role: str) -> Words:
    """Return the names of those in a role, the words typed where nobody is named yet."""
    boxes = [one for one in filled.fields if isinstance(one, EntityBox) and one.field.name == role]
    if not boxes:
        return NO_WORDS
    return _named(boxes[0])


def _each(filled: Filled) -> Iterator[Said]:
    for one in filled.fields:
        if isinstance(one, EntityBox):
            yield Said(one.field.label, _named(one), () if one.newcomers else one.chosen)
        else:
            yield Said(one.label, _value(one))
    for control in filled.common.values():
        yield Said(control.label, _value(control))


def _named(box: EntityBox) -> Words:
    names = [ref.names for ref in box.chosen]
    names += [Words(one.names["zh"], one.names["en"]) for one in box.newcomers]
    if not names:
        return Words(box.words, box.words)
    return Words("、".join(one.zh for one in names), ", ".join(one.en for one in names))


def _value(control: Control) -> Words:
    texts = [control.texts.get(one, "") for one in LOCALES]
    if any(texts):
        spare = next(filter(None, texts))
        return Words(*(one or spare for one in texts))
    chosen = [control.options.get(one) for one in (*control.values, control.value)]
    found = dict.fromkeys(one for one in chosen if one)
    if found:
        return Words("、".join(one.zh for one in found), ", ".join(one.en for one in found))
    return Words(control.value, control.value)
