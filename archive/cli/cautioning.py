"""What a person should look at in what was recorded: on stderr, and never in the way."""

from dataclasses import dataclass, field
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.cli.speaking import tell
from archive.ingest import Judged
from archive.languages import Words
from archive.proposing import Caution, warnings_for
from archive.vocabulary import Event, Raw

# So many events of a file are looked at: each takes some questions of the archive.
MOST: Final = 200
_ONLY: Final = Words(
    "只核对了新增事件中的前 {kept} 条。",
    "Only the first {kept} of the new events were looked at for cautions.",
)


def cautions_about(connection: Connection, event: Event, *, event_id: str) -> tuple[Caution, ...]:
    """Return the doubts about what *event* says, which is recorded as *event_id*."""
    raw: Raw = msgspec.to_builtins(event) | {"id": event_id}
    return warnings_for(connection, raw)


def tell_cautions(cautions: tuple[Caution, ...], *, place: str = "") -> None:
    """Say each doubt in a line, with the event that it names, after the *place* in a file."""
    before = f"{place}: " if place else ""
    for one in cautions:
        zh, en = (f"（事件 {one.event}）", f" (event {one.event})") if one.event else ("", "")
        tell(Words(f"{before}注意：{one.words.zh}{zh}", f"{before}Caution: {one.words.en}{en}"))


@dataclass(slots=True)
class FirstMade:
    """The first new events of a file, with their places, and how many there were in all."""

    events: list[tuple[str, Event]] = field(default_factory=list)
    count: int = 0

    def take(self, one: Judged) -> None:
        """Keep a new event as long as there are few."""
        self.count += 1
        if one.event is not None and len(self.events) < MOST:
            self.events.append((one.place, one.event))

    def tell(self, connection: Connection) -> None:
        """Say the doubts about those kept, all of them being recorded."""
        for place, event in self.events:
            tell_cautions(cautions_about(connection, event, event_id=event.id), place=place)
        if self.count > len(self.events):
            kept = len(self.events)
            tell(Words(_ONLY.zh.format(kept=kept), _ONLY.en.format(kept=kept)))
