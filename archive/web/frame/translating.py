"""The language of an answer: the address first, then the choice made, then the browser."""

from collections.abc import Iterable
from typing import Any, Final

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations

from archive.languages import LOCALES

COOKIE: Final = "lang"
ONE_YEAR: Final = 31_536_000
_CHINESE, _ENGLISH = LOCALES

# The switch names each language in itself.
ENDONYMS: Final = {"zh": "中文", "en": "English"}
HTML_LANGUAGES: Final = {"zh": "zh-Hans", "en": "en"}
# Chinese punctuation is as wide as a character, and has its blank in itself.
_GAPS: Final = {"zh": "", "en": " "}


def install(app: Flask) -> None:
    """Give the site its two languages."""
    app.config["BABEL_DEFAULT_LOCALE"] = _ENGLISH
    Babel(app, locale_selector=chosen_locale)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # its extension gives it
        lambda text: _translations().ugettext(text),
        lambda one, many, n: _translations().ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals["gap"] = gap
    app.after_request(_remember)
    app.context_processor(_words_for_templates)


def chosen_locale() -> str:
    """Return the locale that the request asks for, in the order address, cookie, browser."""
    if not has_request_context():
        return _ENGLISH
    for asked in (request.args.get("lang", ""), request.cookies.get(COOKIE, "")):
        if asked in LOCALES:
            return asked
    accepted = request.accept_languages
    return accepted.best_match(LOCALES) or (_ENGLISH if accepted else _CHINESE)


def current_locale() -> str:
    """Return ``zh`` or ``en``, the language of the answer being made."""
    # Asked for each word of a page, and to find it takes longer than to write the word.
    found: str | None = g.get("locale")
    if found is None:
        locale = get_locale()
        found = _CHINESE if locale is not None and locale.language == _CHINESE else _ENGLISH
        g.locale = found
    return found


def gap() -> str:
    """Return what stands between a sentence, or a colon, and what follows it on its line."""
    return _GAPS[current_locale()]


def run_on(sentences: Iterable[str]) -> str:
    """Return *sentences* one after the other on one line, as the reader's language sets them."""
    return gap().join(sentences)


def _translations() -> Any:
    """Return what translates the words of templates; found once for all words of an answer."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def _words_for_templates() -> dict[str, object]:
    locale = current_locale()
    return {"locale": locale, "html_language": HTML_LANGUAGES[locale], "endonyms": ENDONYMS}


def _remember(response: Response) -> Response:
    if request.args.get("lang") in LOCALES:
        response.set_cookie(COOKIE, request.args["lang"], max_age=ONE_YEAR, samesite="Lax")
    response.headers.setdefault("Content-Language", HTML_LANGUAGES[chosen_locale()])
    return response
