"""The newest signed checkpoint stands at the foot of every page, and is there to be kept."""

from flask.testing import FlaskClient

from archive.log import read_checkpoint
from tests.log.sealed_logs import sealed


def test_a_page_shows_the_newest_checkpoint_and_leads_to_its_text(
    client: FlaskClient,
) -> None:
    checkpoint = sealed(client.application.extensions["archive_engine"])

    page, note = client.get("/about"), client.get("/checkpoint")

    foot = page.get_data(as_text=True).rpartition("<footer")[2]
    assert f"{checkpoint.size} " in foot
    assert checkpoint.root.hex() in foot
    assert 'href="/checkpoint"' in foot
    assert note.mimetype == "text/plain"
    assert read_checkpoint(note.get_data(as_text=True)) == checkpoint


def test_where_nothing_is_sealed_no_page_says_so(client: FlaskClient) -> None:
    page, note = client.get("/about"), client.get("/checkpoint")

    assert 'href="/checkpoint"' not in page.get_data(as_text=True)
    assert note.status_code == 404
