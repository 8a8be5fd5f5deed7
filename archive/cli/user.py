"""user: people who may log in."""

import sys
from datetime import UTC, datetime

import click

from archive.cli.opening import writer
from archive.cli.speaking import Group, command, option, said, tell
from archive.commands.accounts import ROLES, add_user, change_password
from archive.languages import Words
from archive.settings import Settings

_FROM_STDIN = option(
    "--password-stdin", is_flag=True, zh="从标准输入读密码。", en="Read the password from stdin."
)


def asked_password(*, from_stdin: bool) -> str:
    """Return the password: one line of stdin, or asked for twice without showing it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    prompt = said(Words("密码", "Password"))
    again = said(Words("再输入一次", "Once more"))
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=again, err=True))


@click.group("user", cls=Group, words=Words("能登录的人。", "People who may log in."))
def user() -> None:
    """Hold the commands about people."""


@command("add", "新建用户。", "Add somebody.")
@click.argument("name")
@option("--role", type=click.Choice(list(ROLES)), required=True, zh="角色。", en="The role.")
@_FROM_STDIN
@click.pass_obj
def add(settings: Settings, *, name: str, role: str, password_stdin: bool) -> None:
    """Keep a new account."""
    password = asked_password(from_stdin=password_stdin)
    with writer(settings) as connection:
        account = add_user(
            connection, name=name, password=password, role=role, now=datetime.now(UTC)
        )
    label = ROLES[account.role]
    tell(Words(f"已新建{label.zh}“{account.name}”。", f"Added “{account.name}” as {label.en}."))


@command("password", "改密码，并结束其所有会话。", "Change a password; all sessions end.")
@click.argument("name")
@_FROM_STDIN
@click.pass_obj
def password(settings: Settings, *, name: str, password_stdin: bool) -> None:
    """Give an account another password."""
    typed = asked_password(from_stdin=password_stdin)
    with writer(settings) as connection:
        change_password(connection, name=name, password=typed, now=datetime.now(UTC))
    tell(Words("密码已更改。", "The password was changed."))


user.add_command(add)
user.add_command(password)
