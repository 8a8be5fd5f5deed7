"""The log with its guards, the read models, and the people who may edit.

The guards make append-only the database's law. On both databases UPDATE and DELETE are refused.
On SQLite a guard before each insert wants the next position, the next place in the stream and an
id not yet used, because INSERT OR REPLACE slips past the other triggers. On a server TRUNCATE is
refused too, and after each insert the positions, those in each stream and the instants must
follow on without a hole. One change is let through: payload and salt may become null where the
table of erasures names the position.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEPT = (
    "position",
    "id",
    "stream_id",
    "stream_position",
    "kind_id",
    "edtf",
    "earliest",
    "latest",
    "recorded_at",
    "recorded_by",
    "about",
    "format",
    "payload_hash",
    "leaf",
)
_APPEND_ONLY = ("event", "stream", "kind", "erasure")
_REFUSAL = "the log is append-only"
# An event may be blanked only where a text_masked is about it, or about what it corrects.
_MASKING = (
    "SELECT 1 FROM event masking JOIN kind ON kind.id = masking.kind_id "
    "JOIN event masked ON masked.position = NEW.position "
    "WHERE masking.position = NEW.masked_by AND kind.name = 'text_masked' "
    "AND masking.about IN (masked.id, masked.about)"
)


def upgrade() -> None:
    """Make the tables, then what the two databases spell differently."""
    _tables()
    if op.get_bind().dialect.name == "postgresql":
        _server()
    else:
        _embedded()


def _embedded() -> None:
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    for table in ("stream", "kind", "erasure"):
        op.execute(
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    for table in ("stream", "kind"):
        op.execute(
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} "
            f"WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}) "
            f"OR EXISTS (SELECT 1 FROM {table} WHERE name = NEW.name"
            f"{' AND version = NEW.version' if table == 'kind' else ''}) "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    op.execute(
        "CREATE TRIGGER erasure_insert BEFORE INSERT ON erasure "
        "WHEN EXISTS (SELECT 1 FROM erasure WHERE position = NEW.position) "
        f"OR NOT EXISTS ({_MASKING}) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )
    kept = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT)
    op.execute(
        f"CREATE TRIGGER event_update BEFORE UPDATE ON event WHEN NOT ({kept} "
        "AND NEW.payload IS NULL AND NEW.salt IS NULL "
        "AND EXISTS (SELECT 1 FROM erasure WHERE position = OLD.position)) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )
    op.execute(
        "CREATE TRIGGER event_insert BEFORE INSERT ON event "
        "WHEN NEW.position IS NOT (SELECT COALESCE(MAX(position), 0) + 1 FROM event) "
        "OR NEW.stream_position IS NOT (SELECT COALESCE(MAX(stream_position), 0) + 1 "
        "FROM event WHERE stream_id = NEW.stream_id) "
        "OR NEW.recorded_at < (SELECT COALESCE(MAX(recorded_at), 0) FROM event "
        "WHERE position = NEW.position - 1) "
        "OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the log takes only the next position'); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='search_document', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    # FTS5's own recipe for a table with outside content: https://sqlite.org/fts5.html, 4.4.3.
    added = "INSERT INTO search_index(rowid, tokens) VALUES (NEW.id, NEW.tokens);"
    removed = (
        "INSERT INTO search_index(search_index, rowid, tokens) "
        "VALUES ('delete', OLD.id, OLD.tokens);"
    )
    for moment, work in (("INSERT", added), ("DELETE", removed), ("UPDATE", removed + added)):
        op.execute(
            f"CREATE TRIGGER search_document_{moment.lower()} AFTER {moment} "
            f"ON search_document BEGIN {work} END"
        )


def _server() -> None:
    op.create_table(
        "log_head",
        sa.Column("only", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_log_head")),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_log_head_one_row")),
    )
    op.execute("INSERT INTO log_head VALUES (1, 0, 0)")
    kept = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT)
    op.execute(
        "CREATE FUNCTION log_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION log_masks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {kept} AND NEW.payload IS NULL AND NEW.salt IS NULL "
        "AND EXISTS (SELECT 1 FROM erasure WHERE position = OLD.position) "
        f"THEN RETURN NEW; END IF; RAISE EXCEPTION '{_REFUSAL}' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION log_erases() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({_MASKING}) THEN RETURN NEW; END IF; RAISE EXCEPTION '{_REFUSAL}' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION log_is_dense() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE low bigint; high bigint; many bigint; early boolean; BEGIN "
        "SELECT min(position), max(position), count(*) INTO low, high, many FROM added; "
        "SELECT bool_or(recorded_at < before) INTO early FROM (SELECT recorded_at, "
        "lag(recorded_at) OVER (ORDER BY position) AS before FROM added) AS instants; "
        "IF many > 0 AND (high - low + 1 <> many OR early "
        "OR high > (SELECT position FROM log_head) "
        "OR (low <> 1 AND NOT EXISTS (SELECT 1 FROM event AS last, added AS first "
        "WHERE last.position = low - 1 AND first.position = low "
        "AND last.recorded_at <= first.recorded_at))) "
        "THEN RAISE EXCEPTION 'the log takes only the next position' "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE FUNCTION log_head_rises() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.position >= OLD.position AND NEW.recorded_at >= OLD.recorded_at "
        "THEN RETURN NEW; END IF; RAISE EXCEPTION 'the head of the log only rises' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION log_head_is_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.position IS DISTINCT FROM (SELECT max(position) FROM event) "
        "AND NEW.position = (SELECT position FROM log_head) "
        "THEN RAISE EXCEPTION 'the head of the log is where the log ends' "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL; END $$"
    )
    for table in _APPEND_ONLY:
        update = "log_masks" if table == "event" else "log_refuses"
        _trigger(table, "update", f"BEFORE UPDATE ON {table} FOR EACH ROW", update)
        _trigger(table, "delete", f"BEFORE DELETE ON {table} FOR EACH ROW", "log_refuses")
        _trigger(table, "truncate", f"BEFORE TRUNCATE ON {table}", "log_refuses")
    _trigger(
        "event",
        "insert",
        "AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
        "log_is_dense",
    )
    _trigger("erasure", "insert", "BEFORE INSERT ON erasure FOR EACH ROW", "log_erases")
    _trigger("log_head", "update", "BEFORE UPDATE ON log_head FOR EACH ROW", "log_head_rises")
    op.execute(
        "CREATE CONSTRAINT TRIGGER log_head_end AFTER UPDATE ON log_head DEFERRABLE "
        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION log_head_is_end()"
    )
    _trigger("log_head", "delete", "BEFORE DELETE ON log_head FOR EACH ROW", "log_refuses")
    _trigger("log_head", "truncate", "BEFORE TRUNCATE ON log_head", "log_refuses")
    op.execute(
        "CREATE INDEX search_index ON search_document "
        "USING gin (to_tsvector('simple'::regconfig, tokens))"
    )


def _trigger(table: str, moment: str, when: str, function: str) -> None:
    name = f"{table}_{moment}"
    op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _tables() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "attribute",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint("entity_type", "name", name=op.f("uq_attribute_entity_type_name")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("projection", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.PrimaryKeyConstraint("projection", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "dispute",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "root",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("settled", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("chosen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("position", "root", name=op.f("pk_dispute")),
    )
    op.create_index(op.f("ix_dispute_root"), "dispute", ["root"], unique=False)
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("slug", name=op.f("uq_entity_slug")),
    )
    op.create_index(op.f("ix_entity_type_name_en"), "entity", ["type", "name_en"], unique=False)
    op.create_table(
        "fact_value",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_value")),
        sa.UniqueConstraint("value", name=op.f("uq_fact_value_value")),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "kind",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kind")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_kind_name_version")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("attempted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index(
        op.f("ix_login_attempt_address_attempted_at"),
        "login_attempt",
        ["address", "attempted_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_login_attempt_name_attempted_at"),
        "login_attempt",
        ["name", "attempted_at"],
        unique=False,
    )
    op.create_table(
        "occurrence",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("root", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kind_group", sa.Text(), nullable=False),
        sa.Column("lo", sa.Integer(), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("hi", sa.Integer(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("importance", sa.SmallInteger(), nullable=False),
        sa.Column("confidence", sa.SmallInteger(), nullable=False),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_occurrence")),
    )
    op.create_index(op.f("ix_occurrence_kind_v"), "occurrence", ["kind", "v"], unique=False)
    op.create_index(op.f("ix_occurrence_root"), "occurrence", ["root"], unique=False)
    op.create_index(
        op.f("ix_occurrence_v_position"), "occurrence", ["v", "position"], unique=False
    )
    op.create_table(
        "occurrence_source",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("source", "position", name=op.f("pk_occurrence_source")),
    )
    op.create_index(
        op.f("ix_occurrence_source_position"), "occurrence_source", ["position"], unique=False
    )
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column(
            "reference", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("what", "reference", name=op.f("uq_search_document_what_reference")),
        info={"indexed_by": "full text; see the first migration"},
    )
    op.create_table(
        "source",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("slug", "position", name=op.f("pk_source")),
    )
    op.create_table(
        "stream",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
        sa.UniqueConstraint("name", name=op.f("uq_stream_name")),
    )
    op.create_table(
        "cell",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"], ["attribute.id"], name=op.f("fk_cell_attribute_id_attribute")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_cell_entity_id_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell")),
        sa.UniqueConstraint(
            "entity_id",
            "attribute_id",
            "member",
            name=op.f("uq_cell_entity_id_attribute_id_member"),
        ),
    )
    op.create_index(op.f("ix_cell_attribute_id_id"), "cell", ["attribute_id", "id"], unique=False)
    op.create_table(
        "entity_merge",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_id"], ["entity.id"], name=op.f("fk_entity_merge_from_id_entity")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["entity.id"], name=op.f("fk_entity_merge_into_id_entity")
        ),
        sa.PrimaryKeyConstraint("position", "from_id", name=op.f("pk_entity_merge")),
    )
    op.create_table(
        "entity_name",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_entity_name_entity_id_entity")
        ),
        sa.PrimaryKeyConstraint("position", "number", name=op.f("pk_entity_name")),
    )
    op.create_index(op.f("ix_entity_name_entity_id"), "entity_name", ["entity_id"], unique=False)
    op.create_table(
        "event",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("stream_position", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Integer(), nullable=True),
        sa.Column("latest", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("format", sa.SmallInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["kind.id"], name=op.f("fk_event_kind_id_kind")),
        sa.ForeignKeyConstraint(
            ["stream_id"], ["stream.id"], name=op.f("fk_event_stream_id_stream")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
        sa.UniqueConstraint(
            "stream_id", "stream_position", name=op.f("uq_event_stream_id_stream_position")
        ),
    )
    op.create_index(op.f("ix_event_recorded_at"), "event", ["recorded_at"], unique=False)
    op.create_table(
        "occurrence_entity",
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_occurrence_entity_entity_id_entity")
        ),
        sa.PrimaryKeyConstraint(
            "entity_id", "position", "role", name=op.f("pk_occurrence_entity")
        ),
    )
    op.create_index(
        op.f("ix_occurrence_entity_position"), "occurrence_entity", ["position"], unique=False
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_table(
        "erasure",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "masked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["masked_by"], ["event.position"], name=op.f("fk_erasure_masked_by_event")
        ),
        sa.ForeignKeyConstraint(
            ["position"], ["event.position"], name=op.f("fk_erasure_position_event")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_erasure")),
    )
    op.create_table(
        "fact",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("cell_id", sa.Integer(), nullable=False),
        sa.Column("lo", sa.Integer(), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("hi", sa.Integer(), nullable=False),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("value_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_fact_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["value_id"], ["fact_value.id"], name=op.f("fk_fact_value_id_fact_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_asof", "fact", ["cell_id", "v", "hi", "id"], unique=False)
    op.create_index("ix_fact_by_day", "fact", ["v", "cell_id"], unique=False)
    op.create_index(
        "ix_fact_by_value",
        "fact",
        ["value_id", "v", "cell_id"],
        unique=False,
        sqlite_where=sa.text("value_id IS NOT NULL"),
        postgresql_where=sa.text("value_id IS NOT NULL"),
    )
