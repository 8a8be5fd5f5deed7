"""Which reader a file takes, and the order in which several files are taken in."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from archive.errors import UnknownNameError
from archive.ingest.csv_rows import read_csv
from archive.ingest.draft import Draft
from archive.ingest.json_lines import read_json_lines
from archive.ingest.yaml_sections import read_yaml
from archive.languages import Words

STDIN: Final = "-"
_READERS: Final = {".jsonl": read_json_lines, ".ndjson": read_json_lines, ".csv": read_csv}
_SECTIONED: Final = (".yaml", ".yml")
_PIECE: Final = 1 << 20


def drafts_of(files: Sequence[str], *, stdin: IO[bytes]) -> Iterator[Draft]:
    """Yield the drafts of all *files*: every source, then every entity, then the events in order.

    JSON lines and CSV are read row by row, YAML as a whole. Raises UnknownNameError for an
    extension that nothing reads, OSError for a file that cannot be opened, both before any draft.
    """
    for name in files:
        _demand_reader(name)
    with ExitStack() as held:
        streams = {
            name: stdin if name == STDIN else held.enter_context(Path(name).open("rb"))
            for name in dict.fromkeys(files)
        }
        sections = {
            name: read_yaml(stream, name=name)
            for name, stream in streams.items()
            if Path(name).suffix.lower() in _SECTIONED
        }
        for one in sections.values():
            yield from one.sources
        for one in sections.values():
            yield from one.entities
        for name, stream in streams.items():
            if name in sections:
                yield from sections[name].events
            else:
                reader = _READERS.get(Path(name).suffix.lower(), read_json_lines)
                yield from reader(stream, name=name)


def lines_in(files: Sequence[str]) -> int | None:
    """Return how many lines *files* have; None where only taking them in could tell."""
    lines = 0
    for name in files:
        path = Path(name)
        if path.suffix.lower() not in _READERS or not path.is_file():
            return None
        with path.open("rb") as stream:
            lines += sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_PIECE), b""))
    return lines


def _demand_reader(name: str) -> None:
    known = (*_READERS, *_SECTIONED)
    suffix = Path(name).suffix.lower()
    if name != STDIN and suffix not in known:
        what = Words("可读的文件种类", "kind of file that can be read")
        raise UnknownNameError(what=what, name=Path(name).name, known=known)
