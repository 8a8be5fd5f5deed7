"""What each worker of the server runs: the site, and beside it who seals the log."""

import gc

from flask import Flask

from archive.cli.sealing import keep_sealing
from archive.languages import LOCALES
from archive.settings import Settings
from archive.web import create_app


def site() -> Flask:
    """Return the site of the archive that the environment names."""
    settings = Settings.from_environment()
    keep_sealing(settings)
    made = create_app(settings)
    warm(made)
    # What is loaded by now stays for good; the collector need not walk over it at each large page.
    gc.collect()
    gc.freeze()
    return made


def warm(site: Flask) -> None:
    """Ask the site for its first page in each language, as a reader would.

    So templates are compiled, and the database is opened, before the first reader waits for it.
    """
    client = site.test_client()
    for locale in LOCALES:
        client.get("/", query_string={"lang": locale})
