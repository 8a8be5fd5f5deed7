"""The tables of people who may edit: no part of the log, and nothing of it depends on them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from archive.storage.metadata import BIG, metadata

accounts = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("mail", Text, nullable=False, server_default=""),
)

# Only the SHA-256 of a session's token is kept: a stolen copy of the table opens nothing.
sessions = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

# The password was right, the second factor is yet to be shown.
half_logins = Table(
    "half_login",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
)

# ``secret`` is encrypted; ``last_step`` is the time step of the last code taken, for none is
# taken twice. Until ``confirmed_at`` it asks nothing of anybody.
second_factors = Table(
    "second_factor",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("secret", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
)

recovery_codes = Table(
    "recovery_code",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
)

# What somebody is told of their own account; ``mail`` is where it is sent to besides.
notices = Table(
    "notice",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("deed", Text, nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("mail", Text, nullable=False, server_default=""),
    Column("read_at", BigInteger),
    Column("mailed_at", BigInteger, index=True),
    Index(None, "account_id", "read_at"),
)

login_attempts = Table(
    "login_attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("attempted_at", BigInteger, nullable=False),
    Index(None, "name", "attempted_at"),
    Index(None, "address", "attempted_at"),
)

installation = Table(
    "installation",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
