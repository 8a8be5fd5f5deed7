"""Passwords as they are kept: slow hashes, keyed where the site has a key; weak ones refused."""

import hmac
import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from archive.commands.accounts import folded_name
from archive.commands.guessing import is_easily_guessed, is_leaked
from archive.errors import FieldError
from archive.languages import Words

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128
# Once longer ones were taken, and they still open what they did.
_LONGEST_TYPED: Final = 1024

_PASSWORD_ACCEPTED: Final = Words(
    f"{SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符，且不同于用户名",
    f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, other than the name",
)
_UNGUESSED_ACCEPTED: Final = Words(
    "不易猜中的密码，不能是常用密码，也不能由名字、日期或连续按键拼成",
    "one that is hard to guess: no common password, and not made of names, dates or rows of keys",
)
_LEAKED_ACCEPTED: Final = Words(
    "不在已泄露密码之列的密码：这个密码在泄露的密码中极为常见",
    "one that has not leaked: this one stands among the commonest of leaked passwords",
)
_HIDDEN: Final = "…"
# What is kept of a password that was keyed before it was hashed begins so.
_PEPPERED: Final = "hmac:"


def demand_strong(password: str, *, name: str) -> None:
    """Raise FieldError where *password* is too short, too long, or easily guessed."""
    long_enough = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
    if not long_enough or folded_name(password) == name or len(set(password)) == 1:
        raise FieldError(field="password", value=_HIDDEN, accepted=_PASSWORD_ACCEPTED)
    if is_leaked(password):
        raise FieldError(field="password", value=_HIDDEN, accepted=_LEAKED_ACCEPTED)
    if is_easily_guessed(password, name=name):
        raise FieldError(field="password", value=_HIDDEN, accepted=_UNGUESSED_ACCEPTED)


def hashed(password: str, *, name: str, pepper: str = "") -> str:
    """Return what is kept of a password, or raise FieldError for a weak one; dear work."""
    demand_strong(password, name=name)
    return _hash(password, pepper)


def is_right(password: str, *, kept: str, pepper: str) -> bool:
    """Tell whether *password* is the one that was *kept*; as dear where nothing was."""
    # A longer one is nobody's password, and would only cost work.
    typed = password if len(password) <= _LONGEST_TYPED else ""
    if kept.startswith(_PEPPERED):
        typed = _peppered(typed, pepper)
    try:
        _hasher().verify(kept.removeprefix(_PEPPERED) or _hash_of_nobody(), typed)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def renewed(password: str, *, kept: str, pepper: str) -> str:
    """Return another hash of the right password where the one *kept* is too cheap by now."""
    is_plain = bool(pepper) and not kept.startswith(_PEPPERED)
    is_cheap = is_plain or _hasher().check_needs_rehash(kept.removeprefix(_PEPPERED))
    return _hash(password, pepper) if is_cheap else ""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _hash(password: str, pepper: str) -> str:
    if not pepper:
        return _hasher().hash(password)
    return _PEPPERED + _hasher().hash(_peppered(password, pepper))


def _peppered(password: str, pepper: str) -> str:
    """Return *password* as only who knows the site's own key could have it hashed."""
    return hmac.new(pepper.encode(), password.encode(errors="replace"), "sha256").hexdigest()
