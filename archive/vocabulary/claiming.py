"""The claims of a draft: who says so, where in it, and how far it is to be trusted."""

from typing import Final

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary.choices.claims import CONFIDENCE, GRADE
from archive.vocabulary.collecting import Collector
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Claim
from archive.vocabulary.fields import Choice
from archive.vocabulary.raws import Raw, identifier, mapping, note

DOUBTFUL: Final = frozenset({"low", "rumour"})


def _claim(raw: object) -> Claim:
    given = mapping(raw, field="claims")
    strange = set(given) - set(Claim.__struct_fields__)
    if strange:
        names = ", ".join(Claim.__struct_fields__)
        raise FieldError(field="claims", value=min(strange), accepted=Words(names, names))
    confidence = Choice(CONFIDENCE, what=Words("可信度", "confidence"))
    level = str(confidence.read(given.get("confidence") or "high", field="confidence"))
    reason = note(given.get("reason"), field="reason")
    if level in DOUBTFUL and not reason:
        accepted = Words("可信度低时须说明理由", "a word of reason when confidence is low")
        raise FieldError(field="reason", value="", accepted=accepted)
    grade = given.get("grade")
    return Claim(
        source=identifier(given.get("source"), field="source"),
        locator=note(given.get("locator"), field="locator"),
        confidence=level,
        reason=reason,
        grade=str(Choice(GRADE).read(grade, field="grade")) if grade else "",
        quote=note(given.get("quote"), field="quote"),
        quote_language=note(given.get("quote_language"), field="quote_language"),
    )


def claims_of(raw: Raw, known: Kind, errors: Collector) -> tuple[Claim, ...]:
    """Return the claims of *raw*; an event of the world needs one."""
    given = raw.get("claims") or []
    if not isinstance(given, list | tuple):
        accepted = Words("主张列表", "a list of claims")
        errors.errors.append(FieldError(field="claims", value=given, accepted=accepted))
        return ()
    if known.is_world and not given:
        accepted = Words("至少一个来源", "at least one source")
        errors.errors.append(FieldError(field="source", value="", accepted=accepted))
    claims = [errors.take(None, _claim, one) for one in given]
    return tuple(claim for claim in claims if claim)
