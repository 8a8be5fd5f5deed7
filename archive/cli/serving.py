"""What each worker of the server runs: the site, with an engine of its own."""

from flask import Flask

from archive.settings import Settings
from archive.web import create_app


def site() -> Flask:
    """Return the site of the archive that the environment names."""
    return create_app(Settings.from_environment())
