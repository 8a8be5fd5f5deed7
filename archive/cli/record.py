"""record: one event, from the command line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click
from sqlalchemy import Connection

from archive.cli.cautioning import tell_cautions
from archive.cli.drafting import draft_options
from archive.cli.identity import by_option, recording
from archive.cli.reading import today
from archive.cli.setting import read_fields, read_occurred, read_texts
from archive.cli.showing import json_option, show_json
from archive.cli.speaking import command, option, tell
from archive.commands import Recorded
from archive.commands import record as record_event
from archive.ingest import Known, with_id
from archive.languages import Words
from archive.proposing import warnings_for
from archive.queries import day_first, head
from archive.settings import Settings
from archive.vocabulary import kind

_CLAIM = ("source", "locator", "confidence", "reason", "quote")


@command("record", "记录一条事件。", "Record one event.")
@click.argument("of_kind", metavar="KIND")
@option("--when", metavar="WORDS", zh="何时，用文字或 EDTF。", en="When, in words or EDTF.")
@draft_options
@option("--reason", zh="可信度低时的理由。", en="Why the confidence is low.")
@option("--id", "event_id", zh="事件的标识；默认新建。", en="The id; a new one by default.")
@json_option
@by_option
@click.pass_obj
def record(
    settings: Settings,
    /,
    *,
    of_kind: str,
    event_id: str | None,
    as_json: bool,
    recorded_by: str,
    alone: str | None,
    **given: Any,
) -> None:
    """Record what the options say, and print its id and position."""
    known = kind(of_kind)
    fields = read_fields(known, given["pairs"])
    with recording(settings, by=recorded_by, alone=alone) as connection:
        when = read_occurred(
            given["when"],
            ref=day_to_read_against(connection, given),
            date_kind=given["date_kind"],
            place=given["place"],
            time=given["time"],
            relations=given_relations(given),
            day_first=order_chosen_before(connection, given),
        )
        raw = {
            "id": event_id,
            "kind": known.name,
            "occurred": when or None,
            "entities": [mention for each in fields.entities.values() for mention in each],
            "data": fields.data,
            "title": read_texts("title", given) or None,
            "summary": read_texts("summary", given) or None,
            "claims": [claim] if (claim := given_claim(given)) else None,
            "importance": given["importance"],
            "tags": list(given["tags"]),
        }
        said = _identified(raw)
        cautions = warnings_for(connection, said)
        recorded = record_event(connection, raw=said, recorded_by=recorded_by)
    show_recorded(recorded, as_json=as_json)
    tell_cautions(cautions if recorded.is_new else ())


def _identified(raw: Mapping[str, object]) -> Mapping[str, object]:
    return with_id(raw) if raw["id"] else {n: v for n, v in raw.items() if n != "id"}


def given_claim(given: Mapping[str, Any]) -> dict[str, object]:
    """Return the parts of a claim that were given."""
    return {name: given[name] for name in _CLAIM if given.get(name)}


def given_relations(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the events that ``--after`` and ``--before`` name; empty words take one out."""
    return {side: given[side] for side in ("after", "before") if given[side] is not None}


def day_to_read_against(connection: Connection, given: Mapping[str, Any]) -> date:
    """Return ``--ref``, else the day on which the source came out, else today."""
    ref: date | None = given["ref"]
    if ref is None and given["source"]:
        ref = Known(connection, today=today(), ref=None).published(given["source"])
    return ref or today()


def order_chosen_before(connection: Connection, given: Mapping[str, Any]) -> bool | None:
    """Tell whether the day came first in what was recorded from the source before."""
    source = given["source"]
    known = head(connection).position
    return day_first(connection, source=source, known=known) if source else None


def show_recorded(recorded: Recorded, *, as_json: bool) -> None:
    """Print the id and the position of what was recorded."""
    if as_json:
        show_json({"id": recorded.id, "position": recorded.position, "is_new": recorded.is_new})
    else:
        click.echo(f"{recorded.id} {recorded.position}")
    if not recorded.is_new:
        tell(Words("此前已有，未重复记录。", "It was already there; nothing was recorded."))
