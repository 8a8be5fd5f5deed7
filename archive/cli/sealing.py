"""Who seals the log without being asked: a command at its end, and a server as long as it runs."""

import logging
import threading
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from archive.cli.door import refusal
from archive.cli.opening import engine_of
from archive.cli.speaking import tell
from archive.languages import LOCALES, Words
from archive.log import seal_tiles, signer_of
from archive.settings import Settings
from archive.storage import database_file, is_held_up, open_engine, reading, writing

# An event is sealed at most a second after it was recorded.
SECONDS: Final = 0.5
_HELD_UP: Final = Words(
    "已隐去文字，但另有进程正在读取数据库，其文件中暂时还留有这些文字，有人再写入时才会覆盖。",
    "The text is masked, but another process reads the database: its files still hold the text, "
    "until somebody writes again.",
)


def seal_at_end(settings: Settings) -> None:
    """Seal what was recorded; it is kept already, so that what hinders this is only told."""
    try:
        with engine_of(settings) as engine:
            seal_tiles(engine, signer=signer_of(engine, named=settings.signing_key))
            if _forget_again(engine):
                tell(_HELD_UP)
    except Exception as error:  # noqa: BLE001 - what was recorded is kept, whatever comes behind it
        refused = refusal(error)
        tell(Words(*map(refused.words, LOCALES)) if refused else Words(repr(error), repr(error)))


def keep_sealing(settings: Settings) -> threading.Event:
    """Seal the log beside the caller's work until the event that is returned is set."""
    stop = threading.Event()
    engine = open_engine(settings.database_url)
    worker = threading.Thread(
        target=_seal_until, args=(stop, engine, settings), name="sealing", daemon=True
    )
    worker.start()
    return stop


def _seal_until(stop: threading.Event, engine: Engine, settings: Settings) -> None:
    said = ""
    while not stop.wait(SECONDS):
        try:
            seal_tiles(engine, signer=signer_of(engine, named=settings.signing_key))
            _forget_again(engine)
            said = ""
        except Exception as error:  # noqa: BLE001 - none must end the sealing
            refused = refusal(error)
            words = refused.words("en") if refused else repr(error)
            if words != said:
                level = logging.WARNING if isinstance(error, SQLAlchemyError) else logging.ERROR
                logging.getLogger("archive.sealing").log(level, "%s", words)
            said = words
    engine.dispose()


def _forget_again(engine: Engine) -> bool:
    """Try again to be rid of a masked text, if need be; tell whether it is still held up.

    Readers may have held on to it, or whoever masked it was killed before it was overwritten.
    """
    if not _is_held_up(engine):
        return False
    with writing(engine):
        pass
    return _is_held_up(engine)


def _is_held_up(engine: Engine) -> bool:
    file = database_file(engine)
    if file is None:
        return False
    with reading(engine) as connection:
        return is_held_up(connection, file)
