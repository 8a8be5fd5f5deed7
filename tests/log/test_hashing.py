"""The format of the hashes, computed from its description alone: none can change it unnoticed."""

import hashlib
import struct

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from archive.log import hashing
from archive.log.codec import decode, encode
from archive.log.tables import events, kinds, streams
from archive.storage import reading
from archive.vocabulary import Claim, Event, Mention, Occurred
from tests.builders import MORNING, an_event, keep

AN_EVENT = Event(
    id="2023-06-29-meituan-acquires-light-years-beyond",
    kind="deal_closed",
    stream="light-years-beyond",
    occurred=Occurred(
        edtf="2023-06-29~",
        earliest="2023-06-29",
        latest="2023-06-29",
        stated="6月29日",
        date_kind="announced",
        place="CN",
        after="deal-announced",
    ),
    entities=(
        Mention("meituan", "organization", "buyer", {"zh": "美团", "en": "Meituan"}),
        Mention("light-years-beyond", "organization", "target", {"zh": "光年之外", "en": "LYB"}),
    ),
    data={"share": {"exact": "100"}, "amount": {"exact": "2065000000", "currency": "CNY"}},
    title={"zh": "美团收购光年之外", "en": "Meituan buys Light Years Beyond"},
    claims=(Claim("000_9e2ff0efb83ee42c", locator="¶1"),),
    importance="landmark",
)
PAYLOAD = (
    '{"after":"deal-announced","before":"","claims":[{"confidence":"high","grade":"","locator":"¶1","quote":"","quote_language":"",'
    '"reason":"","source":"000_9e2ff0efb83ee42c"}],'
    '"data":{"amount":{"currency":"CNY","exact":"2065000000"},"share":{"exact":"100"}},'
    '"date_kind":"announced",'
    '"entities":[{"id":"meituan","names":{"en":"Meituan","zh":"美团"},'
    '"role":"buyer","type":"organization"},'
    '{"id":"light-years-beyond","names":{"en":"LYB","zh":"光年之外"},'
    '"role":"target","type":"organization"}],'
    '"importance":"landmark","place":"CN","stated":"6月29日","summary":{},"tags":[],'
    '"title":{"en":"Meituan buys Light Years Beyond","zh":"美团收购光年之外"}}'
).encode()
SALT = bytes(range(16))
RECORDED_AT = 1_795_250_400_000_001
DAY = 2_460_125  # the Julian Day Number of 29 June 2023
PAYLOAD_HASH = "1f816f6220054c3692badab632b3c738d4ad76d6aea9479576f57f8437c2e553"
LEAF = "037ce1fd6592f1082b762f68fbf01c1f80b8f00d2ef3151cade04cd2a6938397"


def field(value: bytes | str | int | None) -> bytes:
    """A length in four bytes, big-endian, then the bytes; what is absent is 0xFFFFFFFF alone."""
    if value is None:
        return b"\xff" * 4
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8")
    return struct.pack(">I", len(raw)) + raw


def hash_of(*fields: bytes | str | int | None, prefix: bytes = b"") -> bytes:
    return hashlib.sha256(prefix + b"".join(field(one) for one in fields)).digest()


def test_the_payload_is_canonical_json() -> None:
    assert encode(AN_EVENT) == PAYLOAD


def test_the_hash_of_a_payload_is_pinned() -> None:
    digest = hashing.payload_hash(PAYLOAD, salt=SALT)

    assert digest == hash_of(SALT, PAYLOAD)
    assert digest.hex() == PAYLOAD_HASH


def test_the_leaf_of_an_event_is_pinned() -> None:
    digest = hash_of(SALT, PAYLOAD)
    envelope = (
        *(AN_EVENT.id, AN_EVENT.stream, AN_EVENT.kind, AN_EVENT.kind_version, "2023-06-29~"),
        *(DAY, DAY, RECORDED_AT, "seed", None, None),
    )

    leaf = hashing.leaf(*envelope, payload_digest=digest)

    assert leaf == hash_of("1", *envelope, digest, prefix=b"\x00")
    assert leaf.hex() == LEAF


def test_what_the_log_keeps_follows_the_format(engine: Engine) -> None:
    keep(engine, an_event(when="[..2023-06]"), an_event(id="exact", when="2023-06-29"))

    with reading(engine) as connection:
        rows = connection.execute(
            select(events, streams.c.name.label("stream"), kinds.c.name.label("kind"))
            .join(streams, streams.c.id == events.c.stream_id)
            .join(kinds, kinds.c.id == events.c.kind_id)
            .order_by(events.c.position)
        ).all()

    for row in rows:
        digest = hash_of(bytes(row.salt), bytes(row.payload))
        kept = (row.id, row.stream, row.kind, 1, row.edtf, row.earliest, row.latest)
        put_on = (row.recorded_at, row.recorded_by, row.about)
        assert bytes(row.payload_hash) == digest
        assert bytes(row.leaf) == hash_of("1", *kept, *put_on, digest, prefix=b"\x00")
        assert len(row.salt) == 16
    assert rows[1].earliest is None
    assert rows[2].earliest == rows[2].latest == DAY
    assert rows[0].recorded_at == round(MORNING.timestamp()) * 10**6
    assert len({bytes(row.salt) for row in rows}) == len(rows)


texts = st.one_of(st.none(), st.text(max_size=8))


@given(st.lists(texts, min_size=10, max_size=10), st.lists(texts, min_size=10, max_size=10))
def test_two_envelopes_have_one_leaf_only_if_they_are_the_same(
    one: list[str | None], other: list[str | None]
) -> None:
    leaves = [hashing.leaf(*envelope, payload_digest=b"") for envelope in (one, other)]

    assert (leaves[0] == leaves[1]) is (one == other)


def test_text_cannot_move_from_one_field_into_the_next() -> None:
    rest = ("x",) * 8

    assert hashing.leaf("ab", "c", *rest, payload_digest=b"") != hashing.leaf(
        "a", "bc", *rest, payload_digest=b""
    )


def test_the_payload_reads_back_as_the_event() -> None:
    when = Occurred(edtf="2023-06-29~", earliest="2023-06-29", latest="2023-06-29")

    read = decode(
        encode(AN_EVENT),
        event_id=AN_EVENT.id,
        kind=AN_EVENT.kind,
        kind_version=1,
        stream=AN_EVENT.stream,
        when=when,
    )

    assert read == AN_EVENT
