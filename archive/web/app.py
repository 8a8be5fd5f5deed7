"""The application: it wires the parts together and holds no rule."""

from typing import Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from archive.resources import folder
from archive.settings import Settings
from archive.storage import open_engine
from archive.web.frame import (
    asking,
    assets,
    bounding,
    bundling,
    compressing,
    errors,
    filters,
    freshness,
    glyphs,
    htmx,
    keeping,
    sealing,
    security,
    session,
    theming,
    tightening,
    translating,
)
from archive.web.pages import all_pages

_PARTS: Final = (
    session,
    tightening,
    translating,
    bounding,
    asking,
    theming,
    assets,
    bundling,
    compressing,
    filters,
    security,
    freshness,
    glyphs,
    htmx,
    keeping,
    sealing,
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
    # An address with a slash at its end and one without are the same, so nobody is sent about.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.extensions["archive_settings"] = settings
    app.extensions["archive_engine"] = open_engine(settings.database_url)
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    for part in _PARTS:
        part.install(app)
    for page in all_pages():
        app.register_blueprint(page)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    """Take the reader's address and scheme from the *count* proxies that stand before the site."""
    if count:
        fixed = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask's documentation has it
