"""What every reader of files shares: numbered lines of a bearable length, in UTF-8."""

from collections.abc import Iterator
from typing import IO, Final

from archive.errors import FieldError, RefusedError
from archive.languages import Words

LONGEST_LINE: Final = 16 * 1024 * 1024
# An event needs five levels; what walks a value may recurse, so far deeper ones are refused.
DEEPEST: Final = 32
_PIECE: Final = 1024 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_UTF8: Final = Words(
    "UTF-8 编码的文字（请另存为 UTF-8）", "text in UTF-8 (save the file as UTF-8)"
)


def not_utf8(raw: bytes) -> FieldError:
    """Return the error for bytes that are no UTF-8."""
    seen = raw[:60].decode("utf-8", errors="replace").strip()
    return FieldError(field="encoding", value=seen, accepted=_UTF8)


def is_deep(value: object) -> bool:
    """Tell whether *value* holds lists or mappings nested more than DEEPEST deep."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        if isinstance(one, dict):
            waiting += [(inner, depth + 1) for inner in one.values()]
        elif isinstance(one, list):
            waiting += [(inner, depth + 1) for inner in one]
    return False


def text_lines(stream: IO[bytes]) -> Iterator[tuple[int, str | RefusedError]]:
    """Yield each line's number and its text, or what is wrong with it; hold one line at a time."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            accepted = Words(f"不超过 {LONGEST_LINE} 字节", f"at most {LONGEST_LINE} bytes")
            yield number, FieldError(field="line", value=f"{len(raw)}+", accepted=accepted)
            _pass_over(stream, raw)
            continue
        try:
            yield number, raw.removeprefix(_BOM if number == 1 else b"").decode("utf-8")
        except UnicodeDecodeError:
            yield number, not_utf8(raw)


def _pass_over(stream: IO[bytes], raw: bytes) -> None:
    """Read on to the end of the line that *raw* begins, and keep nothing of it."""
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_PIECE)
