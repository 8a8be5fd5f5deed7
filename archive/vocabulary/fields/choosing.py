"""Fields that hold one or several of a few named values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archive.errors import FieldError, UnknownNameError
from archive.languages import Words
from archive.vocabulary.fields.reading import Json

# That nothing of the kind is so, which is another thing than not to be told of any.
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few named values."""

    options: Mapping[str, Words]
    what: Words = field(default=Words("选项", "option"))
    widget: str = "choice"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the name of the option."""
        name = str(raw).strip()
        if name not in self.options:
            raise UnknownNameError(what=self.what, name=name, known=self.options, field=field)
        return name

    def key(self, value: Json) -> str:
        """Return the option's name."""
        return str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the option's label; a name retired since is shown as it stands."""
        known = self.options.get(key)
        return known.in_language(locale) if known else key

    def schema(self) -> dict[str, object]:
        """List the options."""
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Choices:
    """Several of a few named values, in the order of the vocabulary; ``none`` stands alone."""

    options: Mapping[str, Words]
    what: Words = field(default=Words("选项", "option"))
    widget: str = "choices"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the names; a text is split at commas."""
        given = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(given, list | tuple) or not given:
            names = ", ".join(self.options)
            raise FieldError(field=field, value=raw, accepted=Words(names, names))
        one = Choice(self.options, what=self.what)
        names_given = {one.read(name, field=field) for name in given}
        if _NONE in names_given and len(names_given) > 1:
            accepted = Words("单独的 none，或 none 以外的选项", "none alone, or others without it")
            raise FieldError(field=field, value=raw, accepted=accepted)
        return [name for name in self.options if name in names_given]

    def key(self, value: Json) -> str:
        """Return the names joined by commas."""
        return ",".join(str(name) for name in value) if isinstance(value, list) else str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the labels joined as the language joins a list."""
        one = Choice(self.options)
        joint = Words("、", ", ").in_language(locale)
        return joint.join(one.words(name, locale) for name in key.split(","))

    def schema(self) -> dict[str, object]:
        """List the options."""
        listed = {"type": "array", "items": {"enum": list(self.options)}, "minItems": 1}
        if _NONE not in self.options:
            return listed
        return listed | {"if": {"contains": {"const": _NONE}}, "then": {"maxItems": 1}}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    widget: str = "flag"

    def read(self, raw: object, *, field: str) -> Json:
        """Return a boolean from JSON, a form or a command line."""
        known = {"true": True, "yes": True, "on": True, "1": True, "是": True}
        known |= {"false": False, "no": False, "off": False, "0": False, "否": False}
        text = str(raw).strip().casefold()
        if text not in known:
            raise FieldError(field=field, value=raw, accepted=Words("true、false", "true, false"))
        return known[text]

    def key(self, value: Json) -> str:
        """Return ``yes`` or ``no``."""
        return "yes" if value else "no"

    def words(self, key: str, locale: str) -> str:
        """Return the word for yes or no."""
        return (Words("是", "yes") if key == "yes" else Words("否", "no")).in_language(locale)

    def schema(self) -> dict[str, object]:
        """Describe a boolean."""
        return {"type": "boolean"}
