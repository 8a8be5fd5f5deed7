"""What must be read again and yet not lie open in the database: encrypted under a derived key."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from archive.commands.keys import keep_signing_key

_PURPOSE = b"archive: secrets of second factors"


def sealed(connection: Connection, text: str, *, secret_key: str) -> bytes:
    """Return *text* encrypted under the site's key."""
    return _fernet(connection, secret_key).encrypt(text.encode())


def opened(connection: Connection, kept: bytes, *, secret_key: str) -> str | None:
    """Return what was sealed; None where that was done under another key."""
    try:
        return _fernet(connection, secret_key).decrypt(bytes(kept)).decode()
    except InvalidToken:
        return None


def _fernet(connection: Connection, secret_key: str) -> Fernet:
    """Return what encrypts: under the setting's key, else the one that the database keeps."""
    source = secret_key.encode() or keep_signing_key(connection)
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(source)
    return Fernet(base64.urlsafe_b64encode(derived))
