"""serve: show the archive in a browser, with a production server."""

import os
import socket
from dataclasses import replace
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from archive.cli import serving
from archive.cli.opening import reader
from archive.cli.speaking import command, option, tell
from archive.cli.system import system_reason
from archive.errors import ArchiveError
from archive.languages import Words
from archive.settings import Settings

# Beside CPU-bound rendering a thread mostly waits for the database.
_THREADS: Final = 4
# A worker interrupted while it still loads the site misses the signal: after these seconds it
# is ended, or Ctrl+C would wait for it for ever.
_PATIENCE: Final = 5
# Loaded before the workers are forked, so that they share what it needs.
_SITE: Final = f"{serving.__name__}:{serving.site.__name__}"
_HIGHEST_PORT: Final = 65535
_DEFAULTS: Final = Settings()


class PortTakenError(ArchiveError):
    """The address to listen on cannot be had."""

    sentence = Words(
        zh="无法在 {host}:{port} 监听：{reason}。请用 --port 换一个端口。",
        en="Cannot listen on {host}:{port}: {reason}. Take another with --port.",
    )


@command("serve", "启动网站。", "Show the archive in a browser.")
@option("--host", default=_DEFAULTS.host, show_default=True, zh="监听的地址。", en="The address.")
@option(
    "--port",
    type=click.IntRange(1, _HIGHEST_PORT),
    default=_DEFAULTS.port,
    show_default=True,
    zh="监听的端口。",
    en="The port.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=_DEFAULTS.workers,
    show_default=True,
    zh="进程数。",
    en="The number of processes.",
)
@click.pass_obj
def serve(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve the site until interrupted."""
    wanted = replace(settings, host=host, port=port, workers=workers)
    with reader(wanted):
        demand_free(host, port)
    # Workers are processes of their own: the environment is what reaches them.
    os.environ["ARCHIVE_DATABASE_URL"] = wanted.database_url
    _greet(host, port)
    server = Granian(
        _SITE,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.warning,
    )
    server.serve()


def demand_free(host: str, port: int) -> None:
    """Raise PortTakenError unless this process could listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        raise PortTakenError(host=host, port=port, reason=system_reason(error)) from error


def _greet(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    tell(
        Words(
            f"时间线：http://{shown}:{port}\n新建编辑：archive user add 名字 --role editor\n"
            "停止：Ctrl+C",
            f"The timeline: http://{shown}:{port}\n"
            "An editor:    archive user add NAME --role editor\nStop:         Ctrl+C",
        )
    )
