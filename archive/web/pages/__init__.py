"""The pages of the site: one module each, which exposes ``blueprint``."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def all_pages() -> Iterator[Blueprint]:
    """Yield the blueprint of every module in this folder, in the order of their names."""
    for found in iter_modules(__path__):
        page: Blueprint = import_module(f"{__name__}.{found.name}").blueprint
        yield page
