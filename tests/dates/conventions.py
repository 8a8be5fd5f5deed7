"""Conventions as tables: what words mean on the day on which all these tests read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pytest

# A Tuesday.
REF: Final = date(2023, 8, 15)


def rows_of(conventions: Mapping[str, Mapping[Any, object]]) -> list[Any]:
    """Return a row for each phrase, named after the convention that it is an example of."""
    return [
        pytest.param(
            words, meant, id=f"{rule}: {words if isinstance(words, str) else ' '.join(words)}"
        )
        for rule, table in conventions.items()
        for words, meant in table.items()
    ]


def _joined(words: str | Sequence[str]) -> str:
    return words if isinstance(words, str) else " ".join(words)
