"""A mail server on the loopback that keeps what it takes in."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port


class Letters:
    """What a mail server took in; where it is told to, it refuses all."""

    def __init__(self) -> None:
        self.address = ""
        self.taken: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take a letter in, or refuse it."""
        if self.refuses:
            return "451 not now"
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.taken.append(letter)
        return "250 taken"


@contextmanager
def letter_server() -> Iterator[Letters]:
    """Yield what a mail server takes in, until the end of the block."""
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    letters.address = f"smtp://127.0.0.1:{controller.port}?from=archive%40example.org"
    try:
        yield letters
    finally:
        controller.stop()
