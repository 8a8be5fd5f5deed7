"""Posts that a draft is about: who else has one, with which scope it is told, who stays on."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from archive.languages import LOCALES, Words
from archive.proposing.cautions import Caution
from archive.proposing.rows import Draft, rows_before
from archive.queries.held.standing import Standing
from archive.vocabulary import FOUNDERS, Assertion

_ROLES: Final = "roles"


def post_held(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where another surely holds a post that one at a time can hold.

    Two posts of one name, such as those of two who lead something, are one unless their scopes
    tell them apart.
    """
    role, org = str(draft.data.get("role", "")), draft.roles.get("org")
    if draft.kind.name != "role_started" or not role or not org:
        return
    people = draft.roles.get("person", frozenset())
    member = " · ".join(part for part in (role, draft.key("scope")) if part)
    for row in rows_before(connection, draft, min(org), "officers"):
        value = row.values[0] if row.values else None
        if row.member != member or value is None or value.entity is None:
            continue
        if row.standing != Standing.CERTAIN:
            continue
        who = value.entity.names
        if value.entity.id in people:
            words = Words(f"{who.zh}当时已任此职。", f"{who.en} already held this post by then.")
        else:
            words = Words(
                f"此职当时由{who.zh}担任；若已离任，请先记录其离任；若二人职责不同，请各填范围。",
                f"{who.en} held this post then; if that had ended, record the end as well; if "
                "theirs are two posts, give each its scope.",
            )
        yield Caution("role_held", words, field="role", event=value.event_id)


def other_scope(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where a post is left that its holder has with another scope, or with one.

    A post with a scope is another than the one of that name without: so the one that the person
    has would stay filled. An event says what its source says and is never looked up when it is
    folded, so whoever enters it is asked.
    """
    if draft.kind.name != "role_ended" or "role" not in draft.data:
        return
    orgs, meant = draft.roles.get("org", frozenset()), draft.key("scope")
    for person in sorted(draft.roles.get("person", frozenset())):
        scopes = {
            said.get("scope", ""): row.values[0].event_id
            for row in rows_before(connection, draft, person, _ROLES)
            for said in [_parts(row.member)]
            if said.get("role") == draft.data["role"] and said.get("org") in orgs
        }
        if scopes and meant not in scopes:
            yield Caution(
                "other_scope", _scopes(draft, sorted(scopes)), "scope", min(scopes.values())
            )


def post_beside(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where a person leaves a post, is not said to stay, and has another one there.

    Whoever still has a post there is still of the organization.
    """
    if draft.kind.name != "role_ended" or "remains" in draft.data:
        return
    orgs, left = draft.roles.get("org", frozenset()), (draft.data.get("role"), draft.key("scope"))
    for person in sorted(draft.roles.get("person", frozenset())):
        there = {
            (said["role"], said.get("scope", "")): row.values[0].event_id
            for row in rows_before(connection, draft, person, _ROLES)
            for said in [_parts(row.member)]
            if said.get("org") in orgs
        }
        for post, event in there.items():
            # Nobody ceases to have founded it; and which post is meant ``other_scope`` asks.
            is_unclear = post[0] == left[0] and left not in there
            if post != left and post[0] not in FOUNDERS and not is_unclear:
                yield Caution(
                    "post_beside", _beside(_said(draft, "role", post[0])), "remains", event
                )


def _beside(name: Words) -> Words:
    return Words(
        f"此人当时在该机构另任{name.zh}，仍算在机构；若该职也已离任，请一并记录。",
        f"This person was also {name.en} there, and still counts as of the organization; if that "
        "post ended too, record its end as well.",
    )


def _parts(member: str) -> dict[str, str]:
    return dict(Assertion.parts_of(member, kind="role_started", attribute=_ROLES))


def _scopes(draft: Draft, scopes: list[str]) -> Words:
    named = [_said(draft, "scope", one) for one in scopes]
    zh = "、".join(f"“{one.zh}”" if one.zh else "（无范围）" for one in named)
    en = ", ".join(f"“{one.en}”" if one.en else "(no scope)" for one in named)
    return Words(
        f"此人当时此职的范围为{zh}；若所指即此职，请照填范围，否则原职仍算在任。",
        f"The scope of this post was told as {en}; if it is this post that was left, give its "
        "scope, or else it counts as held still.",
    )


def _said(draft: Draft, name: str, key: str) -> Words:
    """Return what a field of the draft's kind calls the value of a key, none for an empty one."""
    field = draft.kind.field(name)
    return Words(*(field.type.words(key, one) if field and key else key for one in LOCALES))
