"""What the system says when it refuses, in the reader's language."""

import errno
import socket
from collections.abc import Mapping
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
_NO_HOST: Final = Words("找不到这个主机名", "no such host name")


def system_reason(error: OSError) -> Words:
    """Return why the system refused; where nobody translated it, its own words."""
    if isinstance(error, socket.gaierror):
        return _NO_HOST
    said = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Words(said, said))
