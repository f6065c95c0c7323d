"""Reading articles: formats, encodings, headers, and what cannot be read."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import ArticleError, UsageError
from kg.model import Article
from kg.reading.articles import read
from kg.reading.datelines import header
from kg.reading.days import day
from kg.reading.decoding import UnreadableTextError, decoded
from kg.reading.languages import foreign

SENTENCE = "Kenya and the United Kingdom signed a defence cooperation agreement in London."
PAGE = """<!doctype html><html lang="en"><head><title>Kenya and UK sign pact - The Morning Post</title>
<meta property="og:site_name" content="The Morning Post">
<meta property="article:published_time" content="2021-07-27T18:00:00Z">
<link rel="canonical" href="https://example.org/kenya-uk"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Kenya and UK sign pact</h1>
<p>LONDON, July 27 – Kenya and the United Kingdom signed a five-year agreement on defence in London on Tuesday.</p>
<p>The ministers Monica Juma and Ben Wallace put their names to it.</p></article>
<footer>Copyright 2024 The Morning Post</footer></body></html>"""

HEADERS = [
    (" date 2018-08-08 ISLAMABAD: ", "Islamabad", date(2018, 8, 8)),
    ("2018-08-08 Islamabad: ", "Islamabad", date(2018, 8, 8)),
    ("Published on 8 August 2018 - LONDON: ", "London", date(2018, 8, 8)),
    ("August 8, 2018 | LONDON — ", "London", date(2018, 8, 8)),
    ("8 August 2018\n\n", None, date(2018, 8, 8)),
    ("By Jane Doe\n\nLONDON (AP) — ", "London", None),
    ("ISLAMABAD: ", "Islamabad", None),
    ("BRUSSELS (Reuters) - ", "Brussels", None),
    ("BRUSSELS/KYIV (Reuters) - ", "Brussels", None),
    ("NEW DELHI, Aug 8 (PTI) -- ", "New Delhi", None),
    ("NEW DELHI (PTI) ", "New Delhi", None),
    ("Islamabad, 8 August 2018 – ", "Islamabad", date(2018, 8, 8)),
    ("ABU DHABI, 3rd May, 2021 (WAM) -- ", "Abu Dhabi", date(2021, 5, 3)),
    ("ACCRA, Ghana, Feb. 16, 2022 — ", "Accra", date(2022, 2, 16)),
    ("MOSCOW, August 21. /TASS/. ", "Moscow", None),
    ("KYIV. March 3 (Interfax-Ukraine) - ", "Kyiv", None),
    ("WASHINGTON, D.C. (AP) — ", "Washington", None),
    ("RAMSTEIN AIR BASE, Germany -- ", "Ramstein Air Base", None),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince", None),
    ("N'DJAMENA: ", "N'Djamena", None),
    ("RIO DE JANEIRO (Reuters) – ", "Rio de Janeiro", None),
    ("BRASÍLIA, Oct 24 (Reuters) - ", "Brasília", None),
    ("Tokyo, Japan – ", "Tokyo", None),
    ("BRUSSELS ", "Brussels", None),
    ("(MENAFN) ", None, None),
    ("EXCLUSIVE: ", None, None),
]

NO_HEADERS = [
    "NATO Secretary General Jens Stoltenberg said that NATO would stay.",
    "NATO – the alliance of 32 states – met in Vilnius.",
    "US-China talks began in Beijing.",
    "US - China talks began in Beijing.",
    "Japan - Australia talks ended in Tokyo.",
    "India: a partner for peace.",
    "On 4 May 2018 – a Friday – the ministers met.",
    "8 August 2018 was the day of the signing.",
    "AUKUS (Australia, the UK and the US) Leaders met in San Diego.",
    "The Indian Navy (IN) ship sailed for Colombo.",
    "INS Magar sailed for Male.",
    "A NATO summit began.",
]


@pytest.mark.parametrize(("before", "place", "published"), HEADERS)
def test_header_is_told_from_prose(before: str, place: str | None, published: date | None) -> None:
    found = header(before + "The ministers met on Tuesday.")
    assert (found.lead, found.place, found.published) == (len(before), place, published)


@pytest.mark.parametrize("credits", ["Jane Doe\n\nThe Morning Post\n\n", "Jane Doe and John Roe\n\n", "By Jane Doe\n"])
def test_credits_are_told_from_prose_where_the_title_is_known(credits: str) -> None:
    prose = "The ministers met on Tuesday."
    assert header(f"{credits}LONDON (AP) - {prose}", titled=True).lead == len(f"{credits}LONDON (AP) - ")
    assert header(f"Kenya Signs Pact\n\n{prose}", titled=False).lead == 0


def test_the_photographer_is_no_prose() -> None:
    assert header("Image copyright Agency Image caption The frigate left.").lead == len(
        "Image copyright Agency Image caption "
    )


@pytest.mark.parametrize("prose", NO_HEADERS)
def test_prose_is_no_header(prose: str) -> None:
    found = header(prose)
    assert (found.lead, found.place, found.published) == (0, None, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018-08-08", date(2018, 8, 8)),
        ("2018-08-07T23:30:00-04:00", date(2018, 8, 7)),
        ("8 August 2018", date(2018, 8, 8)),
        ("Aug. 8, 2018", date(2018, 8, 8)),
        ("Wed, 08 Aug 2018 10:00:00 GMT", date(2018, 8, 8)),
        ("13/03/2018", date(2018, 3, 13)),
        ("03/04/2018", None),
        ("August 2018", None),
        ("yesterday", None),
        ("31 February 2018", None),
    ],
)
def test_dates_are_read_or_refused_never_guessed(written: str, meant: date | None) -> None:
    assert day(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Signed.",
        "Bundeswehr joins exercise Pitch Black",
        "Uganda, Tanzania hold Ushirikiano Imara exercise",
        "Pakistan met Russia",
        "Kenya and UK sign pact",
        "KENYA AND UGANDA SIGN PACT",
        "ANKARA: FM meets NATO chief",
        "MoU signed by Niinistö, Kaljulaid",
        "Ankara, 3 May – Türkiye delivered PNS Babur to Pakistan.",
        "Defence Secretary Ng Eng Hen received Prabowo Subianto.",
        SENTENCE,
    ],
)
def test_short_english_is_not_refused(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le ministre de la Défense a signé un accord avec son homologue indien à Paris.", "fr"),
        ("Министр обороны подписал соглашение с Индией.", "ru"),
        ("El ministro de Defensa firmó un acuerdo con su homóloga del Brasil en Madrid.", "es"),
        ("Der Verteidigungsminister traf seinen Kollegen in Berlin.", "de"),
        ("De minister heeft het verdrag met Duitsland gisteren in Den Haag getekend.", "nl"),
        ("Savunma bakanı Ankara'da Pakistanlı mevkidaşıyla bir anlaşma imzaladı.", "tr"),
    ],
)
def test_other_languages_are_named(text: str, code: str) -> None:
    assert foreign(text) == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_is_found(encoding: str) -> None:
    text = "“Sweden’s Pål Jonson signed,” the army said – in Kyiv.\n"
    assert decoded(text.replace("\n", "\r\n").encode(encoding)) == text


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableTextError):
        decoded(b"\x89PNG\r\n\x1a\n\0\0\0\r" * 30)


def test_one_article_in_every_format_has_the_same_text(tmp_path: Path) -> None:
    written = {"id": "pact", "text": f"LONDON: {SENTENCE}\n"}
    files = {
        "pact.txt": written["text"],
        "a.json": json.dumps(written),
        "b.json": json.dumps([written]),
        "c.jsonl": json.dumps(written) + "\n",
    }
    found: list[Article | ArticleError] = []
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        found.extend(read([tmp_path / name]))
    assert found == [Article("pact", written["text"], dateline="London", lead=8)] * len(files)


def test_title_stands_before_the_body_and_moves_the_lead(tmp_path: Path) -> None:
    file = tmp_path / "pact.json"
    file.write_text(
        json.dumps({"title": "A pact", "date": "27 July 2021", "text": f"LONDON: {SENTENCE}"}), encoding="utf-8"
    )
    [article] = read([file])
    assert isinstance(article, Article)
    assert article.text == f"A pact\n\nLONDON: {SENTENCE}"
    assert article.text[article.lead :] == SENTENCE
    assert (article.id, article.date) == ("pact", date(2021, 7, 27))


def test_page_gives_text_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    [article] = read([tmp_path])
    assert isinstance(article, Article)
    assert article.text[article.lead :].startswith("Kenya and the United Kingdom signed a five-year agreement")
    assert article.text.endswith("\n\nThe ministers Monica Juma and Ben Wallace put their names to it.")
    assert (article.title, article.dateline, article.date) == ("Kenya and UK sign pact", "London", date(2021, 7, 27))
    assert (article.publisher, article.url) == ("The Morning Post", "https://example.org/kenya-uk")


BAD = {
    "brace.json": ('{"text": "x"\n "title": "y"}', "brace.json, line 2, column 2: no valid JSON"),
    "number.json": ('{"text": 5}', "number.json: 'text' is no text but 5"),
    "none.json": ("[]", "none.json: the list holds no article"),
    "none.jsonl": (" \n\n", "none.jsonl: the file holds no article"),
    "bare.json": ("null", "bare.json: no JSON object"),
    "deep.json": ("[" * 100_000, "deep.json: this JSON cannot be read"),
    "date.json": (
        json.dumps({"text": SENTENCE, "date": "08/07/2018"}),
        "date.json: the date '08/07/2018' is not clear",
    ),
    "half.json": ('{"text": "pact \\ud800"}', "half.json: it holds half a surrogate pair"),
    "empty.txt": (" \n", "empty.txt: the article has no text"),
    "empty.html": ("<html></html>", "empty.html: the article has no text"),
    "french.txt": (
        "Le ministre de la Défense a signé un accord à Paris mardi.",
        "french.txt: the article is not in English",
    ),
    "third.jsonl": (f'\n\n{{"text": "{SENTENCE}"', "third.jsonl, line 3, column"),
}


def test_errors_are_yielded_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "good.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.txt").write_text(SENTENCE, encoding="utf-8")
    found = list(read([tmp_path]))
    messages = [str(error) for error in found if isinstance(error, ArticleError)]
    assert [article.id for article in found if isinstance(article, Article)] == ["good"]
    assert len(messages) == len(BAD)
    for _, start in BAD.values():
        assert any(start in message for message in messages), start
    assert all("\n" not in message and "; " in message for message in messages)


def test_one_id_for_two_texts_names_both_files_and_a_copy_is_left_out(tmp_path: Path) -> None:
    for folder, text in (("a", SENTENCE), ("b", SENTENCE + "\n"), ("c", "Kenya withdrew from the pact.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pact.txt").write_text(text, encoding="utf-8")
    article, error = read([tmp_path])
    assert isinstance(article, Article)
    assert str(tmp_path / "a" / "pact.txt") in str(error)
    assert str(tmp_path / "c" / "pact.txt") in str(error)


def test_lines_and_items_without_an_id_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_text(
        f'{{"text": "{SENTENCE}"}}\n\n{{"text": "Kenya met Uganda."}}\n', encoding="utf-8"
    )
    assert [article.id for article in read([tmp_path]) if isinstance(article, Article)] == ["wire-1", "wire-3"]


@pytest.mark.parametrize("name", ["missing.txt", "folder", "notes.pdf"])
def test_wrong_calls_fail_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match=name):
        read([tmp_path / name])


@pytest.mark.parametrize(
    ("sent", "ids"),
    [
        (f"KYIV: {SENTENCE}", ["stdin"]),
        (f'{{"id": "x", "text": "{SENTENCE}"}}', ["x"]),
        (f'[{{"text": "{SENTENCE}"}}]', ["stdin-1"]),
        (f'{{"text": "{SENTENCE}"}}\n{{"text": "Kenya met Uganda."}}\n', ["stdin-1", "stdin-2"]),
        (f"[Seoul] {SENTENCE}", ["stdin"]),
        (PAGE, ["stdin"]),
    ],
)
def test_standard_input_is_recognised(monkeypatch: pytest.MonkeyPatch, sent: str, ids: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sent.encode())))
    assert [article.id for article in read(["-"]) if isinstance(article, Article)] == ids


def test_a_broken_list_on_standard_input_is_no_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f'[\n {{"text": "{SENTENCE}"}},'.encode())))
    [error] = read(["-"])
    assert isinstance(error, ArticleError)
    assert str(error).startswith("standard input, line 2, column")


def test_date_is_for_articles_that_carry_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"date 2021-07-27 LONDON: {SENTENCE}", encoding="utf-8")
    found = [article.date for article in read([tmp_path], date(2020, 1, 1)) if isinstance(article, Article)]
    assert found == [date(2020, 1, 1), date(2021, 7, 27)]


def test_no_article_of_the_measuring_set_is_refused(shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval" / "dev" / "articles"
    found = list(read([folder]))
    assert all(isinstance(article, Article) for article in found)
    assert len(found) == 74
    written = json.loads((folder / "dev-000.json").read_text(encoding="utf-8"))
    (tmp_path / "dev-000.txt").write_text(written["text"], encoding="utf-8")
    assert list(read([tmp_path])) == [
        article for article in found if isinstance(article, Article) and article.id == "dev-000"
    ]
