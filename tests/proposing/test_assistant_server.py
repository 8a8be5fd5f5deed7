"""An OpenAI-compatible server asked over real HTTP: its answers, its failures, its silence."""

import gzip
import json
import re
import socket
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from archive.errors import ArchiveError, FieldError
from archive.proposing import assistant_of
from archive.proposing.assisting import Assistant, ChatAssistant, Suggestion
from archive.proposing.assisting.chatting import LONGEST_ANSWER
from archive.proposing.assisting.refusals import (
    LongAnswerError,
    RefusingAssistantError,
    SlowAssistantError,
    UnreachableAssistantError,
    UnreadableAnswerError,
)
from archive.settings import Settings
from archive.vocabulary import WORLD_KINDS
from tests.assistants import Recorded, a_draft, assistant_server, completion
from tests.servers import free_port

DAY = date(2023, 7, 1)
TEXT = "2023年6月29日，美团宣布收购光年之外。"
KEY = "a-key-of-nobody"
SHORT = 0.3


@pytest.fixture
def server() -> Iterator[Recorded]:
    with assistant_server() as recorded:
        yield recorded


def assistant_at(address: str, **more: object) -> Assistant:
    found = assistant_of(Settings(assistant_url=address, **more))  # type: ignore[arg-type]  # a test's own words
    assert found is not None
    return found


def asked(address: str, **more: object) -> tuple[Suggestion, ...]:
    return tuple(assistant_at(address, **more).suggest(TEXT, published=DAY, language="zh"))


def test_no_setting_means_no_assistant() -> None:
    assert assistant_of(Settings.from_environment({})) is None


def test_the_environment_names_the_server_its_model_its_key_and_the_patience() -> None:
    environment = {
        "ARCHIVE_ASSISTANT_URL": "http://127.0.0.1:1/v1",
        "ARCHIVE_ASSISTANT_MODEL": "a-model",
        "ARCHIVE_ASSISTANT_KEY": KEY,
        "ARCHIVE_ASSISTANT_SECONDS": "7",
    }

    settings = Settings.from_environment(environment)

    assert assistant_of(settings) == ChatAssistant("http://127.0.0.1:1/v1", "a-model", KEY, 7)
    assert KEY not in repr(settings)
    assert KEY not in repr(assistant_of(settings))


@pytest.mark.parametrize("words", ["", "0", "-3", "soon", "1e9", "٣"])
def test_a_patience_that_is_no_number_is_the_usual_one(words: str) -> None:
    settings = Settings.from_environment({"ARCHIVE_ASSISTANT_SECONDS": words})

    assert settings.assistant_seconds == Settings().assistant_seconds


def test_the_article_is_asked_about_as_data_with_the_kinds_of_the_vocabulary(
    server: Recorded,
) -> None:
    server.say(a_draft("deal_announced", "宣布收购", when="2023年6月29日"))

    found = asked(server.address, assistant_model="a-model", assistant_key=KEY)

    assert found == (Suggestion("deal_announced", "宣布收购", "", "2023年6月29日"),)
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == [f"Bearer {KEY}"]
    (question,) = server.asked
    system, user = question["messages"]
    assert question["model"] == "a-model"
    assert all(f"- {name} (" in system["content"] for name in WORLD_KINDS)
    assert json.loads(user["content"]) == {
        "published": "2023-07-01",
        "text": TEXT,
        "language": "zh",
    }


def test_a_server_may_be_named_by_the_whole_address_and_without_a_key(server: Recorded) -> None:
    asked(f"{server.address}/chat/completions?version=2")
    asked(f"{server.address}/")

    assert server.paths == ["/v1/chat/completions?version=2", "/v1/chat/completions"]
    assert server.keys == ["", ""]
    assert "model" not in server.asked[0]


def test_an_answer_in_a_fence_is_read_too(server: Recorded) -> None:
    server.answer = completion('```json\n{"drafts": [{"kind": "k", "kind_words": "w"}]}\n```')

    assert asked(server.address) == (Suggestion("k", "w"),)


def test_what_is_no_draft_is_left_out_of_a_list(server: Recorded) -> None:
    kept = a_draft("k", "w", fields={"buyer": ["a", 1, "b"], "amount": "c", "x": {"y": 1}})

    server.say(None, 3, "draft", {"kind": 1}, {}, kept, [kept])

    assert asked(server.address) == (
        Suggestion("k", "w", fields=(("buyer", "a"), ("buyer", "b"), ("amount", "c"))),
    )


def test_not_more_than_so_many_drafts_and_fields_are_taken(server: Recorded) -> None:
    server.say(*(a_draft("k", "w", fields={"f": ["x"] * 99}) for _number in range(99)))

    found = asked(server.address)

    assert len(found) == 60
    assert len(found[0].fields) == 40


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>busy</html>", id="a page"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"{}", id="no choices"),
        pytest.param(b'{"choices": []}', id="no choice"),
        pytest.param(completion(None), id="no content"),
        pytest.param(completion("I cannot help with that."), id="prose"),
        pytest.param(completion('{"drafts": [{"kind":'), id="cut short"),
        pytest.param(completion('{"drafts": "none"}'), id="no list"),
        pytest.param(completion("[" * 100_000), id="a deep nest"),
        pytest.param(completion("```json" + "\n" * 400_000 + "x"), id="blanks without end"),
        pytest.param(completion("```" + " " * 400_000 + "x```"), id="blanks in a fence"),
        pytest.param(completion('{"drafts": ' + "[" * 5000 + "]" * 5000 + "}"), id="a deep list"),
        pytest.param(gzip.compress(completion('{"drafts": []}')), id="packed"),
    ],
)
def test_an_answer_that_is_no_list_of_drafts_is_refused(server: Recorded, answer: bytes) -> None:
    server.answer = answer

    with pytest.raises(UnreadableAnswerError):
        asked(server.address)


