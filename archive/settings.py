"""What the surroundings decide, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_DATABASE = "sqlite:///archive.db"
DEFAULT_PATIENCE = 60.0
_LONGEST_PATIENCE = 600
_COUNTS = frozenset("123456789")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``secret_key`` signs sessions and forms; where it is empty the site keeps one in the database.
    ``secure_cookies`` is for sites behind HTTPS. ``trusted_hosts`` empty trusts any host name.
    ``trusted_proxies`` is how many proxies, each adding X-Forwarded-For, stand before the site.
    ``four_eyes`` are the kinds of event that take two people, ``*`` all of them.
    ``signing_key`` is the file of the key that signs checkpoints; where it is empty one is kept
    beside an SQLite archive, and a server's archive is sealed unsigned.
    ``assistant_url`` is where an OpenAI-compatible server is asked for drafts; where it is empty
    nobody is. Its answer is waited for no longer than ``assistant_seconds``.
    """

    database_url: str = DEFAULT_DATABASE
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    secret_key: str = field(default="", repr=False)
    secure_cookies: bool = False
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    four_eyes: frozenset[str] = frozenset()
    signing_key: str = ""
    assistant_url: str = ""
    assistant_model: str = ""
    assistant_key: str = field(default="", repr=False)
    assistant_seconds: float = DEFAULT_PATIENCE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that *environment* gives, under names that begin ``ARCHIVE_``."""
        hosts = environment.get("ARCHIVE_TRUSTED_HOSTS", "")
        eyes = environment.get("ARCHIVE_FOUR_EYES", "")
        proxies = environment.get("ARCHIVE_TRUSTED_PROXIES", "")
        return cls(
            database_url=environment.get("ARCHIVE_DATABASE_URL") or DEFAULT_DATABASE,
            secret_key=environment.get("ARCHIVE_SECRET_KEY", ""),
            secure_cookies=environment.get("ARCHIVE_SECURE_COOKIES", "") == "1",
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            trusted_proxies=int(proxies) if proxies in _COUNTS else 0,
            four_eyes=frozenset(kind.strip() for kind in eyes.split(",") if kind.strip()),
            signing_key=environment.get("ARCHIVE_SIGNING_KEY", ""),
            assistant_url=environment.get("ARCHIVE_ASSISTANT_URL", "").strip(),
            assistant_model=environment.get("ARCHIVE_ASSISTANT_MODEL", "").strip(),
            assistant_key=environment.get("ARCHIVE_ASSISTANT_KEY", "").strip(),
            assistant_seconds=_seconds(environment.get("ARCHIVE_ASSISTANT_SECONDS", "")),
        )


def _seconds(words: str) -> float:
    is_number = words.isascii() and words.isdecimal() and words.strip("0") != ""
    return min(float(words), _LONGEST_PATIENCE) if is_number else DEFAULT_PATIENCE
