"""What a value bears beside its words: held for the time being, or resting on little."""

from typing import Final

from archive.languages import Words
from archive.queries.held.telling import StateValue
from archive.vocabulary import CONFIDENCE, DOUBTFUL

POSSIBLE: Final = Words("可能", "possible")
DISPUTED: Final = Words("有争议", "disputed")
_INTERIM: Final = Words("临时", "interim")
_RUMOURED: Final = "rumour"
_BASIS: Final = Words("依据：传闻", "basis: rumour")
_DOUBTED: Final = {
    name: Words(f"可信度：{CONFIDENCE[name].zh}", f"confidence: {CONFIDENCE[name].en}")
    for name in DOUBTFUL
}


def doubts(value: StateValue) -> tuple[Words, ...]:
    """Return in words how little *value* rests on, where its claims or its basis say so."""
    found = [_DOUBTED[value.confidence]] if value.confidence in DOUBTFUL else []
    return (*found, *([_BASIS] if value.basis == _RUMOURED else []))


def qualities(value: StateValue) -> tuple[Words, ...]:
    """Return all that *value* bears beside its words: interim first, then its doubts."""
    return (*([_INTERIM] if value.is_interim else []), *doubts(value))


def in_brackets(*told: Words) -> Words:
    """Return what is *told* of a value in one pair of brackets, to stand behind it; or nothing."""
    if not told:
        return Words("", "")
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    return Words(f"（{zh}）", f" ({en})")
