import pytest

from tests.cli.conftest import Run
from tests.servers import free_port

PASSWORD = "correct horse battery"  # noqa: S105 - of nobody
ADD = ("user", "add", "bob", "--role", "editor")


def test_a_password_is_asked_for_twice_and_not_shown(archive: Run) -> None:
    result = archive(*ADD, stdin=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0, result.stderr
    assert "bob" in result.stderr
    assert PASSWORD not in result.output


def test_a_password_may_come_from_stdin(archive: Run) -> None:
    assert archive(*ADD, "--password-stdin", stdin=f"{PASSWORD}\n").exit_code == 0


@pytest.mark.parametrize("password", ["short", "", "a" * 2000], ids=["short", "none", "long"])
def test_a_weak_password_is_refused_and_not_repeated(archive: Run, password: str) -> None:
    result = archive(*ADD, "--password-stdin", stdin=f"{password}\n")

    assert result.exit_code == 1
    assert "password" in result.stderr
    assert not password or password not in result.stderr


def test_a_name_that_is_taken_is_refused(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)

    result = archive(*ADD, "--password-stdin", stdin=PASSWORD)

    assert result.exit_code == 1
    assert "bob" in result.stderr


def test_two_passwords_that_differ_are_asked_for_again(archive: Run) -> None:
    result = archive(*ADD, stdin=f"{PASSWORD}\nsomething else\n{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0


def test_a_prompt_that_is_broken_off_adds_nobody(archive: Run) -> None:
    result = archive(*ADD, stdin="")

    assert result.exit_code == 130
    assert archive(*ADD, "--password-stdin", stdin=PASSWORD).exit_code == 0


def test_a_password_can_be_changed(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)

    changed = archive("user", "password", "bob", "--password-stdin", stdin="another long one")
    unknown = archive("user", "password", "eve", "--password-stdin", stdin="another long one")

    assert changed.exit_code == 0
    assert unknown.exit_code == 1


def test_a_role_is_changed_and_people_are_listed(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)

    changed = archive("user", "role", "bob", "--role", "reviewer")
    unknown = archive("user", "role", "eve", "--role", "reviewer")

    assert changed.exit_code == 0
    assert unknown.exit_code == 1
    assert archive("user", "list").stdout == "bob\treviewer\t-\n"


def test_an_address_for_notices_is_kept_or_refused(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)

    assert archive("user", "mail", "bob", "bob@example.org").exit_code == 0
    assert archive("user", "mail", "bob").exit_code == 0
    refused = archive("user", "mail", "bob", "no address")
    assert refused.exit_code == 1
    assert "name@example.org" in refused.stderr


def test_a_lost_second_factor_is_taken_away(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)

    reset = archive("user", "reset-second-factor", "bob")
    unknown = archive("user", "reset-second-factor", "eve")

    assert reset.exit_code == 0
    assert "taken away" in reset.stderr
    assert unknown.exit_code == 1


def test_a_mail_server_that_is_not_there_hinders_no_command(archive: Run) -> None:
    archive(*ADD, "--password-stdin", stdin=PASSWORD)
    archive("user", "mail", "bob", "bob@example.org")

    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("ARCHIVE_MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
        changed = archive("user", "role", "bob", "--role", "reader")

    assert changed.exit_code == 0
