"""What every site compiles is compiled once for all sites of the tests."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from typing_extensions import override
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Templates as the first site of these tests compiled them, for all that come after it."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[str, bytes] = {}

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        """Put into *bucket* what is kept for it."""
        if found := self._kept.get(bucket.key):
            bucket.bytecode_from_string(found)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in *bucket*."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_Builder = Callable[..., tuple[str, str]]


def _once(compile_builder: Callable[..., _Builder]) -> Callable[..., _Builder]:
    """Return *compile_builder* so that of rules alike in all that is compiled one is."""
    kept: dict[object, _Builder] = {}

    @wraps(compile_builder)
    def found(rule: Rule, append_unknown: bool = True) -> _Builder:  # noqa: FBT001, FBT002 - its shape
        # No public name tells what a rule is made of, nor is there one to compile it by.
        alike = (rule.rule, repr(rule._trace), repr(rule.defaults), append_unknown)  # noqa: SLF001
        if alike not in kept:
            kept[alike] = compile_builder(rule, append_unknown)
        return kept[alike]

    return found


COMPILED: Final = Compiled()


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """Let each site take its templates and the builders of its addresses from those before it."""
    options: dict[str, Any] = {**Flask.jinja_options, "bytecode_cache": COMPILED}
    patch.setattr(Flask, "jinja_options", options)
    patch.setattr(Rule, "_compile_builder", _once(Rule._compile_builder))  # noqa: SLF001
