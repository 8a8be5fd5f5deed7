from sqlalchemy import Engine

from archive.export import calendar
from archive.storage import reading
from tests.builders import an_event, keep


def lines(engine: Engine, locale: str = "en") -> list[bytes]:
    with reading(engine) as connection:
        return b"".join(calendar(connection, locale=locale)).split(b"\r\n")


def test_an_event_lasts_from_its_earliest_to_its_latest_day(engine: Engine) -> None:
    keep(engine, an_event(id="a", when="2023-03", title={"zh": "甲", "en": "One, two; three"}))

    found = lines(engine)

    assert b"DTSTART;VALUE=DATE:20230301" in found
    assert b"DTEND;VALUE=DATE:20230401" in found
    assert rb"SUMMARY:One\, two\; three" in found
    assert "SUMMARY:甲".encode() in lines(engine, "zh")


def test_an_event_without_a_first_day_is_left_out(engine: Engine) -> None:
    keep(engine, an_event(id="a", when="[..2023-03-01]"))

    assert b"BEGIN:VEVENT" not in lines(engine)


def test_the_last_day_of_the_calendar_has_no_day_after(engine: Engine) -> None:
    keep(engine, an_event(id="a", when="9999-12-31"))

    assert b"DTEND;VALUE=DATE:99991231" in lines(engine)


def test_lines_are_folded_between_characters(engine: Engine) -> None:
    title = "一" * 100
    keep(engine, an_event(id="a", title={"zh": title, "en": title}))

    found = lines(engine)

    assert max(len(line) for line in found) <= 75
    assert title in b"\r\n".join(found).replace(b"\r\n ", b"").decode()
