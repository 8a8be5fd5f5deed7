"""The assistant asked about an article, and what it offers."""

import json

from bs4 import Tag
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from archive.commands.draft_lists import offers_from
from archive.commands.drafts import Draft
from archive.export import log_lines
from archive.storage import reading
from tests.assistants import a_draft
from tests.web.desk import NAME, fields_of, found, page_of, send_file
from tests.web.stories import SOURCE

TEXT = """百川智能的一年

2023年6月29日，美团宣布收购光年之外，价格约20.65亿元。市场反应不一。
"""
SENTENCE = "2023年6月29日，美团宣布收购光年之外，价格约20.65亿元。"
DEAL = a_draft(
    "deal_announced",
    "宣布收购",
    quote=SENTENCE,
    when="2023年6月29日",
    fields={"buyer": ["美团"], "target": "光年之外", "amount": "20.65亿元", "deal": "没有的词"},
)
MARK = "Proposed by a machine"
ENOUGH = {"field-deal_type": "acquisition"}


def pasted(client: FlaskClient) -> str:
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    sent = {**fields, "source": SOURCE, "text": TEXT, "published": "2023-07-01"}
    return send_file(client, "/admin/articles/", sent).headers["Location"]


def ask(client: FlaskClient, address: str) -> TestResponse:
    """Press the button."""
    form = f"form[action='{address}/assistant']"
    return client.post(f"{address}/assistant", data=fields_of(page_of(client.get(address)), form))


def offers(client: FlaskClient, address: str) -> list[Tag]:
    lines = page_of(client.get(address)).select(".offer-list li")
    return [line for line in lines if MARK in line.get_text()]


def opened(client: FlaskClient, address: str) -> TestResponse:
    """Open the first of the assistant's drafts."""
    link = found(page_of(client.get(address)), ".offer-list a[href^='/admin/drafts/']")
    return client.get(str(link["href"]), follow_redirects=True)


def action_of(response: TestResponse) -> str:
    return str(found(page_of(response), "#admin-form")["action"])


def newest(engine: Engine) -> str:
    with reading(engine) as connection:
        *_before, last = log_lines(connection)
    return str(json.loads(last)["id"])


def stored(engine: Engine, address: str) -> list[Draft]:
    with reading(engine) as connection:
        return offers_from(connection, account=NAME, article=address.rsplit("/", 1)[1])
