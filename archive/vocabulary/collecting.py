"""Every error of one event, collected so that all can be mended at once."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from archive.errors import BatchError, RefusedError

T = TypeVar("T")
D = TypeVar("D")
P = ParamSpec("P")


class Collector:
    """Collects every error of one event, so that all can be mended at once."""

    def __init__(self) -> None:
        self.errors: list[RefusedError] = []

    def take(
        self, instead: D, reader: Callable[P, T], *values: P.args, **options: P.kwargs
    ) -> T | D:
        """Return what *reader* reads, or keep its error and return *instead*."""
        try:
            return reader(*values, **options)
        except BatchError as error:
            self.errors.extend(error.errors)
        except RefusedError as error:
            self.errors.append(error)
        return instead

    def done(self) -> None:
        """Raise all that was collected, if anything was."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise BatchError(self.errors)