@pytest.mark.parametrize("status", [204, 301, 302, 307, 400, 401, 404, 429, 500, 503])
def test_any_status_but_200_is_told_and_no_redirect_is_followed(
    server: Recorded, status: int
) -> None:
    server.status = status
    server.headers = {"Location": f"{server.address}/elsewhere"}

    with pytest.raises(RefusingAssistantError) as told:
        asked(server.address)

    assert str(status) in told.value.words("en")
    assert len(server.asked) == 1


def test_an_answer_larger_than_is_read_is_refused(server: Recorded) -> None:
    server.answer = completion("x" * (LONGEST_ANSWER + 1))

    with pytest.raises(LongAnswerError):
        asked(server.address)


def test_a_server_that_never_answers_is_given_up(server: Recorded) -> None:
    server.hangs = True

    with pytest.raises(SlowAssistantError) as told:
        asked(server.address, assistant_seconds=SHORT)

    assert "0.3" in told.value.words("zh")


def test_a_server_that_answers_byte_by_byte_is_given_up_too(server: Recorded) -> None:
    server.say(*(a_draft("k", "w") for _number in range(50)))
    server.drips = True

    with pytest.raises(SlowAssistantError):
        asked(server.address, assistant_seconds=SHORT)


def test_a_server_that_is_down_is_named() -> None:
    port = free_port()

    with pytest.raises(UnreachableAssistantError) as told:
        asked(f"http://127.0.0.1:{port}/v1", assistant_key=KEY)

    for locale in ("zh", "en"):
        assert f"127.0.0.1:{port}" in told.value.words(locale)
        assert KEY not in told.value.words(locale)


def test_a_server_without_tls_does_not_answer_https(server: Recorded) -> None:
    with pytest.raises(UnreachableAssistantError):
        asked(server.address.replace("http:", "https:"), assistant_seconds=5)

    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/v1",
        "gopher://127.0.0.1/",
        "127.0.0.1:8080",
        "http://",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:port/",
        "http://somebody:secret@127.0.0.1/v1",
        "http://127.0.0.1/v 1",
        "http://127.0.0.1/v1\r\nX-Injected: 1",
        "http://例子.cn/v1",
        "http://a..b/v1",
        f"http://{'a' * 64}.example/v1",
    ],
)
def test_an_address_that_is_not_plain_http_is_refused(address: str) -> None:
    with pytest.raises(FieldError) as told:
        asked(address)

    assert told.value.field == "ARCHIVE_ASSISTANT_URL"
    assert "secret" not in told.value.words("en")


@pytest.mark.parametrize("key", ["a\r\nX-Injected: 1", "钥匙"])
def test_a_key_that_is_no_header_is_refused_and_not_told(server: Recorded, key: str) -> None:
    with pytest.raises(FieldError) as told:
        asked(server.address, assistant_key=key)

    assert key not in told.value.words("en")
    assert server.asked == []


@pytest.mark.parametrize(
    "error",
    [
        LongAnswerError(server="a", limit=1),
        RefusingAssistantError(server="a", status=500),
        SlowAssistantError(server="a", seconds="1"),
        UnreachableAssistantError(server="a", reason="b"),
        UnreadableAnswerError(server="a"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_failure_is_told_in_both_languages(error: ArchiveError) -> None:
    assert re.search("[\u4e00-\u9fff]", error.words("zh"))
    assert error.words("en").isascii()


def test_a_look_up_that_does_not_end_is_given_up_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()

    def never(*_arguments: object, **_more: object) -> list[object]:
        over.wait()
        return []

    monkeypatch.setattr("archive.proposing.assisting.posting.socket.getaddrinfo", never)
    try:
        with pytest.raises(SlowAssistantError):
            asked("http://assistant.example/v1", assistant_seconds=SHORT)
    finally:
        over.set()


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_more: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("archive.proposing.assisting.posting.socket.getaddrinfo", fail)

    with pytest.raises(UnreachableAssistantError) as refused:
        asked("http://assistant.example/v1")

    assert "Name or service not known" in refused.value.words("en")


def test_the_second_address_of_a_server_is_tried_where_the_first_is_silent(
    server: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    server.say(a_draft("deal_announced", "宣布收购", when="2023年6月29日"))

    def two(host: str, port: int, **more: int) -> list[object]:
        return [*real(host, free_port(), **more), *real(host, port, **more)]

    monkeypatch.setattr("archive.proposing.assisting.posting.socket.getaddrinfo", two)

    assert len(asked(server.address)) == 1
