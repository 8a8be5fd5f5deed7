"""correct: it happened otherwise; a new event says how, and why that is said."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
import msgspec

from archive.cli.cautioning import cautions_about, tell_cautions
from archive.cli.drafting import draft_options
from archive.cli.identity import by_option, recording
from archive.cli.record import (
    day_to_read_against,
    given_claim,
    given_relations,
    order_chosen_before,
    show_recorded,
)
from archive.cli.setting import Said, read_fields, read_occurred, read_texts
from archive.cli.showing import json_option
from archive.cli.speaking import command, option
from archive.commands import correct as correct_event
from archive.commands.targets import as_it_reads, live_target
from archive.errors import FieldError
from archive.languages import Words
from archive.settings import Settings
from archive.vocabulary import REASON_KIND, Claim, Event, kind_of

_OF_A_DATE = ("edtf", "stated", "date_kind", "place", "after", "before")


@command("correct", "更正一条事件：原事件保留。", "Correct an event; the old one stays.")
@click.argument("target", metavar="EVENT")
@option("--reason", required=True, zh="为什么更正。", en="Why it is corrected.")
@option(
    "--reason-kind",
    type=click.Choice(list(REASON_KIND)),
    default="typing_error",
    show_default=True,
    zh="理由种类。",
    en="The kind of reason.",
)
@option("--when", metavar="WORDS", zh="何时，用文字或 EDTF。", en="When, in words or EDTF.")
@draft_options
@option("--claim-reason", zh="可信度低时的理由。", en="Why the confidence is low.")
@json_option
@by_option
@click.pass_obj
def correct(
    settings: Settings,
    /,
    *,
    target: str,
    reason: str,
    reason_kind: str,
    as_json: bool,
    recorded_by: str,
    alone: str | None,
    **given: Any,
) -> None:
    """Record how it really was; what the options leave out stays as it is."""
    with recording(settings, by=recorded_by, alone=alone) as connection:
        _original, version = live_target(connection, target)
        before = as_it_reads(version)
        given["source"] = given["source"] or (before.claims[0].source if before.claims else None)
        hung = {"after": before.occurred.after, "before": before.occurred.before}
        when = read_occurred(
            given["when"],
            ref=day_to_read_against(connection, given),
            date_kind=given["date_kind"],
            place=given["place"],
            time=given["time"],
            relations={**hung, **given_relations(given)},
            day_first=order_chosen_before(connection, given),
        )
        recorded = correct_event(
            connection,
            target=target,
            raw=_changes(before, read_fields(kind_of(before), given["pairs"]), when, given),
            reason_kind=reason_kind,
            reason=reason,
            recorded_by=recorded_by,
        )
        original, version = live_target(connection, target)
        now = as_it_reads(version)
        cautions = cautions_about(connection, now, event_id=original.event.id)
    show_recorded(recorded, as_json=as_json)
    tell_cautions(cautions)


def _changes(
    before: Event, said: Said, when: Mapping[str, object], given: Mapping[str, Any]
) -> dict[str, object]:
    """Return the parts of the event that are said to be otherwise, each part whole."""
    old = before.occurred
    kept = {name: getattr(old, name) for name in _OF_A_DATE} | {"time": old.clock}
    changes: dict[str, object] = {
        "occurred": occurred if (occurred := {**kept, **when}) != kept else None,
        "entities": _entities(before, said.entities) if said.entities else None,
        "title": {**before.title, **texts} if (texts := read_texts("title", given)) else None,
        "summary": (
            {**before.summary, **texts} if (texts := read_texts("summary", given)) else None
        ),
        "claims": _claims(before.claims, given),
        "importance": given["importance"],
        "tags": list(given["tags"]) or None,
    }
    present = {name: value for name, value in changes.items() if value is not None}
    return present | ({"data": dict(said.data)} if said.data else {})


def _entities(
    before: Event, roles: Mapping[str, list[dict[str, object]]]
) -> list[dict[str, object]]:
    kept = [msgspec.to_builtins(one) for one in before.entities if one.role not in roles]
    return [*kept, *(mention for each in roles.values() for mention in each)]


def _claims(claims: Sequence[Claim], given: Mapping[str, Any]) -> list[object] | None:
    """Return the claims, the one of the given source changed, or a new one added."""
    said = given_claim({**given, "reason": given["claim_reason"]})
    if not set(said) - {"source"} and said.get("source") in {one.source for one in claims}:
        return None
    same = [one for one in claims if one.source == said.get("source")]
    if len(same) > 1:
        accepted = Words("只引用一次的来源", "a source that the event cites once")
        raise FieldError(field="source", value=said["source"], accepted=accepted)
    rest: list[object] = [msgspec.to_builtins(one) for one in claims if one not in same]
    old = msgspec.to_builtins(same[0]) if same else {}
    return [*rest, {**old, **said}] if said else None
