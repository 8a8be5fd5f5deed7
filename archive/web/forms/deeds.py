"""Small forms of the desk: one more source, a dispute, its settlement, an undone merge."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from archive.errors import ArchiveError, FieldError
from archive.languages import Words
from archive.queries import EventAnswer, EventRow, Filters, head, timeline
from archive.vocabulary import kind, spoken_of
from archive.web.forms import claiming
from archive.web.forms.bounding import event_id_of
from archive.web.forms.circumstances import common_controls, reason_control
from archive.web.forms.controls import NO_WORDS, Control
from archive.web.forms.drafting import fill
from archive.web.forms.faults import Faults
from archive.web.forms.filled import Draft, Filled
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed
from archive.web.frame.session import today

OTHER: Final = "other-rival"
RIVAL: Final = "rival"
CLAIMS: Final = "claims"
CHOICE: Final = "choice"
_SUPPORT: Final = ("source", "locator", "confidence", "reason", "quote")
_SHOWN: Final = 12
_LATEST_DISPUTES: Final = frozenset({"disputed", "settled"})
_OTHER: Final = Words("另一事件", "Another event")
_OTHER_HELP: Final = Words(
    "名单里没有时：填标识，或粘贴事件页地址",
    "If it is not in the list: its id, or the address of its page",
)
_A_RIVAL: Final = Words("请至少选一个与之相争的事件", "Choose an event that says otherwise")
_A_CHOICE: Final = Words("请选定采信的一方", "Choose the one that is to be preferred")
_A_SOURCE: Final = Words("必填：谁也这样说", "required: who says so too")
_WHY: Final = Words("必填：为什么", "required: why")
_SAYS_SO_TOO: Final = Words("另一来源也这样说。", "Another source says so too.")


def support_form(
    connection: Connection, typed: Typed, *, step: Step
) -> tuple[Filled, dict[str, str]]:
    """Return the form that adds a source to an event, and the claim that it makes."""
    filled = _blank(connection, typed, "claim_corrected", step)
    if "correction-reason" not in typed.fields:
        typed = typed.having(**{"correction-reason": _SAYS_SO_TOO.en})
    controls = common_controls(connection, typed, is_world=True, title=NO_WORDS)
    common = {name: controls[name] for name in _SUPPORT} | reason_control(typed)
    faults = _reasons(typed) | _demanded(typed, "source", _A_SOURCE)
    return _finished(filled, common, {}, faults), claiming.claim_from(typed)


def support_reason(typed: Typed) -> str | Mapping[str, str]:
    """Return why the source is added; the usual words in both languages."""
    said = typed.one("correction-reason")
    usual = said in {_SAYS_SO_TOO.zh, _SAYS_SO_TOO.en}
    return {"zh": _SAYS_SO_TOO.zh, "en": _SAYS_SO_TOO.en} if usual else said


def rivals_of(connection: Connection, answer: EventAnswer) -> tuple[EventRow, ...]:
    """Return events of the same kind about the same entities, which may say otherwise."""
    row, known = answer.row, head(connection).position
    found: dict[str, EventRow] = {}
    for mention in row.entities[:2]:
        filters = Filters(kinds=frozenset({row.kind}), entity=mention.id)
        page = timeline(connection, filters=filters, known=known, limit=_SHOWN, is_counted=False)
        found |= {one.id: one for one in page.rows if one.id != row.id}
    return tuple(found.values())[:_SHOWN]


def named_rivals(typed: Typed) -> tuple[str, ...]:
    """Return the ids of the events that a form of a dispute names, each once."""
    rivals = (*typed.several(RIVAL), event_id_of(typed.line(OTHER)))
    return tuple(one for one in dict.fromkeys(rivals) if one)


def dispute_form(
    connection: Connection, answer: EventAnswer, typed: Typed, *, step: Step
) -> Filled:
    """Return the form that says which events the event contradicts."""
    filled = _blank(connection, typed, "claim_disputed", step)
    other = Control(OTHER, "text", _OTHER, _OTHER_HELP, value=typed.line(OTHER))
    chosen = [one for one in named_rivals(typed) if one != answer.row.id]
    faults = _reasons(typed)
    if not chosen:
        faults[f"field-{CLAIMS}"] = FieldError(field="", value="", accepted=_A_RIVAL)
    claims = ", ".join((answer.row.id, *chosen))
    raw = _raw(filled, answer.stream, {CLAIMS: claims}, typed)
    return _finished(filled, {OTHER: other} | reason_control(typed), raw, faults)


def disputed_with(answer: EventAnswer) -> tuple[str, ...]:
    """Return the ids of the events in the newest dispute about the event, its own among them."""
    said = [one for one in answer.versions if one.what in _LATEST_DISPUTES]
    return tuple(dict.fromkeys(spoken_of(said[-1].recorded.event))) if said else ()


def settlement_form(
    connection: Connection, answer: EventAnswer, typed: Typed, *, step: Step
) -> Filled:
    """Return the form that prefers one of the events in dispute."""
    filled = _blank(connection, typed, "dispute_settled", step)
    faults = _reasons(typed) | _demanded(typed, CHOICE, _A_CHOICE, at=f"field-{CHOICE}")
    data = {CLAIMS: ", ".join(disputed_with(answer)), CHOICE: typed.one(CHOICE)}
    raw = _raw(filled, answer.stream, data, typed)
    return _finished(filled, reason_control(typed), raw, faults)


def masking_form(
    connection: Connection, answer: EventAnswer, typed: Typed, *, step: Step
) -> Filled:
    """Return the form that takes the text of an event out for ever."""
    filled = _blank(connection, typed, "text_masked", step)
    raw = _raw(filled, answer.stream, {"target": answer.row.id}, typed)
    return _finished(filled, reason_control(typed), raw, _reasons(typed))


def parting_form(
    connection: Connection, whole: str, part: str, typed: Typed, *, step: Step
) -> Filled:
    """Return the form that undoes the merge of *part* into *whole*: the reverse event."""
    filled = _blank(connection, typed, "entity_split", step)
    raw = _raw(filled, "", {}, typed)
    raw["entities"] = [{"role": "entity", "id": whole}, {"role": "out", "id": part}]
    return _finished(filled, reason_control(typed), raw, _reasons(typed))


def reshaping_form(connection: Connection, name: str, typed: Typed, *, step: Step) -> Filled:
    """Return the form of a merge or a split as typed, dated today."""
    filled = fill(connection, kind(name), typed.having(when=today().isoformat()), step=step)
    return replace(filled, common={})


def _blank(connection: Connection, typed: Typed, name: str, step: Step) -> Filled:
    empty = MultiDict({"event_id": typed.one("event_id"), "expected": typed.one("expected")})
    filled = fill(connection, kind(name), Typed(empty), step=Step("show"))
    return replace(filled, step=step, fields=())


def _finished(
    filled: Filled,
    common: Mapping[str, Control],
    raw: Draft,
    faults: dict[str, ArchiveError],
) -> Filled:
    told = Faults(faults) if filled.step.is_final else Faults()
    # What the form itself misses is not to be told by the vocabulary a second time.
    return replace(filled, common=common, raw={} if told else raw, faults=told)


def _raw(filled: Filled, stream: str, data: Mapping[str, str], typed: Typed) -> Draft:
    return {
        "id": filled.event_id,
        "kind": filled.kind.name,
        "stream": stream,
        "occurred": {"edtf": today().isoformat()},
        "data": {**data, "reason": typed.one("correction-reason")},
    }


def _reasons(typed: Typed) -> dict[str, ArchiveError]:
    return _demanded(typed, "correction-reason", _WHY)


def _demanded(
    typed: Typed, name: str, accepted: Words, *, at: str = ""
) -> dict[str, ArchiveError]:
    if typed.one(name):
        return {}
    return {at or name: FieldError(field="", value="", accepted=accepted)}
