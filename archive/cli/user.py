"""user: people who may log in."""

import sys
from datetime import UTC, datetime

import click

from archive.cli.opening import engine_of, reader, writer
from archive.cli.speaking import Group, command, option, said, tell
from archive.commands.accounts import ROLES, change_mail, change_role
from archive.commands.mailing import send_notices
from archive.commands.passwords import add_user, change_password
from archive.commands.people import people
from archive.commands.second_factor import reset_factor
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
            connection,
            name=name,
            password=password,
            role=role,
            now=datetime.now(UTC),
            pepper=settings.password_key,
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
        key, now = settings.password_key, datetime.now(UTC)
        change_password(connection, name=name, password=typed, now=now, pepper=key)
    _tell_by_mail(settings)
    tell(Words("密码已更改。", "The password was changed."))


@command("role", "改角色，并结束其所有会话。", "Change a role; all sessions end.")
@click.argument("name")
@option("--role", type=click.Choice(list(ROLES)), required=True, zh="角色。", en="The role.")
@click.pass_obj
def role(settings: Settings, *, name: str, role: str) -> None:
    """Give an account another role."""
    with writer(settings) as connection:
        change_role(connection, name=name, role=role, now=datetime.now(UTC))
    _tell_by_mail(settings)
    tell(Words("角色已更改。", "The role was changed."))


@command("mail", "改接收通知的邮箱。", "Change the address for notices.")
@click.argument("name")
@click.argument("address", default="")
@click.pass_obj
def mail(settings: Settings, *, name: str, address: str) -> None:
    """Let notices of an account be mailed to an address, or to nobody."""
    with writer(settings) as connection:
        change_mail(connection, name=name, mail=address, now=datetime.now(UTC))
    _tell_by_mail(settings)
    tell(Words("邮箱已更改。", "The address was changed."))


@command(
    "reset-second-factor",
    "清除第二重验证，并结束其所有会话。",
    "Take a second factor away; all sessions end.",
)
@click.argument("name")
@click.pass_obj
def reset_second_factor(settings: Settings, *, name: str) -> None:
    """Let somebody who lost their device in by the password alone."""
    with writer(settings) as connection:
        reset_factor(connection, name=name, now=datetime.now(UTC))
    _tell_by_mail(settings)
    tell(Words("第二重验证已清除。", "The second factor was taken away."))


@command("list", "列出能登录的人。", "List the people.")
@click.pass_obj
def list_people(settings: Settings) -> None:
    """Print name, role and whether there is a second factor, parted by tabs."""
    with reader(settings) as connection:
        for one in people(connection):
            factor = "second-factor" if one.has_second_factor else "-"
            click.echo(f"{one.name}\t{one.role}\t{factor}")


def _tell_by_mail(settings: Settings) -> None:
    if settings.mail_url:
        with engine_of(settings) as engine:
            send_notices(engine, address=settings.mail_url, now=datetime.now(UTC))


for _one in (add, password, role, mail, reset_second_factor, list_people):
    user.add_command(_one)
