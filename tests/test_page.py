"""The page as people use it: Chromium on `kg serve` over a store on disk."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from api.pages import BUILT
from kg.answers.opening import existing_or_new
from kg.model import EventType, Extraction, Organization, Place
from tests.browsers import Browser, browsing
from tests.engines import program
from tests.extractions import FR, IN, article, extraction, roles, told
from tests.live import TOKEN, served
from tests.servers import got

ATTACK = "<img src=x onerror='ran = 1'><script>ran = 1</script>"
IN_SIGHT = "const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"
FITS = "return document.documentElement.scrollWidth <= innerWidth"
RAN = "return typeof ran !== 'undefined' || document.images.length > 0"
INTRUSION = """
for (const name of ['script', 'style']) {
  const inline = document.createElement(name);
  inline.textContent = 'ran = 1';
  document.body.append(inline);
}
fetch('http://127.0.0.1:1/').catch(() => arguments[0]());
"""
PACT = "actor=state:PK&type=Agreement&from=2018-08-01&to=2018-08-31"
VIEWS = {
    "start": "",
    "search": "search?q=pakistan",
    "nothing found": "search?q=qqqqqq",
    "entity": "entity/state:PK",
    "person": "entity/person:alexander-fomin",
    "dyad": "dyad/state:PK/state:RU",
    "event": None,
    "network": "network/state:PK",
    "whole network": "network?colour=country",
    "network in words": "network/state:PK?as=table",
    "article": "article/article:sample-1",
    "query": "query",
    "extract": "extract",
    "nowhere": "nowhere",
}


def hostile() -> Extraction:
    """An article whose every text would run in a page that does not escape it."""
    sentence = f"France and India signed {ATTACK} in Paris."
    written = article("hostile", date(2024, 1, 2), ATTACK, sentence)
    parties = (FR, IN, Organization(ATTACK))
    pact = told(
        EventType.AGREEMENT, roles(party=parties), sentence, when="2024-01-01", name=ATTACK, place=Place(ATTACK)
    )
    return extraction(replace(written, publisher=ATTACK, url="javascript:ran = 1"), pact)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser on a server over a store of made articles, a hostile one among them."""
    program("npm")
    assert BUILT.is_dir(), "the page is not built: run `npm ci` and `npm run build` in api/page"
    folder = tmp_path_factory.mktemp("page")
    with existing_or_new(folder / "store") as store:
        store.put(hostile(), "hostile.txt")
    with served(folder / "store") as url, browsing(url, folder) as opened:
        yield opened


@pytest.fixture
def browser(window: Browser) -> Iterator[Browser]:
    """The browser, which is to have nothing to complain of, and to ask nobody but the server."""
    window.look()
    yield window
    assert window.complaints() == []
    requests = window.requests()
    assert requests
    assert [address for address in requests if not address.startswith(f"{window.url}/")] == []


def event(browser: Browser, asked: str) -> str:
    """The id of the first event that meets a filter."""
    items = got(f"{browser.url}/events?{asked}")["items"]
    assert isinstance(items, list)
    return str(items[0]["id"])


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_for_everybody(browser: Browser, view: str) -> None:
    browser.open(VIEWS[view] or f"event/{event(browser, PACT)}")
    assert browser.faults() == []
    browser.look(dark=True, width=390)
    assert browser.faults() == []
    browser.until(lambda: browser.driver.execute_script(FITS), "view that fits")


def test_the_first_view_is_small(browser: Browser) -> None:
    browser.open()
    sizes = browser.driver.execute_script("return performance.getEntries().map(one => one.encodedBodySize || 0)")
    assert 10_000 < sum(sizes) < 300_000


def test_search_suggests_and_opens(browser: Browser) -> None:
    browser.open()
    field = browser.find("[role=combobox]", "search")
    field.send_keys("Pakist")
    assert "Pakistan" in browser.find("[role=option]", "Pakistan").text
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.find("h1", "Pakistan").text == "Pakistan"
    assert browser.driver.current_url.endswith("#/entity/state:PK")


def test_an_event_leads_to_its_sentence(browser: Browser) -> None:
    pact = event(browser, PACT)
    browser.open(f"event/{pact}")
    browser.find("main a", "Russia to train Pakistani officers").click()
    browser.find("h1", "Russia to train Pakistani officers")
    marked = browser.until(lambda: browser.driver.find_elements(By.CSS_SELECTOR, "mark.active"), "marked sentence")
    assert "Russia and Pakistan signed a pact in Rawalpindi" in " ".join(one.text for one in marked)
    assert browser.driver.execute_script(IN_SIGHT, marked[0])


def test_a_node_is_expanded(browser: Browser) -> None:
    browser.open("network/state:PK")
    before = size(browser)
    browser.find("canvas")
    browser.find("button", "Russia").click()
    browser.find("h2", "Russia")
    browser.find("button", "Expand").click()
    browser.until(lambda: size(browser) > before, "more actors")
    assert "expand=state:RU" in browser.driver.current_url
    browser.driver.refresh()
    browser.loaded()
    assert size(browser) > before, "the address has what was expanded"


