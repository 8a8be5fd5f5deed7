"""An assistant behind the chat completions of an OpenAI-compatible server."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import msgspec

from archive.errors import FieldError
from archive.languages import Words
from archive.proposing.assisting.answering import NoListError, suggestions_in
from archive.proposing.assisting.posting import post, server_at
from archive.proposing.assisting.refusals import UnreadableAnswerError
from archive.proposing.assisting.suggesting import Assistant, Suggestion
from archive.proposing.assisting.wording import question, rules
from archive.settings import Settings

LONGEST_ANSWER: Final = 1_000_000
_PATH: Final = "/chat/completions"
_URL, _KEY = "ARCHIVE_ASSISTANT_URL", "ARCHIVE_ASSISTANT_KEY"
_A_KEY: Final = Words("只含可打印的 ASCII 字符", "printable ASCII characters alone")


@dataclass(frozen=True, slots=True)
class ChatAssistant:
    """A model on a server that speaks as OpenAI's does; each question is one request."""

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    seconds: float = 60

    @property
    def name(self) -> str:
        """Return the model's name, or its server's where that has but one."""
        return self.model or server_at(self.url, field=_URL).name

    def suggest(
        self, text: str, *, published: date, language: str | None = None
    ) -> Sequence[Suggestion]:
        """Return what the model says that *text* tells; raises AssistantError, FieldError."""
        server = server_at(_completions(self.url), field=_URL)
        body = msgspec.json.encode(self._asked(text, published, language))
        answer = post(
            server, body, headers=self._headers(), seconds=self.seconds, longest=LONGEST_ANSWER
        )
        try:
            return suggestions_in(answer)
        except NoListError as error:
            raise UnreadableAnswerError(server=server.name) from error

    def _asked(self, text: str, published: date, language: str | None) -> dict[str, object]:
        told = question(text, published=published, language=language)
        return {
            **({"model": self.model} if self.model else {}),
            "temperature": 0,
            "stream": False,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": rules()},
                {"role": "user", "content": told},
            ],
        }

    def _headers(self) -> dict[str, str]:
        if not (self.key.isascii() and self.key.isprintable()):
            raise FieldError(field=_KEY, value="…", accepted=_A_KEY)
        given = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return {"Content-Type": "application/json", "Accept": "application/json", **given}


def assistant_of(settings: Settings) -> Assistant | None:
    """Return the assistant that *settings* name; None where it is off."""
    if not settings.assistant_url:
        return None
    return ChatAssistant(
        settings.assistant_url,
        model=settings.assistant_model,
        key=settings.assistant_key,
        seconds=settings.assistant_seconds,
    )


def _completions(url: str) -> str:
    """Return the address that answers: servers are named by their base or by the whole of it."""
    base, mark, query = url.partition("?")
    base = base.rstrip("/")
    return f"{base if base.endswith(_PATH) else base + _PATH}{mark}{query}"
