import pytest

from tests.cli.conftest import Run

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
