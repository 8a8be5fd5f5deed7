"""Facts of one cell as tests tell them, and what is answered of them, in short."""

from archive.projections import PER_EVENT
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, Standing


def a_fact(
    number: int, lo: int, hi: int | None = None, value: str | None = "a", **more: object
) -> Fact:
    """Return the fact of event *number*, between *lo* and *hi*; its likely day is the first."""
    return Fact(number * PER_EVENT, lo, lo, lo if hi is None else hi, value, **more)  # type: ignore[arg-type]  # flags


def answered(answer: Held | None) -> tuple[Standing | None, set[str | None]]:
    if answer is None:
        return None, set()
    return answer.standing, {fact.value for fact in answer.candidates}
