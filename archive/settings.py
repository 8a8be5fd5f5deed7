"""What the surroundings decide, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_DATABASE = "sqlite:///archive.db"
DEFAULT_PATIENCE = 60.0
DEFAULT_FILES, DEFAULT_MEGABYTES, DEFAULT_DRAFTS = 500, 500, 500
DEFAULT_QUESTIONS = 30
_LONGEST_PATIENCE = 600
_COUNTS = frozenset("123456789")
_LONGEST_COUNT = 9


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``secret_key`` signs sessions and forms; where it is empty the site keeps one in the database.
    ``password_key`` keys passwords before they are hashed; without it none of those opens.
    ``secure_cookies`` is for sites behind HTTPS. ``trusted_hosts`` empty trusts any host name.
    ``trusted_proxies`` is how many proxies, each adding X-Forwarded-For, stand before the site.
    ``four_eyes`` are the kinds of event that take two people, ``*`` all of them.
    ``signing_key`` is the file of the key that signs checkpoints; where it is empty one is kept
    beside an SQLite archive, and a server's archive is sealed unsigned.
    ``assistant_url`` is where an OpenAI-compatible server is asked for drafts; where it is empty
    nobody is. Its answer is waited for no longer than ``assistant_seconds``, and nobody may ask
    more than ``assistant_hourly`` times in an hour.
    ``needs_second_factor`` keeps administrators without a second factor from all but setting one.
    ``mail_url`` is the server that notices are mailed through; where it is empty none are.
    ``most_files``, ``most_megabytes`` and ``most_drafts`` are what one person may have kept.
    ``most_requests`` is how many an address may send in a minute; 0 refuses none.
    """

    database_url: str = DEFAULT_DATABASE
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    secret_key: str = field(default="", repr=False)
    password_key: str = field(default="", repr=False)
    secure_cookies: bool = False
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    four_eyes: frozenset[str] = frozenset()
    signing_key: str = ""
    assistant_url: str = ""
    assistant_model: str = ""
    assistant_key: str = field(default="", repr=False)
    assistant_seconds: float = DEFAULT_PATIENCE
    assistant_hourly: int = DEFAULT_QUESTIONS
    needs_second_factor: bool = False
    mail_url: str = field(default="", repr=False)
    most_files: int = DEFAULT_FILES
    most_megabytes: int = DEFAULT_MEGABYTES
    most_drafts: int = DEFAULT_DRAFTS
    most_requests: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that *environment* gives, under names that begin ``ARCHIVE_``."""
        hosts = environment.get("ARCHIVE_TRUSTED_HOSTS", "")
        eyes = environment.get("ARCHIVE_FOUR_EYES", "")
        proxies = environment.get("ARCHIVE_TRUSTED_PROXIES", "")
        return cls(
            database_url=environment.get("ARCHIVE_DATABASE_URL") or DEFAULT_DATABASE,
            secret_key=environment.get("ARCHIVE_SECRET_KEY", ""),
            password_key=environment.get("ARCHIVE_PASSWORD_KEY", ""),
            secure_cookies=environment.get("ARCHIVE_SECURE_COOKIES", "") == "1",
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            trusted_proxies=int(proxies) if proxies in _COUNTS else 0,
            four_eyes=frozenset(kind.strip() for kind in eyes.split(",") if kind.strip()),
            signing_key=environment.get("ARCHIVE_SIGNING_KEY", ""),
            assistant_url=environment.get("ARCHIVE_ASSISTANT_URL", "").strip(),
            assistant_model=environment.get("ARCHIVE_ASSISTANT_MODEL", "").strip(),
            assistant_key=environment.get("ARCHIVE_ASSISTANT_KEY", "").strip(),
            assistant_seconds=_seconds(environment.get("ARCHIVE_ASSISTANT_SECONDS", "")),
            assistant_hourly=_count(environment, "ASSISTANT_HOURLY", DEFAULT_QUESTIONS),
            needs_second_factor=environment.get("ARCHIVE_ADMIN_SECOND_FACTOR", "") == "required",
            mail_url=environment.get("ARCHIVE_MAIL_URL", "").strip(),
            most_files=_count(environment, "MOST_FILES", DEFAULT_FILES),
            most_megabytes=_count(environment, "MOST_MEGABYTES", DEFAULT_MEGABYTES),
            most_drafts=_count(environment, "MOST_DRAFTS", DEFAULT_DRAFTS),
            most_requests=_count(environment, "MOST_REQUESTS", 0),
        )


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    words = environment.get(f"ARCHIVE_{name}", "")
    is_number = words.isascii() and words.isdecimal() and len(words) <= _LONGEST_COUNT
    return int(words) if is_number else default


def _seconds(words: str) -> float:
    is_number = words.isascii() and words.isdecimal() and words.strip("0") != ""
    return min(float(words), _LONGEST_PATIENCE) if is_number else DEFAULT_PATIENCE
