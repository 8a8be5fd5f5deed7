"""How a cell of a spreadsheet or a command line names entities: an id, or a new one with names."""

from archive.errors import FieldError
from archive.languages import Words

_ACCEPTED = Words(
    "标识，或 标识:类型:中文名|英文名", "an id, or id:type:Chinese name|English name"
)


def read_mention(text: str, *, role: str) -> dict[str, object]:
    """Return the mention that ``id`` or ``id:type:zh|en`` says, or raise FieldError."""
    parts = [part.strip() for part in text.split(":", 2)]
    if len(parts) == 1:
        return {"role": role, "id": parts[0]}
    if len(parts) == 2 or not all(parts):  # noqa: PLR2004 - a type wants a name
        raise FieldError(field=role, value=text, accepted=_ACCEPTED)
    chinese, bar, english = (part.strip() for part in parts[2].partition("|"))
    names = {"zh": chinese or english, "en": english if bar and english else chinese}
    return {"role": role, "id": parts[0], "type": parts[1], "names": names}


def read_mentions(text: str, *, role: str, joint: str) -> list[dict[str, object]]:
    """Return the mentions in *text*, parted by *joint*."""
    return [read_mention(one, role=role) for one in text.split(joint) if one.strip()]
