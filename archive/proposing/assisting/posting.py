"""One HTTP request and its answer, both within one deadline; nothing is ever followed."""

import io
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, Queue
from threading import Thread
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from typing_extensions import Buffer, override

from archive.errors import FieldError
from archive.languages import Words
from archive.proposing.assisting.refusals import (
    LongAnswerError,
    RefusingAssistantError,
    SlowAssistantError,
    UnreachableAssistantError,
    UnreadableAnswerError,
)

Place: TypeAlias = tuple[int, int, int, str, Any]
_OK: Final = 200
_HTTP, _HTTPS = 80, 443
_ADDRESS: Final = Words(
    "以 http:// 或 https:// 开头、不含用户名的地址，例如 http://127.0.0.1:8080/v1",
    "an address that begins http:// or https:// and names no user, such as "
    "http://127.0.0.1:8080/v1",
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a request goes to; ``name`` is what people are told of it."""

    host: str
    port: int | None
    path: str
    is_secure: bool

    @property
    def name(self) -> str:
        """Return the host, and its port where the address names one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host


class _Inflow(io.RawIOBase):
    """What comes in over a wire; it raises TimeoutError once the deadline is over."""

    def __init__(self, wire: "_Wire") -> None:
        self._wire = wire

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        return self._wire.timed().recv_into(buffer)


class _Wire:
    """A connected socket of which every deed counts against one deadline."""

    def __init__(self, wire: socket.socket, *, deadline: float) -> None:
        self._wire, self._deadline = wire, deadline

    def timed(self) -> socket.socket:
        """Return the socket, its patience set to what is left of the time."""
        self._wire.settimeout(_left(self._deadline))
        return self._wire

    def sendall(self, data: bytes) -> None:
        """Send all of *data*."""
        self.timed().sendall(data)

    def makefile(self, *_arguments: object, **_more: object) -> io.BufferedReader:
        """Return what comes in as a file."""
        return io.BufferedReader(_Inflow(self))

    def close(self) -> None:
        """Leave it open: an answer may be read to its end after its connection is done with."""


def server_at(address: str, *, field: str) -> Server:
    """Return the server of an http or https address; raises FieldError for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port
        (parts.hostname or "").encode("idna")  # what looks it up fails on labels too long or empty
    except ValueError:
        raise _unusable(address, field) from None
    is_plain = address.isascii() and address.isprintable() and " " not in address
    is_known = parts.scheme in {"http", "https"} and parts.username is None
    if not (is_plain and is_known and parts.hostname):
        raise _unusable(address, field)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Server(parts.hostname, port, path, parts.scheme == "https")


def _unusable(address: str, field: str) -> FieldError:
    scheme, _colon, rest = address.partition("://")
    shown = f"{scheme}://{rest.rpartition('@')[2]}" if rest else address  # a password is nobody's
    return FieldError(field=field, value=shown, accepted=_ADDRESS)


def post(
    server: Server, body: bytes, *, headers: Mapping[str, str], seconds: float, longest: int
) -> bytes:
    """Return what *server* answers to *body* with status 200; else an AssistantError.

    Not more than *longest* bytes are read, and it all takes no longer than *seconds*.
    """
    deadline = time.monotonic() + seconds
    try:
        return _exchanged(server, body, headers=headers, deadline=deadline, longest=longest)
    except TimeoutError as error:
        raise SlowAssistantError(server=server.name, seconds=f"{seconds:g}") from error
    except HTTPException as error:
        raise UnreadableAnswerError(server=server.name) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreachableAssistantError(server=server.name, reason=reason) from error


def _exchanged(
    server: Server, body: bytes, *, headers: Mapping[str, str], deadline: float, longest: int
) -> bytes:
    connection = _connection(server)
    with closing(_wire_to(server, deadline)) as wire:
        connection.sock = _Wire(wire, deadline=deadline)
        connection.request("POST", server.path, body, dict(headers))
        response = connection.getresponse()
        if response.status != _OK:
            raise RefusingAssistantError(server=server.name, status=response.status)
        answer: bytes = response.read(longest + 1)
    if len(answer) > longest:
        raise LongAnswerError(server=server.name, limit=longest)
    return answer


def _connection(server: Server) -> Any:
    """Return what speaks HTTP over a wire; the standard library's own types of it are loose."""
    speaks = HTTPSConnection if server.is_secure else HTTPConnection
    return speaks(server.host, server.port)


def _wire_to(server: Server, deadline: float) -> socket.socket:
    """Return a connected socket, encrypted where the address says so."""
    port = server.port or (_HTTPS if server.is_secure else _HTTP)
    wire = _connected(_looked_up(server.host, port, deadline), deadline)
    if not server.is_secure:
        return wire
    try:
        wire.settimeout(_left(deadline))
        return ssl.create_default_context().wrap_socket(wire, server_hostname=server.host)
    except (OSError, ValueError):
        wire.close()
        raise


def _connected(places: Sequence[Place], deadline: float) -> socket.socket:
    """Return a socket to the first of *places* that answers; raises what the last one said."""
    failure: OSError = OSError("no address")
    for family, kind, protocol, _name, address in places:
        wire = socket.socket(family, kind, protocol)
        try:
            wire.settimeout(_left(deadline))
            wire.connect(address)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            wire.close()
            failure = error
        else:
            return wire
    raise failure


def _looked_up(host: str, port: int, deadline: float) -> Sequence[Place]:
    """Return the addresses of *host*; nothing else could end a look-up that takes too long."""
    answers: Queue[Sequence[Place] | OSError] = Queue(maxsize=1)

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            answers.put(error)

    Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=_left(deadline))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, OSError):
        raise found
    return found


def _left(deadline: float) -> float:
    """Return how many seconds are left; raises TimeoutError where none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
