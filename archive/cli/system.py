"""What the system says when it refuses, in the reader's language."""

import errno
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from archive.languages import Words

_DENIED: Final = Words("没有权限", "Permission denied")
_REASONS: Final[Mapping[int, Words]] = {
    errno.ENOENT: Words("没有这个文件或目录", "No such file or directory"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EISDIR: Words("这是一个目录", "Is a directory"),
    errno.ENOTDIR: Words("路径中有一段不是目录", "Not a directory"),
    errno.EEXIST: Words("已有同名文件", "File exists"),
    errno.ENOSPC: Words("磁盘已满", "No space left on device"),
    errno.EROFS: Words("文件系统只读", "Read-only file system"),
    errno.ENAMETOOLONG: Words("文件名太长", "File name too long"),
    errno.EADDRINUSE: Words("端口已被占用", "the port is in use"),
    errno.EADDRNOTAVAIL: Words("本机没有这个地址", "this machine has no such address"),
    errno.ECONNREFUSED: Words("连接被拒绝", "Connection refused"),
}
_SHUT: Final = {errno.EACCES, errno.EPERM}
_OF_FOLDER: Final = Words(
    "您无权进入目录 {folder}（请以其所有者的身份运行，或换一个目录）",
    "you may not enter the folder {folder} (run this as its owner, or name another)",
)
_IN_FOLDER: Final = Words(
    "您无权在目录 {folder} 中新建文件（请以其所有者的身份运行，或换一个目录）",
    "you may make no file in the folder {folder} (run this as its owner, or name another)",
)
_OF_FILE: Final = Words(
    "没有此文件的权限（请以其所有者的身份运行，或请其授权）",
    "you may not use this file so (run this as its owner, or ask them for leave)",
)
_NO_HOST: Final = Words("找不到这个主机名", "no such host name")


def system_reason(error: OSError) -> Words:
    """Return why the system refused; where nobody translated it, its own words."""
    if isinstance(error, socket.gaierror):
        return _NO_HOST
    said = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Words(said, said))


def closed_reason(error: OSError) -> Words | None:
    """Return which folder or file is closed to who asked, and what would help; None if none is."""
    if error.errno not in _SHUT or not isinstance(error.filename, str | Path):
        return None
    path = Path(error.filename).absolute()
    shut = next((one for one in reversed(path.parents) if not os.access(one, os.X_OK)), None)
    if shut is not None:
        return _naming(_OF_FOLDER, shut)
    if path.exists():
        return _OF_FILE
    return None if os.access(path.parent, os.W_OK) else _naming(_IN_FOLDER, path.parent)


def _naming(words: Words, folder: Path) -> Words:
    return Words(words.zh.format(folder=folder), words.en.format(folder=folder))
