"""JSON Schema (2020-12) of an event of any kind, derived from the vocabulary."""

from typing import Final, TypeAlias

from archive.languages import LOCALES
from archive.vocabulary.choices.claims import CONFIDENCE, DATE_KIND, GRADE, IMPORTANCE
from archive.vocabulary.definition import Field, Kind
from archive.vocabulary.entity_types import ENTITY_TYPES
from archive.vocabulary.fields import UNKNOWN, Choice
from archive.vocabulary.kinds import KINDS, WORLD_KINDS

Schema: TypeAlias = dict[str, object]

# Archive kinds that say something of their own are corrected as the world's are.
_CORRECTABLE: Final = (*WORLD_KINDS, "source_added", "names_changed")
_IDENTIFIER: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,119}$"}
_DAY: Final[Schema] = {"type": ["string", "null"], "format": "date"}
_TEXT: Final[Schema] = {"type": "string"}


def _struct(properties: dict[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


# Both languages, or nothing said at all.
_WORDS: Final[Schema] = _struct({name: {"type": "string", "minLength": 1} for name in LOCALES}) | {
    "dependentRequired": {"zh": ["en"], "en": ["zh"]}
}
_OTHER_EVENT: Final[Schema] = {"anyOf": [_IDENTIFIER, {"const": ""}]}
# As it is kept; more ways to write it are read.
_TIME: Final[Schema] = {
    "type": "string",
    "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))?$|^$",
    "description": "A time of day, beside a date that is one whole day.",
}
# A draft that says between which events it lies may leave the date to them.
_OCCURRED = _struct(
    {
        "edtf": _TEXT,
        "earliest": _DAY,
        "latest": _DAY,
        "stated": _TEXT,
        "date_kind": {"enum": list(DATE_KIND)},
        "place": _TEXT,
        "after": _OTHER_EVENT,
        "before": _OTHER_EVENT,
        "time": _TIME,
    }
) | {
    "anyOf": [
        {"required": ["edtf"]},
        *({"required": [side], "properties": {side: _IDENTIFIER}} for side in ("after", "before")),
    ]
}
_CLAIM = _struct(
    {
        "source": _IDENTIFIER,
        "locator": _TEXT,
        "confidence": {"enum": list(CONFIDENCE)},
        "reason": _TEXT,
        "grade": {"enum": list(GRADE)},
        "quote": _TEXT,
        "quote_language": _TEXT,
    },
    "source",
)


def _datum(field: Field) -> Schema:
    described = field.type.schema() | {"title": field.label.en, "description": field.help.en}
    if field.required or isinstance(field.type, Choice):
        return described
    return {"anyOf": [described, {"const": UNKNOWN}]}


def _mention(kind: Kind) -> Schema:
    roles = [field.name for field in kind.fields if field.is_role]
    properties: dict[str, Schema] = {
        "id": _IDENTIFIER,
        "type": {"enum": list(ENTITY_TYPES)},
        "role": {"enum": roles},
        "names": {"type": "object", "additionalProperties": _TEXT},
    }
    return _struct(properties, "id", "type", "role")


def kind_schema(kind: Kind) -> Schema:
    """Return the schema of an event of *kind*, as a JSON line without what the log puts on."""
    data = {field.name: _datum(field) for field in kind.fields if not field.is_role}
    required = [field.name for field in kind.fields if field.required and not field.is_role]
    properties: dict[str, Schema] = {
        "id": _IDENTIFIER,
        "kind": {"const": kind.name},
        "kind_version": {"const": kind.version},
        "stream": _IDENTIFIER,
        "occurred": _OCCURRED,
        "entities": {"type": "array", "items": _mention(kind)},
        "data": _struct(data, *required),
        "title": _WORDS,
        "summary": _WORDS,
        "claims": {"type": "array", "items": _CLAIM, "minItems": 1 if kind.is_world else 0},
        "importance": {"enum": list(IMPORTANCE)},
        "tags": {"type": "array", "items": _TEXT},
    }
    needed = ["id", "kind", "stream", "occurred", "entities"]
    return _struct(properties, *needed, *(["claims"] if kind.is_world else [])) | {
        "title": kind.label.en,
        "description": kind.help.en,
    }


def event_schema() -> Schema:
    """Return the schema of an event of any kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Event",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in KINDS],
        "$defs": {name: kind_schema(kind) for name, kind in KINDS.items()}
        | {"event": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in _CORRECTABLE]}},
    }
