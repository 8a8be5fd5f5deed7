"""The vocabulary: kinds of event, types of entity, their fields, and how an event is checked.

Everything else is derived from here: validation, forms, JSON Schema, titles, state.
"""

from archive.vocabulary.agreeing import OPPOSING, demand_two_sides
from archive.vocabulary.amounts import MINUS, middle
from archive.vocabulary.asserting import (
    HANDED_ON,
    LEFT_BY,
    POSTS,
    VACANT,
    Assertion,
    assertions,
    leaver_of,
)
from archive.vocabulary.checking import check
from archive.vocabulary.choices.bodies import FOUNDERS
from archive.vocabulary.choices.claims import CONFIDENCE, DATE_KIND, IMPORTANCE, REASON_KIND
from archive.vocabulary.choices.deals import RIGHTS
from archive.vocabulary.claiming import DOUBTFUL
from archive.vocabulary.definition import GROUPS, Field, Group, Kind, sentence
from archive.vocabulary.entity_types import (
    ENTITY_TYPES,
    TABS,
    Attribute,
    AttributeClass,
    EntityType,
    entity_type,
)
from archive.vocabulary.event import (
    MACHINE_PROPOSED,
    Claim,
    Event,
    Mention,
    Occurred,
    kind_of,
    nested_event,
    spoken_in,
    spoken_of,
)
from archive.vocabulary.fields import UNKNOWN, FieldType, Json
from archive.vocabulary.glancing import at_a_glance
from archive.vocabulary.kinds import ARCHIVE_KINDS, KINDS, WORLD_KINDS, kind
from archive.vocabulary.likeness import NEAR_DAYS, may_be_one
from archive.vocabulary.mentioning import KnownEntity, Lookup
from archive.vocabulary.occurring import other_event
from archive.vocabulary.raws import GIVEN_BY_THE_LOG, Raw, identifier
from archive.vocabulary.relating import (
    UNDATED,
    between,
    is_crossed,
    narrowed,
    notation_of,
    unhung,
)
from archive.vocabulary.schema import event_schema, kind_schema
from archive.vocabulary.titling import derived_title, is_derived, spoken
from archive.vocabulary.units import UNITS
from archive.vocabulary.upcasting import UPCASTS, as_said_today

__all__ = [
    "ARCHIVE_KINDS",
    "CONFIDENCE",
    "DATE_KIND",
    "DOUBTFUL",
    "ENTITY_TYPES",
    "FOUNDERS",
    "GIVEN_BY_THE_LOG",
    "GROUPS",
    "HANDED_ON",
    "IMPORTANCE",
    "KINDS",
    "LEFT_BY",
    "MACHINE_PROPOSED",
    "MINUS",
    "NEAR_DAYS",
    "OPPOSING",
    "POSTS",
    "REASON_KIND",
    "RIGHTS",
    "TABS",
    "UNDATED",
    "UNITS",
    "UNKNOWN",
    "UPCASTS",
    "VACANT",
    "WORLD_KINDS",
    "Assertion",
    "Attribute",
    "AttributeClass",
    "Claim",
    "EntityType",
    "Event",
    "Field",
    "FieldType",
    "Group",
    "Json",
    "Kind",
    "KnownEntity",
    "Lookup",
    "Mention",
    "Occurred",
    "Raw",
    "as_said_today",
    "assertions",
    "at_a_glance",
    "between",
    "check",
    "demand_two_sides",
    "derived_title",
    "entity_type",
    "event_schema",
    "identifier",
    "is_crossed",
    "is_derived",
    "kind",
    "kind_of",
    "kind_schema",
    "leaver_of",
    "may_be_one",
    "middle",
    "narrowed",
    "nested_event",
    "notation_of",
    "other_event",
    "sentence",
    "spoken",
    "spoken_in",
    "spoken_of",
    "unhung",
]
