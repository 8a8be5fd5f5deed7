"""How a list of options is written: a row for each, with its label in Chinese and in English."""

from archive.languages import Words


def options(*rows: tuple[str, str, str]) -> dict[str, Words]:
    """Return the options of *rows*, in their order, each with its label."""
    return {name: Words(zh, en) for name, zh, en in rows}
