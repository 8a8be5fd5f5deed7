"""Arrays and lines as a server reads them: whatever is spelt is read again as it was."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from archive.projections.spelling import array, copied
from archive.storage import run

TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20
) | st.sampled_from(["NULL", "null", "\\N", "\\.", "{}", '"', "\\", "a,b", " a ", "\t\n\r\v", ""])
NUMBERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False)
OFTEN = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@OFTEN
@given(st.lists(st.none() | TEXTS), st.lists(st.none() | NUMBERS), st.lists(st.none() | FLOATS))
def test_an_array_is_read_as_the_values_it_was_made_of(
    connection: Connection,
    texts: list[str | None],
    numbers: list[int | None],
    floats: list[float | None],
) -> None:
    if connection.dialect.name != "postgresql":
        return  # a file takes keys as JSON
    given_each = (array(texts), array(numbers), array(floats))

    found = run(connection, "SELECT %s::TEXT[], %s::BIGINT[], %s::FLOAT[]", given_each).fetchone()

    assert found == (texts, numbers, floats)


@OFTEN
@given(st.lists(st.tuples(st.none() | TEXTS, st.none() | NUMBERS, st.none() | FLOATS)))
def test_lines_are_copied_in_as_the_rows_they_were_made_of(
    connection: Connection, rows: list[tuple[str | None, int | None, float | None]]
) -> None:
    if connection.dialect.name != "postgresql":
        return  # a file takes rows by themselves
    connection.execute(text("DROP TABLE IF EXISTS copied_in"))
    made = "CREATE TEMPORARY TABLE copied_in (said TEXT, whole BIGINT, broken FLOAT, n SERIAL)"
    connection.execute(text(made))
    driver = connection.connection.driver_connection
    assert driver is not None

    into = "COPY copied_in (said, whole, broken) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(copied(rows))

    found = run(connection, "SELECT said, whole, broken FROM copied_in ORDER BY n").fetchall()
    assert found == rows
