"""The application: it wires the parts together and holds no rule."""

from typing import Final

from flask import Flask

from archive.resources import folder
from archive.settings import Settings
from archive.storage import open_engine
from archive.web.frame import (
    assets,
    compressing,
    errors,
    filters,
    freshness,
    glyphs,
    htmx,
    security,
    session,
    theming,
    translating,
)
from archive.web.pages import all_pages

_PARTS: Final = (
    session,
    translating,
    theming,
    assets,
    compressing,
    filters,
    security,
    freshness,
    glyphs,
    htmx,
    errors,
)


def create_app(settings: Settings) -> Flask:
    """Return the site of the archive at ``settings.database_url``; nothing is opened yet."""
    app = Flask(
        "archive.web",
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        static_url_path="/static",
    )
    app.extensions["archive_settings"] = settings
    app.extensions["archive_engine"] = open_engine(settings.database_url)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for part in _PARTS:
        part.install(app)
    for page in all_pages():
        app.register_blueprint(page)
    return app
