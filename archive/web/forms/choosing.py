"""Which kind of event: the kinds by group, narrowed by words in Chinese or English."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.errors import OutOfScopeError, UnknownNameError
from archive.languages import Words
from archive.vocabulary import GROUPS, WORLD_KINDS, Kind
from archive.vocabulary import kind as kind_called
from archive.web.forms.typed import LONGEST_LINE


@dataclass(frozen=True, slots=True)
class KindChoices:
    """The kinds that some words find, by group; ``scope`` tells when they are out of scope."""

    words: str
    groups: tuple[tuple[str, Words, tuple[Kind, ...]], ...]
    scope: OutOfScopeError | None

    @property
    def count(self) -> int:
        """Return how many kinds were found."""
        return sum(len(kinds) for _name, _words, kinds in self.groups)


def kinds_for(words: str) -> KindChoices:
    """Return the kinds whose name, label, help or options hold every one of *words*."""
    text = words.strip()[:LONGEST_LINE]
    found = [one for one in WORLD_KINDS.values() if _matches(one, text.casefold().split())]
    groups = tuple(
        (str(group), label, tuple(one for one in found if one.group is group))
        for group, label in GROUPS.items()
        if any(one.group is group for one in found)
    )
    return KindChoices(text, groups, _scope(text))


def _scope(text: str) -> OutOfScopeError | None:
    try:
        kind_called(text)
    except OutOfScopeError as error:
        return error
    except UnknownNameError:
        return None
    return None


def _matches(kind: Kind, words: list[str]) -> bool:
    text = " ".join(_texts(kind)).casefold()
    return all(word in text for word in words)


def _texts(kind: Kind) -> Iterator[str]:
    yield kind.name.replace("_", " ")
    yield kind.name
    for words in (kind.label, kind.help, GROUPS[kind.group]):
        yield from (words.zh, words.en)
    for field in kind.fields:
        for option in getattr(field.type, "options", {}).values():
            yield from (option.zh, option.en)
