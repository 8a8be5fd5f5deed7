"""More than a form may hold is refused at every address, and no more of it is read."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from typing_extensions import override

from archive.web.forms.uploading import LARGEST_FILE
from archive.web.frame.security import LARGEST_FORM
from tests.web.desk import add_account, cheapen_hashes, log_in
from tests.web.test_admin_permissions import routes

FIFTY_MEGABYTES = 50_000_000
REFUSED = frozenset({400, 401, 413, 415})
SORTS = {
    "a form": "application/x-www-form-urlencoded",
    "a file": "multipart/form-data; boundary=x",
    "JSON": "application/json",
}


class Flood(io.RawIOBase):
    """As many bytes as anybody reads, and how many those were."""

    def __init__(self) -> None:
        super().__init__()
        self.read_so_far = 0

    @override
    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    @override
    def readinto(self, buffer: object) -> int:
        """Give what is asked for, up to fifty megabytes."""
        room = memoryview(buffer)  # type: ignore[arg-type]  # whatever has room for bytes
        count = min(len(room), FIFTY_MEGABYTES - self.read_so_far)
        room[:count] = b"a" * count
        self.read_so_far += count
        return count


@pytest.mark.parametrize("sort", SORTS.values(), ids=SORTS)
@pytest.mark.parametrize("is_told", [True, False], ids=["told", "not told"])
@pytest.mark.parametrize("role", ["stranger", "admin"])
def test_fifty_megabytes_are_refused_everywhere(
    app: Flask,
    client: FlaskClient,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    sort: str,
    *,
    is_told: bool,
) -> None:
    cheapen_hashes(monkeypatch)
    if role == "admin":
        add_account(engine, name="walker", role=role)
        log_in(client, name="walker")
    told = {"CONTENT_LENGTH": str(FIFTY_MEGABYTES)} if is_told else {"wsgi.input_terminated": True}
    addresses = [address for method, address in routes(app) if method == "POST"]
    wrong = []

    for address in (*addresses, "/login", "/logout"):
        flood = Flood()
        environ = {"wsgi.input": flood, **told}
        status = client.post(address, content_type=sort, environ_overrides=environ).status_code
        takes_files = address.startswith("/admin/import/") and role == "admin"
        most = (LARGEST_FILE if takes_files else LARGEST_FORM) + 1_000_000
        # The theme changes nothing but a cookie: whatever is no theme is sent on.
        is_refused = status in REFUSED or address == "/theme"
        if not is_refused or flood.read_so_far > most:
            wrong.append((address, status, flood.read_so_far))

    assert len(addresses) > 10
    assert wrong == []


@pytest.mark.parametrize("count", [1_000, 5_000])
def test_a_form_of_very_many_parts_is_refused(client: FlaskClient, count: int) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'

    response = client.post(
        "/login", data=part * (count + 1) + "--x--\r\n", content_type=SORTS["a file"]
    )

    assert response.status_code == 413
