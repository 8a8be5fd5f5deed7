"""How many facts one event may assert: as many as the read models can number within it."""

from functools import lru_cache
from typing import Final

from archive.dates import ending
from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary.asserting import MOST_ASSERTIONS, assertions
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Event
from archive.vocabulary.rules import rules_of

_PAIR: Final = 2
_BOTH_ENDS: Final = 2


def demand_few_assertions(event: Event, known: Kind) -> None:
    """Raise FieldError for an event whose facts the read models could not number."""
    if not may_assert_too_much(known.name, len(event.entities)):
        return
    each = 1 if ending(event.occurred.edtf) is None else _BOTH_ENDS
    many = each * len(assertions(event))
    if many > MOST_ASSERTIONS:
        limit = Words(
            f"所断言的事实不超过 {MOST_ASSERTIONS} 条", f"at most {MOST_ASSERTIONS} facts asserted"
        )
        raise FieldError(field=known.subject, value=many, accepted=limit)


@lru_cache(maxsize=1 << 10)
def may_assert_too_much(kind_name: str, entities: int) -> bool:
    """Tell whether an event of the kind with so many entities might assert too many facts."""
    rules = rules_of(kind_name).rules
    most: int = sum(max(1, entities) ** max(_PAIR, len(one.roles)) for one in rules)
    return _BOTH_ENDS * most > MOST_ASSERTIONS
