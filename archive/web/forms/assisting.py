"""The assistant asked about an article; what it proposes is kept as offers, marked for ever."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from archive.commands.articles import Article, article_called
from archive.commands.asking import ASKED, demand_patience
from archive.commands.draft_lists import drop_offers
from archive.commands.drafts import ASSISTED, OFFERED, Draft, keep_draft
from archive.commands.noting import note
from archive.proposing import Assistant, NoAssistantError, Proposal, assistant_of, assisted
from archive.storage import writing
from archive.vocabulary import kind
from archive.web.forms.drafting import fill
from archive.web.forms.keeping import ARTICLE, ORIGIN, draft_of
from archive.web.forms.offering import words_of
from archive.web.forms.panes import day_of
from archive.web.forms.proposed import typed_from
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.session import current_connection, current_settings, engine, let_go


def may_ask() -> bool:
    """Tell whether the site has an assistant."""
    return bool(current_settings().assistant_url)


def ask_about(name: str) -> int:
    """Keep what the assistant proposes from the article called *name*; return how many.

    What it offered before and nobody took up gives way. Raises AssistantError where it gives
    nothing, TooManyQuestionsError where it was asked too often: then all stays as it was.
    """
    connection = current_connection()
    article = article_called(connection, name)
    day, language = day_of(connection, article), article.language or None
    assistant = _assistant()
    _count_question(article)
    let_go()  # a model may think for a minute; no transaction is to wait for it
    suggested = assistant.suggest(article.text, published=day, language=language)
    connection = current_connection()
    found = assisted(connection, article.text, suggested, published=day, language=language)
    offers = [_offer(connection, article, one) for one in found]
    _keep(article, offers, said=f"{assistant.name}: {len(offers)}")
    return len(offers)


def _count_question(article: Article) -> None:
    """Note that somebody asks, before anybody is asked; TooManyQuestionsError after too many."""
    by, now = current_account().name, current_instant()
    with writing(engine()) as connection:
        demand_patience(connection, account=by, most=current_settings().assistant_hourly, now=now)
        note(connection, deed=ASKED, about=article.id, account=by, now=now)


def _assistant() -> Assistant:
    found = assistant_of(current_settings())
    if found is None:
        raise NoAssistantError
    return found


def _offer(connection: Connection, article: Article, proposal: Proposal) -> Draft:
    of_kind = kind(proposal.kind)
    pairs = list(typed_from(proposal, article, of_kind).fields.items(multi=True))
    pairs += [(ARTICLE, article.id), (ORIGIN, ASSISTED), *words_of(proposal)]
    typed = Typed(MultiDict(pairs))
    filled = fill(connection, of_kind, typed, step=Step("show"))
    return replace(draft_of(filled, typed), status=OFFERED)


def _keep(article: Article, offers: Sequence[Draft], *, said: str) -> None:
    by, now = current_account().name, current_instant()
    with writing(engine()) as connection:
        drop_offers(connection, account=by, article=article.id)
        for one in offers:
            keep_draft(connection, draft=one, now=now)
        note(connection, deed="assisted", about=article.id, account=by, now=now, words=said)
