"""Articles of our own, read for drafts."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.commands.recording import checked
from archive.dates import describe
from archive.proposing import Span, propose, propose_at
from archive.queries import head
from tests.builders import a_source
from tests.proposing.gold import Article, Wanted, articles, name_all, named, values

ARTICLES = articles()
PUBLISHED = date(2024, 5, 20)
WANTED = [
    pytest.param(article, wanted, id=f"{article.name} {number}: {wanted.kind}")
    for article in ARTICLES
    for number, wanted in enumerate(article.wanted, start=1)
]
COMPANY = named("northwind-ai", "organization", "北风智能", "Northwind AI", "北风")
MODEL = named("osprey", "model", "鱼鹰大模型", "Osprey")
PERSON = named("maria-keller", "person", "玛丽亚·凯勒", "Maria Keller")


@pytest.mark.parametrize(("article", "wanted"), WANTED)
def test_an_article_proposes_what_it_tells(
    connection: Connection, article: Article, wanted: Wanted
) -> None:
    name_all(connection, article.entities)

    found = propose(
        connection, article.text, published=article.published, language=article.language
    )

    proposal = wanted.found_in(found)
    assert proposal is not None
    assert wanted.lacking(proposal) == []


@pytest.mark.parametrize("article", ARTICLES, ids=[one.name for one in ARTICLES])
def test_every_field_shows_the_words_it_came_from(
    connection: Connection, article: Article
) -> None:
    name_all(connection, article.entities)

    found = propose(connection, article.text, published=article.published)

    for one in found:
        assert one.quote_span.of(article.text) == one.quote
        assert one.kind_span.of(article.text) == one.kind_words
        assert one.when_span.of(article.text) == one.stated
        for filled in (*one.roles, *one.data):
            assert filled.words
            assert filled.span.of(article.text) == filled.words
        for name in one.named:
            assert name.span.of(article.text) == name.words


@pytest.mark.parametrize("article", ARTICLES, ids=[one.name for one in ARTICLES])
def test_a_draft_lies_in_the_paragraph_that_its_locator_names(
    connection: Connection, article: Article
) -> None:
    name_all(connection, article.entities)
    paragraphs = [line for line in article.text.splitlines() if line.strip()]

    found = propose(connection, article.text, published=article.published)

    assert found
    for one in found:
        assert one.locator == f"¶{one.paragraph}"
        assert one.quote in paragraphs[one.paragraph - 1]


@pytest.mark.parametrize("article", ARTICLES, ids=[one.name for one in ARTICLES])
def test_a_draft_that_misses_nothing_can_be_recorded(
    connection: Connection, article: Article
) -> None:
    name_all(connection, article.entities)
    whole = [
        one
        for one in propose(connection, article.text, published=article.published)
        if not one.missing and (one.kind != "figure_reported" or values(one, "value"))
    ]

    events = checked(connection, [a_source("s"), *(one.raw("s") for one in whole)])

    assert len(events) == len(whole) + 1 > 3


def test_to_propose_records_nothing(connection: Connection) -> None:
    name_all(connection, [COMPANY])
    before = head(connection)

    propose(connection, "北风智能于2021年6月成立。", published=PUBLISHED)

    assert head(connection) == before


def test_a_dated_sentence_without_a_name_is_still_a_draft(connection: Connection) -> None:
    (found,) = propose(connection, "2023年3月，什么都没有改变。", published=PUBLISHED)

    assert (found.kind, found.edtf, found.subject) == ("figure_reported", "2023-03", "")
    assert "subject" in found.missing


def test_a_text_without_dates_proposes_nothing(connection: Connection) -> None:
    name_all(connection, [COMPANY, MODEL])

    assert propose(connection, "北风智能发布了鱼鹰大模型。", published=PUBLISHED) == ()
    assert propose(connection, " \n\n ", published=PUBLISHED) == ()


def test_what_is_denied_is_no_event(connection: Connection) -> None:
    name_all(connection, [COMPANY, MODEL])

    found = propose(connection, "2024年3月，北风智能并未发布鱼鹰大模型。", published=PUBLISHED)

    assert "model_released" not in {one.kind for one in found}


def test_a_sentence_goes_on_with_the_date_before_it(connection: Connection) -> None:
    name_all(connection, [COMPANY, MODEL])
    text = "2024年3月8日，北风智能召开发布会。会上，北风智能发布了鱼鹰大模型。"

    found = propose(connection, text, published=PUBLISHED)

    (release,) = (one for one in found if one.kind == "model_released")
    assert release.is_carried
    assert release.edtf == "2024-03-08"
    assert release.when_span.of(text) == "2024年3月8日"


def test_a_passive_verb_swaps_who_buys_and_who_is_bought(connection: Connection) -> None:
    target = named("harbour-labs", "organization", "港湾实验室", "Harbour Labs")
    name_all(connection, [COMPANY, target])

    found = [
        propose(connection, text, published=PUBLISHED)[0]
        for text in (
            "2024年3月，港湾实验室被北风智能以3亿元全资收购。",
            "In March 2024, Harbour Labs was acquired by Northwind AI for 300m yuan.",
            "In March 2024, Northwind AI acquired Harbour Labs.",
        )
    ]

    assert {one.kind for one in found} == {"deal_closed"}
    assert {values(one, "buyer")[0] for one in found} == {"northwind-ai"}
    assert {one.subject for one in found} == {"harbour-labs"}


def test_a_list_of_subjects_gives_a_draft_each(connection: Connection) -> None:
    name_all(connection, [MODEL, named("kestrel", "model", "红隼大模型", "Kestrel")])

    found = propose(connection, "3月8日，鱼鹰大模型和红隼大模型均宣布开源。", published=PUBLISHED)

    opened = {one.subject for one in found if one.kind == "weights_released"}
    assert opened == {"osprey", "kestrel"}


def test_a_fall_is_a_growth_below_nothing(connection: Connection) -> None:
    name_all(connection, [named("gale", "product", "大风助手", "Gale")])

    (found,) = propose(connection, "2024年4月，大风助手访问量环比下滑9.7%。", published=PUBLISHED)

    assert values(found, "measure") == ["visits_growth"]
    assert values(found, "value")[0]["exact"] == "-9.7"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("2024年，北风智能发布了产品。", "[2024-01-01..2024-05-20]", id="capped"),
        pytest.param("北风智能计划在2024年上市。", "2024", id="still to come"),
        pytest.param("从2023年2月起，北风智能开始研发模型。", "2023-02", id="begun"),
        pytest.param(
            "2023年6月23日有消息。25日晚，北风智能宣布了此事。", "2023-06-25", id="bare day"
        ),
        pytest.param("过去三年，北风智能亏损10亿元。", "2021/2023", id="years past"),
        pytest.param("前几天，北风智能成立。", "[2024-05-11..2024-05-19]", id="few days ago"),
        pytest.param("年前，北风智能完成重组。", "[..2024-02-09]", id="before the lunar new year"),
        pytest.param("进入4月之后，北风智能陷入亏损。", "2024-04/..", id="a month entered"),
        pytest.param(
            "2023年6月3日有消息。当时，北风智能并不在意。", "2023-06-03", id="at that time"
        ),
        pytest.param(
            "2023年6月3日有消息。那期间，北风智能很忙。", "2023-06~", id="around that time"
        ),
        pytest.param(
            "2023年2月7日立项，3月16日发布。这期间，北风智能很忙。",
            "[2023-02-07..2023-03-16]",
            id="in between",
        ),
        pytest.param(
            "2024年3月1日有消息。此后，北风智能亏损10亿元。",
            "[2024-03-01..2024-05-20]",
            id="afterwards",
        ),
        pytest.param("北风智能股价为5元/股（截至4月30日收盘）。", "2024-04-30", id="at the close"),
        pytest.param("截至12月31日，北风智能有500名员工。", "[..2023-12-31]", id="as of, by now"),
        pytest.param("2023世界智能大会上，北风智能透露了消息。", "2023", id="gathering"),
        pytest.param(
            "2023年5月有消息。半个月后，北风智能成立。",
            "[2023-05-16..2023-06-15]",
            id="half a month after a month",
        ),
    ],
)
def test_a_date_is_what_the_tale_means(connection: Connection, text: str, edtf: str) -> None:
    name_all(connection, [COMPANY])

    found = propose(connection, text, published=PUBLISHED)

    assert edtf in {one.edtf for one in found}


def test_a_model_that_the_archive_does_not_know_is_left_open(connection: Connection) -> None:
    name_all(connection, [COMPANY])

    (model,) = propose(connection, "3月8日，北风智能发布了一款安全模型。", published=PUBLISHED)
    (product,) = propose(connection, "3月8日，北风智能推出新的写作应用。", published=PUBLISHED)
    (report,) = propose(connection, "3月8日，北风智能发布了年报。", published=PUBLISHED)

    assert (model.kind, model.missing) == ("model_released", ("model",))
    assert (product.kind, product.missing) == ("product_launched", ("product",))
    assert report.kind == "figure_reported"


def test_words_about_a_trade_are_about_its_entity(connection: Connection) -> None:
    sector = named("china-models", "organization", "中国大模型行业", "China's model sector")
    abroad = named("world-models", "organization", "全球大模型行业", "The model sector")
    name_all(connection, [sector, abroad])

    (home,) = propose(connection, "2023年，国内大模型快速发展。", published=PUBLISHED)
    (world,) = propose(connection, "2023年，全球大模型快速发展。", published=PUBLISHED)

    assert (home.subject, world.subject) == ("china-models", "world-models")


def test_what_a_person_says_is_a_statement_of_that_day(connection: Connection) -> None:
    name_all(connection, [COMPANY, PERSON])
    text = "3月8日，玛丽亚·凯勒表示，北风智能不会上市。她还强调，到2030年一切都会不同。"

    found = propose(connection, text, published=PUBLISHED)

    said = [one for one in found if values(one, "speaker") == ["maria-keller"]]
    assert {one.edtf for one in said} == {"2024-03-08"}
    assert [values(one, "measure") for one in said] == [["statement"], ["outlook"]]
    assert said[0].subject == "northwind-ai"


def test_a_quotation_needs_no_verb(connection: Connection) -> None:
    name_all(connection, [PERSON])
    text = "3月8日，玛丽亚·凯勒：“我们要做的事情还有很多很多很多。”"

    (found,) = propose(connection, text, published=PUBLISHED)

    assert values(found, "speaker") == ["maria-keller"]


def test_a_selection_fills_its_own_draft(connection: Connection) -> None:
    name_all(connection, [COMPANY, MODEL, PERSON])
    text = "北风智能由玛丽亚·凯勒于2021年3月创立。\n2024年4月，北风智能发布鱼鹰大模型，引来关注。"
    start = text.index("北风智能发布")
    span = Span(start, start + len("北风智能发布鱼鹰大模型"))

    found = propose_at(connection, text, span=span, published=PUBLISHED)

    assert found is not None
    assert (found.kind, found.edtf, found.subject) == ("model_released", "2024-04", "osprey")
    assert (found.quote, found.locator) == ("北风智能发布鱼鹰大模型", "¶2")


def test_a_selection_without_a_date_is_bounded_by_the_publication(connection: Connection) -> None:
    name_all(connection, [COMPANY, MODEL])
    text = "北风智能发布鱼鹰大模型。"

    found = propose_at(connection, text, span=Span(0, len(text)), published=PUBLISHED)

    assert found is not None
    assert (found.edtf, found.stated) == ("[..2024-05-20]", "")
    assert propose_at(connection, "  \n ", span=Span(0, 3), published=PUBLISHED) is None


PIECES = st.sampled_from(
    [
        *(
            "北风智能",
            "鱼鹰大模型",
            "Maria Keller",
            "Osprey",
            "被",
            "收购",
            "融资",
            "发布",
            "离职",
            "，",
        ),
        *(
            "。",
            "2023年3月",
            "昨天",
            "3亿元",
            "US$13bn",
            "51%",
            "前几天",
            "半个月后",
            "当日",
            "《",
            "”",
        ),
        *(
            "In May 2024",
            " was founded by ",
            ", ",
            ". ",
            "\n",
            "7日",
            "元/股",
            "那期间",
            "\ud800",
            "\x00",
        ),
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES | st.text(max_size=6), max_size=30), published=st.dates())
def test_any_text_gives_drafts_of_its_own_words(
    connection: Connection, pieces: list[str], published: date
) -> None:
    if head(connection).position == 0:
        name_all(connection, [COMPANY, MODEL, PERSON])
    text = "".join(pieces)

    found = propose(connection, text, published=published)

    for one in found:
        describe(one.edtf)
        assert one.quote == one.quote_span.of(text)
        assert all(filled.span.of(text) == filled.words for filled in (*one.roles, *one.data))
        assert one.when_span.of(text) == one.stated
