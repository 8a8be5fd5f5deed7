"""The articles of our own, with whom they name and what they should propose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import Connection

from archive.commands import record_all
from archive.proposing import Proposal
from archive.vocabulary import kind

FOLDER: Final = Path(__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft that an article should propose; of each role one bearer, amounts by their keys."""

    stated: str
    edtf: str
    kind: str
    subject: str
    roles: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)

    def found_in(self, proposals: Iterable[Proposal]) -> Proposal | None:
        """Return the proposal of this kind, date and subject that comes nearest, if any does."""
        told = [one for one in proposals if one.kind == self.kind and one.edtf == self.edtf]
        about = [one for one in told if one.subject == self.subject]
        return min(about, key=lambda one: len(self.lacking(one)), default=None)

    def lacking(self, proposal: Proposal) -> list[str]:
        """Return the fields that *proposal* does not fill as it should."""
        plain = {**self.roles, **self.data}
        lost = [name for name, value in plain.items() if value not in values(proposal, name)]
        fields = {name: kind(self.kind).field(name) for name in self.amounts}
        keys = {
            name: [one.type.key(value) for value in values(proposal, name)]
            for name, one in fields.items()
            if one is not None
        }
        return lost + [name for name, key in self.amounts.items() if key not in keys[name]]


@dataclass(frozen=True, slots=True)
class Article:
    """A text, when it came out, whom it names, and what it should propose."""

    name: str
    published: date
    language: str
    entities: tuple[Mapping[str, Any], ...]
    text: str
    wanted: tuple[Wanted, ...]


def articles() -> list[Article]:
    """Return the articles of the folder, in the order of their names."""
    return [_article(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _article(path: Path) -> Article:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Article(
        path.stem,
        date.fromisoformat(told["published"]),
        told["language"],
        tuple(told["entities"]),
        told["text"],
        tuple(Wanted(**one) for one in told["wanted"]),
    )


def named(slug: str, entity_type: str, zh: str, en: str, *aliases: str) -> dict[str, Any]:
    """Return an entity with its names."""
    return {"id": slug, "type": entity_type, "zh": zh, "en": en, "aliases": list(aliases)}


def name_all(connection: Connection, entities: Sequence[Mapping[str, Any]]) -> None:
    """Let the archive know *entities* by their names."""
    record_all(connection, [_naming(one) for one in entities], recorded_by="tests")


def values(proposal: Proposal, name: str) -> list[Any]:
    """Return what a proposal has in a field or a role."""
    return [one.value for one in (*proposal.roles, *proposal.data) if one.field == name]


def _naming(one: Mapping[str, Any]) -> dict[str, object]:
    names = {"zh": one["zh"], "en": one["en"]}
    aliases = "|".join(one.get("aliases", ()))
    return {
        "id": f"names-{one['id']}",
        "kind": "names_changed",
        "occurred": {"edtf": "2020"},
        "entities": [{"role": "entity", "id": one["id"], "type": one["type"], "names": names}],
        "data": {**names, **({"aliases": aliases} if aliases else {})},
    }
