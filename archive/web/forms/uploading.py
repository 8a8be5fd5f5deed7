"""A file that came with a form: plain text of a bounded size, and nothing that unpacks."""

from typing import Final

from flask import request

from archive.errors import FieldError
from archive.languages import Words
from archive.web.forms.typed import visible

LARGEST_FILE: Final = 20_000_000
_TEXT: Final = Words("UTF-8 文本文件", "a text file in UTF-8")
_SMALL: Final = Words(
    f"不超过 {LARGEST_FILE // 1_000_000} MB 的文件",
    f"a file of at most {LARGEST_FILE // 1_000_000} MB",
)
# What an archive, a compressed file or a spreadsheet's package begins with: none is unpacked.
_PACKED: Final = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
)


def uploaded_bytes(name: str) -> bytes:
    """Return the bytes of the file sent under *name*; raises FieldError for what is no text.

    A browser says how a file is encoded or compressed; it is not believed: a file is taken as its
    bytes stand, and must be UTF-8.
    """
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        return b""
    with sent.stream as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise FieldError(field=name, value=f"{len(content)} B", accepted=_SMALL)
    if content.startswith(_PACKED) or b"\x00" in content:
        raise FieldError(field=name, value=sent.filename, accepted=_TEXT)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FieldError(field=name, value=sent.filename, accepted=_TEXT) from error
    return content


def uploaded_text(name: str) -> str:
    """Return the text of the file sent under *name*, or nothing."""
    return uploaded_bytes(name).decode("utf-8-sig")


def uploaded_name(name: str) -> str:
    """Return the last part of the name of the file sent under *name*, in plain letters."""
    sent = request.files.get(name)
    given = (sent.filename or "") if sent else ""
    return visible(given.replace("\\", "/").rsplit("/", 1)[-1])[-200:]
