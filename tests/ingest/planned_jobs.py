"""Jobs as tests need them: planned, looked at, set to a standing."""

from datetime import UTC, datetime

from sqlalchemy import Engine, update

from archive.ingest import jobs, planning
from archive.ingest.mapping import guessed, sheet_of
from archive.queries import head
from archive.storage import reading, writing
from archive.storage.desk import imports

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ROWS = 7


def planned(engine: Engine, content: bytes, name: str = "rows.csv") -> str:
    with writing(engine) as connection:
        job = jobs.new_job(connection, name=name, content=content, account="anna", at=NOW)
        if name.endswith("csv"):
            jobs.map_columns(connection, job, guessed(sheet_of(content).header))
    planning.check(engine, job)
    return job


def standing(engine: Engine, job: str) -> tuple[str, dict[str, int], int]:
    with reading(engine) as connection:
        counts = jobs.counts_of(connection, job)
        found = jobs.job_called(connection, job)
    return found.status, {fate: count for fate, count in counts.items() if count}, found.done


def position(engine: Engine) -> int:
    with reading(engine) as connection:
        return head(connection).position


def set_standing(engine: Engine, job: str, **values: object) -> None:
    with writing(engine) as connection:
        connection.execute(update(imports).where(imports.c.id == job).values(**values))
