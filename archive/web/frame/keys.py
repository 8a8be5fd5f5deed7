"""The key that signs cookies and forms: the settings', else one kept in the database."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.exc import DatabaseError
from typing_extensions import override

from archive.commands.keys import keep_signing_key, signing_key
from archive.errors import ArchiveError
from archive.settings import Settings
from archive.storage import reading, writing


class KeptKeySessions(SecureCookieSessionInterface):
    """Cookies signed with a key that every process of one installation shares."""

    @override
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs, once the shared key is known."""
        settings: Settings = app.extensions["archive_settings"]
        if not settings.secret_key and "archive_key" not in app.extensions:
            _share(app)
        return super().get_signing_serializer(app)


def _share(app: Flask) -> None:
    try:
        key = _kept(app)
    except (ArchiveError, DatabaseError):  # no tables yet: this process's own key serves till then
        return
    app.config["SECRET_KEY"] = app.extensions["archive_key"] = key.hex()


def _kept(app: Flask) -> bytes:
    engine = app.extensions["archive_engine"]
    with reading(engine) as connection:
        key = signing_key(connection)
    if key is not None:
        return key
    with writing(engine) as connection:
        return keep_signing_key(connection)
