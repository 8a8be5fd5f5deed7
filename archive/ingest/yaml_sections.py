"""A YAML file of sources, entities and events → drafts.

Scalars stay the text they are, dates and numbers too; only null, true and false are no text.
Keys given twice, anchors and tags are refused: each has a reading that its writer did not mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

import yaml

from archive.errors import FieldError, RefusedError, UnknownNameError
from archive.ingest.draft import Draft, merged
from archive.ingest.reading import DEEPEST, not_utf8
from archive.languages import Words

_CONSTANTS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}
_SECTIONS: Final = ("sources", "entities", "events")
_PLAIN_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
)
_ENVELOPE: Final = frozenset({"id", "occurred", "importance", "tags", "claims", "summary"})


@dataclass(frozen=True, slots=True)
class Sections:
    """The drafts of one file, in the order in which their sections are taken in."""

    sources: tuple[Draft, ...] = ()
    entities: tuple[Draft, ...] = ()
    events: tuple[Draft, ...] = ()


class _BadYamlError(FieldError):
    """A part of a YAML file that cannot be taken, and the line where it stands."""

    def __init__(self, *, line: int, field: str, value: object, accepted: Words) -> None:
        self.line = line
        super().__init__(field=field, value=value, accepted=accepted)


def read_yaml(stream: IO[bytes], *, name: str) -> Sections:
    """Return the drafts of one file; a file that cannot be read is one bad draft."""
    try:
        root = _root(stream.read())
        return _sections(root, name)
    except _BadYamlError as error:
        return Sections(sources=(Draft(f"{name}:{error.line}", {}, (error,)),))
    except RefusedError as error:
        return Sections(sources=(Draft(name, {}, (error,)),))


def _root(content: bytes) -> yaml.Node | None:
    try:
        text = content.decode("utf-8-sig")
        _demand_shallow(text)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise not_utf8(content[max(error.start - 20, 0) :]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        accepted = Words("格式正确的 YAML", "well-formed YAML")
        raise _BadYamlError(line=line, field="yaml", value=problem, accepted=accepted) from error


def _demand_shallow(text: str) -> None:
    """Refuse what is nested too deep before anything that recurses sees it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            accepted = Words(f"嵌套不超过 {DEEPEST} 层", f"nesting of at most {DEEPEST} levels")
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _BadYamlError(line=line, field="yaml", value="…", accepted=accepted)


def _sections(root: yaml.Node | None, name: str) -> Sections:
    if root is None:
        return Sections()
    if not isinstance(root, yaml.MappingNode):
        accepted = Words(
            "含 sources、entities、events 的映射", "a mapping of sources, entities, events"
        )
        raise _BadYamlError(line=_line(root), field="yaml", value=root.tag, accepted=accepted)
    top = {_key(key): value for key, value in root.value}
    for strange in sorted(set(top) - {"defaults", *_SECTIONS}):
        what = Words("小节", "section")
        raise UnknownNameError(what=what, name=strange, known=["defaults", *_SECTIONS])
    seen: set[int] = set()
    defaults = _mapping(top["defaults"], seen) if "defaults" in top else {}
    return Sections(
        sources=tuple(_drafts(top, "sources", defaults, name, seen)),
        entities=tuple(_drafts(top, "entities", defaults, name, seen)),
        events=tuple(_drafts(top, "events", defaults, name, seen)),
    )


def _drafts(
    top: Mapping[str, yaml.Node],
    section: str,
    defaults: Mapping[str, object],
    name: str,
    seen: set[int],
) -> Iterator[Draft]:
    node = top.get(section)
    if node is None or (isinstance(node, yaml.ScalarNode) and _scalar(node) is None):
        return
    if not isinstance(node, yaml.SequenceNode):
        accepted = Words("列表", "a list")
        raise _BadYamlError(line=_line(node), field=section, value=node.tag, accepted=accepted)
    shape = {"sources": _source, "entities": _entity, "events": merged}[section]
    for item in node.value:
        place = f"{name}:{_line(item)}"
        try:
            draft = Draft(place, shape(defaults, _mapping(item, seen)))
        except _BadYamlError as error:
            draft = Draft(f"{name}:{error.line}", {}, (error,))
        yield draft


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _key(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    accepted = Words("文字作键", "text as a key")
    raise _BadYamlError(line=_line(node), field="yaml", value=node.tag, accepted=accepted)


def _mapping(node: yaml.Node, seen: set[int]) -> dict[str, object]:
    value = _value(node, seen)
    if isinstance(value, dict):
        return value
    accepted = Words("映射", "a mapping")
    raise _BadYamlError(line=_line(node), field="yaml", value=value, accepted=accepted)


def _value(node: yaml.Node, seen: set[int]) -> object:
    if id(node) in seen:
        accepted = Words("不含锚点与引用的 YAML", "YAML without anchors")
        raise _BadYamlError(line=_line(node), field="yaml", value="*", accepted=accepted)
    seen.add(id(node))
    _demand_plain(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, seen) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return _pairs(node, seen)
    return _scalar(node)


def _demand_plain(node: yaml.Node) -> None:
    if node.tag not in _PLAIN_TAGS:
        accepted = Words("不含标签与合并键的 YAML", "YAML without tags and merge keys")
        raise _BadYamlError(line=_line(node), field="yaml", value=node.tag, accepted=accepted)


def _pairs(node: yaml.MappingNode, seen: set[int]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = _key(key_node)
        _demand_plain(key_node)
        if key in found:
            accepted = Words("每个键一次", "each key once")
            raise _BadYamlError(line=_line(key_node), field=key, value=key, accepted=accepted)
        found[key] = _value(value_node, seen)
    return found


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    is_plain = not getattr(node, "style", None)
    return _CONSTANTS.get(text, text) if is_plain else text


def _source(defaults: Mapping[str, object], item: Mapping[str, object]) -> dict[str, object]:
    """Return the draft of a source: what is no part of every event is its data."""
    title = item.get("title") or item.get("id")
    day = item.get("accessed") or item.get("published")
    occurred = item.get("occurred") or defaults.get("occurred") or {"edtf": day}
    mention = {
        "role": "source",
        "id": item.get("id"),
        "type": "source",
        "names": {"zh": title, "en": title},
    }
    return {
        **_envelope(item),
        "id": f"source-{item.get('id')}",
        "kind": "source_added",
        "occurred": occurred,
        "entities": [mention],
        "data": {name: value for name, value in item.items() if name not in _ENVELOPE},
    }


def _entity(defaults: Mapping[str, object], item: Mapping[str, object]) -> dict[str, object]:
    """Return the draft that introduces an entity by its names."""
    names = {language: item[language] for language in ("zh", "en") if item.get(language)}
    mention = {
        "role": "entity",
        "id": item.get("id"),
        "type": item.get("type"),
        "names": names,
    }
    data = {name: value for name, value in item.items() if name not in {*_ENVELOPE, "type"}}
    aliases = data.get("aliases")
    if isinstance(aliases, list):
        data["aliases"] = "|".join(str(alias) for alias in aliases)
    return {
        **_envelope(item),
        "id": f"names-{item.get('id')}",
        "kind": "names_changed",
        "occurred": item.get("occurred") or defaults.get("occurred"),
        "entities": [mention],
        "data": data,
    }


def _envelope(item: Mapping[str, object]) -> dict[str, object]:
    return {name: item[name] for name in _ENVELOPE & set(item)}
