"""Pages of the site with the seeds in it, against a Flask view that says nothing."""

import sys
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Final
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from archive.cli.seed import seed_files
from archive.commands.passwords import add_user
from archive.ingest import drafts_of, take_in
from archive.settings import Settings
from archive.storage import writing
from archive.web import create_app
from tests.benchmarks.places import Place, processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_call
from tests.benchmarks.timing import Work, contest

TITLE: Final = "Pages of the site"
WORDS: Final = (
    "Flask's test client, the archive's seeds, whole pages as a visitor without JavaScript gets "
    "them, no cookie and no If-None-Match. The rival is an application with one view that "
    "returns an empty text. The readings of a date are the pieces that the desk's form asks for "
    "50 ms after a pause in typing, as an editor who has chosen a source."
)
PAGES: Final = ("/", "/?lang=en", "/state/2023-06-30", "/search?q=智谱")
# What the form asks at each pause in typing: words, a doubt that asks the log, EDTF, no date.
READINGS: Final = ("late March 2024", "02/08/2022", "2022-34~", "any day now")
SOURCE: Final = "001_163e6e853f9a0655"
EDITOR: Final = "editor"
OK: Final = 200
EMPTY: Final = "an empty Flask view"


def measure(plan: Plan) -> Section:
    """Return the cost of a visit by database and page."""
    lines = [line for place in plan.places for line in _lines(place, plan)]
    return Section(TITLE, WORDS, (per_call(lines),))


def _lines(place: Place, plan: Plan) -> list[Line]:
    with place.archive() as engine:
        _seed(engine)
        url = engine.url.render_as_string(hide_password=False)
        client = create_app(Settings(database_url=url)).test_client()
        visits = {page: _visiting(client, page) for page in PAGES}
        answers = {page: client.get(page) for page in PAGES}
        editor = _editor(create_app(Settings(database_url=url)), engine)
        for address in (_reading(words) for words in READINGS):
            visits[address] = _visiting(editor, address)
            answers[address] = editor.get(address)
        with engine.connect() as connection:
            server = processor_of(connection)
        work: dict[str, Work] = visits | {EMPTY: _visiting(_empty_site(), "/")}
        costs = contest(work, rounds=plan.rounds, server=server)
    return [
        Line(f"{place.name}: {page}{_noted(answers[page])}", EMPTY, costs[page], costs[EMPTY])
        for page in visits
    ]


def _reading(words: str) -> str:
    return f"/admin/read-date?{urlencode({'when': words, 'source': SOURCE})}"


def _editor(site: Flask, engine: Engine) -> FlaskClient:
    """Return a client that is logged in, asking for pieces of pages as the form's script does."""
    site.config["WTF_CSRF_ENABLED"] = False
    with writing(engine) as connection:
        password = token_urlsafe()
        add_user(connection, name=EDITOR, password=password, role=EDITOR, now=datetime.now(UTC))
    client = site.test_client()
    client.environ_base["HTTP_HX_REQUEST"] = "true"
    client.post("/login", data={"name": EDITOR, "password": password})
    return client


def _noted(answer: TestResponse) -> str:
    """Return the size of a page; one that did not come is told apart."""
    if answer.status_code != OK:
        return f" (ANSWERED {answer.status_code})"
    return f" ({len(answer.data) / 1024:,.0f} KB)"


def _seed(engine: Engine) -> None:
    files = [str(path) for path in seed_files()]
    with writing(engine) as connection:
        drafts = drafts_of(files, stdin=sys.stdin.buffer)
        take_in(connection, drafts, recorded_by="bench")


def _visiting(client: FlaskClient, page: str) -> Work:
    return lambda: client.get(page)


def _empty_site() -> FlaskClient:
    site = Flask("empty")
    site.add_url_rule("/", view_func=lambda: "")
    return site.test_client()
