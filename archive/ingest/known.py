"""What is known while files are read: what commands know, and how words are dated."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from archive.commands.knowing import Known as KnownToCommands
from archive.ingest.dating import day_of_publication
from archive.log import RecordedEvent, read_by_ids
from archive.vocabulary import KnownEntity, Raw


class Known(KnownToCommands):
    """Answers from the archive and the batch; ``today`` and ``ref`` date what gives no day."""

    def __init__(self, connection: Connection, *, today: date, ref: date | None) -> None:
        super().__init__(connection)
        self.today = today
        self.ref = ref

    def published(self, slug: str) -> date | None:
        """Return the day on which the source came out, if the archive has both."""
        published = self.source(slug)
        return day_of_publication(published) if published else None

    def recorded(self, ids: Iterable[str]) -> dict[str, RecordedEvent]:
        """Return the events of the log that bear *ids*, by id."""
        return read_by_ids(self._connection, list(ids))

    def assume(self, raw: Raw) -> None:
        """Take the entities and the source of a refused draft for known.

        One bad row is one error, not one more for each row that relies on it.
        """
        mentions = raw.get("entities")
        for mention in mentions if isinstance(mentions, list) else []:
            if not isinstance(mention, Mapping):
                continue
            slug, of_type = mention.get("id"), mention.get("type")
            if isinstance(slug, str) and isinstance(of_type, str) and not self.entity(slug):
                self._entities[slug] = KnownEntity(of_type, {"zh": slug, "en": slug})
            if isinstance(slug, str) and raw.get("kind") == "source_added":
                self._published[slug] = ""