def test_time_plays(browser: Browser) -> None:
    browser.open("network/state:PK")
    browser.find("button", "Play").click()
    shown = dict[str, str]()
    while len(shown) < 3:
        browser.until(lambda: until(browser) not in shown, "next year")
        shown[until(browser)] = browser.find(".controls .aside").text
    browser.find("button", "Pause").click()
    assert [*shown] == sorted(shown)
    assert len(set(shown.values())) > 1, "ties come with the years"


def size(browser: Browser) -> int:
    """The number of actors that are drawn."""
    return int(browser.until(lambda: re.search(r"(\d+) actors", browser.text()), "number of actors")[1])


def until(browser: Browser) -> str:
    """The moment that the network is drawn of."""
    return browser.find("output").text


def test_a_query_is_written_completed_and_run(browser: Browser) -> None:
    browser.open("query")
    [editor] = browser.until(lambda: browser.inside("[role=textbox]"), "editor")
    assert "SPARQL" in editor.accessible_name
    editor.click()
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(
        Keys.DELETE
    ).perform()
    typed = "SELECT ?pact ?party { ?pact coop:party ?party ; a coop:Agr"  # the editor itself closes the bracket
    ActionChains(browser.driver).send_keys(typed).perform()
    browser.until(lambda: "Agreement" in " ".join(one.text for one in browser.inside("[role=option]")), "completion")
    ActionChains(browser.driver).send_keys("eement").perform()
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    rows = browser.find("[role=region]", "Rows").text
    assert "event:agreement" in rows
    assert "state:RU" in rows
    browser.find("button", "Network").click()
    browser.find("canvas")
    assert browser.faults() == []


def test_a_question_is_answered_as_a_chart(browser: Browser) -> None:
    browser.open("query")
    question = "With which states did a state deal, how often, and from when to when?"
    Select(browser.find("select", "Questions")).select_by_visible_text(question)
    browser.find("[role=region]", "Rows")
    browser.find("button", "Chart").click()
    assert "India" in browser.text()
    assert browser.faults() == []


def test_a_gexf_is_downloaded_and_valid(browser: Browser, shared: Path) -> None:
    browser.open("dyad/state:PK/state:RU")
    browser.find("a", "GEXF").click()
    file = browser.until(lambda: next(browser.downloads.glob("*.gexf"), None), "file")
    assert file
    graph = etree.parse(str(file))
    schema = etree.RelaxNG(etree.parse(str(shared / "gexf" / "1.3" / "gexf.rng")))
    assert schema.validate(graph), schema.error_log
    labels = {node.get("label") for node in graph.iter("{*}node")}
    assert {"Pakistan", "Russia"} <= labels


def test_a_text_is_read(browser: Browser) -> None:
    browser.open("extract")
    text = "France and India signed a defence agreement in Paris on 3 May 2019. <b>So it says.</b>"
    browser.find("textarea", "Text").send_keys(text)
    browser.find("button", "Read it").click()
    browser.find("button", "Show the sentence")
    assert "France" in browser.text()
    assert "<b>So it says.</b>" in browser.text()
    assert browser.faults() == []


def test_a_wrong_event_is_sent_to_the_curators(browser: Browser) -> None:
    browser.open("article/article:sample-8")
    browser.find("button", "Wrong? Germany").click()
    assert browser.faults() == []
    browser.find("input", "Your name").send_keys("Ada")
    browser.find("input", "token").send_keys(TOKEN)
    browser.find("button", "Send").click()
    assert "Noted as decision" in browser.find("dialog [role=status]").text
    decisions = got(f"{browser.url}/decisions")["items"]
    assert isinstance(decisions, list)
    assert [one["by"] for one in decisions] == ["Ada"]


def test_the_policy_keeps_scripts_styles_and_other_servers_out(browser: Browser) -> None:
    browser.open()
    browser.driver.execute_async_script(INTRUSION)
    assert not browser.driver.execute_script(RAN)
    refused = browser.complaints()
    assert all("Content Security Policy" in one for one in refused), refused
    assert set(re.findall("(?:script|style|connect)-src", " ".join(refused))) == {
        "script-src",
        "style-src",
        "connect-src",
    }


def test_hostile_texts_are_shown_and_do_nothing(browser: Browser) -> None:
    pact = event(browser, "actor=state:FR&actor=state:IN&from=2024-01-01")
    for view in ("article/article:hostile", f"event/{pact}", "", "search?q=onerror", "dyad/state:FR/state:IN"):
        browser.open(view)
        assert "onerror" in browser.text(), view
        assert not browser.driver.execute_script(RAN), view
        assert not browser.driver.find_elements(By.CSS_SELECTOR, "[href^=javascript]")
