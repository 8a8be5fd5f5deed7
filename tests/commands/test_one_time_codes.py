"""One-time codes as RFC 6238 has them, and as apps read them."""

from datetime import UTC, datetime, timedelta

import pyotp
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.accounts import Account
from archive.commands.second_factor import _step_met, address_of

# The secret of RFC 6238, appendix B, and the last six digits of what it gives there.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - published
PUBLISHED = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
INSTANTS = st.datetimes(
    datetime(2001, 1, 1),  # noqa: DTZ001 - hypothesis wants none
    datetime(2099, 1, 1),  # noqa: DTZ001 - hypothesis wants none
    timezones=st.just(UTC),
)


def test_the_codes_are_those_of_the_standard() -> None:
    met = {
        seconds: _step_met(SECRET, code, datetime.fromtimestamp(seconds, UTC))
        for seconds, code in PUBLISHED.items()
    }

    assert met == {seconds: seconds // 30 for seconds in PUBLISHED}


def test_the_address_of_a_secret_is_what_apps_read() -> None:
    found = pyotp.parse_uri(address_of(SECRET, account=Account("anna", "admin")))

    assert isinstance(found, pyotp.TOTP)
    assert (found.secret, found.name, found.issuer) == (SECRET, "anna", "Large-Model Archive")


@given(now=INSTANTS, off=st.integers(-1, 1))
def test_a_code_is_known_by_its_step(now: datetime, off: int) -> None:
    made = now + off * timedelta(seconds=30)
    code, step = pyotp.TOTP(SECRET).at(made), int(made.timestamp()) // 30

    found = _step_met(SECRET, code, now)

    # Steps beside each other may share a code, once in a million times.
    assert found is not None
    assert abs(found - step) <= 2
