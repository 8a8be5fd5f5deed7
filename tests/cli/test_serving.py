"""What a worker has done before anybody asks it."""

from sqlalchemy import Engine

from archive.cli.serving import warm
from archive.settings import Settings
from archive.storage import writing
from archive.web import create_app
from tests.builders import an_event, recorded


def test_a_site_has_its_first_page_ready_before_anybody_asks(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    with writing(engine) as connection:
        recorded(connection, [an_event("model_released", when="2023-07-14")])
    site = create_app(Settings(database_url=url))
    assert site.jinja_env.cache is not None
    assert not list(site.jinja_env.cache)

    warm(site)
    site.extensions["archive_engine"].dispose()

    compiled = {name for _loader, name in site.jinja_env.cache}
    assert {"layout.html", "pages/timeline.html", "fragments/timeline_lanes.html"} <= compiled


def test_a_site_whose_database_is_away_is_served_all_the_same() -> None:
    site = create_app(Settings(database_url="sqlite:///nowhere.db"))

    warm(site)

    with site.test_client().get("/static/js/timeline.js") as answer:
        assert answer.status_code == 200
