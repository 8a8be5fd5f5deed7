"""retract: it should never have been recorded; a new event says so."""

import click

from archive.cli.identity import by_option, recording
from archive.cli.record import show_recorded
from archive.cli.showing import json_option
from archive.cli.speaking import command, option
from archive.commands import retract as retract_event
from archive.settings import Settings


@command("retract", "撤回一条事件：原事件保留。", "Retract an event; the old one stays.")
@click.argument("target", metavar="EVENT")
@option("--reason", required=True, metavar="WORDS", zh="为什么撤回。", en="Why it is retracted.")
@json_option
@by_option
@click.pass_obj
def retract(
    settings: Settings,
    *,
    target: str,
    reason: str,
    as_json: bool,
    recorded_by: str,
    alone: str | None,
) -> None:
    """Record that the event is withdrawn, and why."""
    with recording(settings, by=recorded_by, alone=alone) as connection:
        recorded = retract_event(connection, target=target, reason=reason, recorded_by=recorded_by)
    show_recorded(recorded, as_json=as_json)
