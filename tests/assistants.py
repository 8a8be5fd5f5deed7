"""A recorded, OpenAI-like server on the loopback: real HTTP, answers set beforehand."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override


@dataclass
class Recorded:
    """A server's answer, to be changed by a test, and the questions that it was asked."""

    address: str
    status: int = 200
    answer: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    drips: bool = False
    asked: list[Any] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def say(self, *drafts: object) -> None:
        """Answer with *drafts* from now on."""
        self.answer = completion(json.dumps({"drafts": drafts}, ensure_ascii=False))


def completion(content: object) -> bytes:
    """Return what an OpenAI-like server answers when its model says *content*."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    answer = {"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}
    return json.dumps(answer, ensure_ascii=False).encode()


def a_draft(kind: str, kind_words: str, **changes: object) -> dict[str, object]:
    """Return a draft as a model gives it; *changes* are its quote, when and fields."""
    return {"kind": kind, "kind_words": kind_words, **changes}


@contextmanager
def assistant_server() -> Iterator[Recorded]:
    """Yield a server that answers as it is told, until the end of the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    recorded = Recorded(f"http://127.0.0.1:{server.server_address[1]}/v1")
    recorded.say()
    server.recorded = recorded  # type: ignore[attr-defined]  # how its handlers find it
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorded
    finally:
        recorded.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Keeps quiet about clients that read no more than they want."""

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on


class _Handler(BaseHTTPRequestHandler):
    """Answers each question as the test has set it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        recorded: Recorded = self.server.recorded  # type: ignore[attr-defined]  # see above
        length = int(self.headers.get("Content-Length", "0"))
        recorded.asked.append(json.loads(self.rfile.read(length)))
        recorded.keys.append(self.headers.get("Authorization", ""))
        recorded.paths.append(self.path)
        if recorded.hangs:
            recorded.over.wait()
            self.close_connection = True
            return
        self.send_response(recorded.status)
        for name, value in recorded.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(recorded.answer)))
        self.end_headers()
        if recorded.drips:
            self._drip(recorded)
            return
        self.wfile.write(recorded.answer)

    do_GET = do_POST  # noqa: N815 - the library asks for this name

    def _drip(self, recorded: Recorded) -> None:
        """Write a byte now and then, for as long as the test runs."""
        for letter in recorded.answer:
            if recorded.over.wait(0.05):
                break
            self.wfile.write(bytes([letter]))
        self.close_connection = True

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests ask what was asked."""
