"""Debian's Chromium without a window, driven by selenium: what it shows, says, and asks for."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from api.pages import BUILT
from tests.engines import program

AXE = BUILT.parent / "node_modules" / "axe-core" / "axe.min.js"
Found = TypeVar("Found")

PATIENCE = 15.0
"""Seconds in which something is to appear."""

QUIET = """
const main = document.querySelector('main'), said = [...document.querySelectorAll('main [role=status]')];
return main?.querySelector('h1') && !said.some(one => one.innerText.startsWith('Loading'));
"""

INSIDE = """
const trees = [...document.querySelectorAll('*')].map(one => one.shadowRoot).filter(Boolean);
return trees.flatMap(one => [...one.querySelectorAll(arguments[0])]);
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """A window on the page of the server at `url`, with the folder that files are downloaded into."""

    driver: Chrome
    url: str
    downloads: Path

    def open(self, address: str = "") -> None:
        """Load the page anew at the address of a view, and wait until all of it is there."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.url}/#/{address}")
        self.loaded()

    def loaded(self) -> None:
        """Wait until the view has its heading and nothing loads any more."""
        self.until(lambda: self.driver.execute_script(QUIET), "loaded")

    def until(self, found: Callable[[], Found | None], what: str) -> Found:
        """What is found once there is something.

        Raises:
            TimeoutException: there is nothing for too long.
        """
        wait = WebDriverWait(self.driver, PATIENCE, 0.05, [StaleElementReferenceException])
        return wait.until(lambda _: found() or False, f"no {what} at {self.driver.current_url}")

    def find(self, css: str, name: str = "") -> WebElement:
        """The first such element in sight whose accessible name has these words, once there is one."""
        return self.until(lambda: next(self.named(css, name), None), f"{css} named {name!r}")

    def named(self, css: str, name: str) -> Iterator[WebElement]:
        """Those that are there now."""
        for element in self.driver.find_elements(By.CSS_SELECTOR, css):
            if element.is_displayed() and name.lower() in element.accessible_name.lower():
                yield element

    def inside(self, css: str) -> list[WebElement]:
        """Such elements of shadow trees, which selectors do not reach into."""
        return list(self.driver.execute_script(INSIDE, css))

    def text(self) -> str:
        """What stands in the view."""
        return self.driver.find_element(By.TAG_NAME, "main").text

    def complaints(self) -> list[str]:
        """The errors in the browser's console since it was last asked; breaches of the page's policy are among them."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [one["message"] for one in entries if one["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        entries = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        messages = [json.loads(one["message"])["message"] for one in entries]
        sent = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
        return [address for address in sent if not address.startswith(("data:", "blob:", "about:"))]

    def faults(self) -> list[str]:
        """What axe finds wrong with the view that is serious or critical for people."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.driver.execute_async_script(
            "axe.run(document, { resultTypes: ['violations'] }).then(found => arguments[0](found.violations))"
        )
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        return [f"{one['id']}: {node['html'][:200]}" for one in serious for node in one["nodes"]]

    def look(self, dark: bool = False, width: int = 1300) -> None:
        """How the page is looked at from now on."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        sizes = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)


@contextmanager
def browsing(url: str, downloads: Path) -> Iterator[Browser]:
    """A browser on the page at an address; where there is no browser, the test is skipped, or fails under CI."""
    options = ChromeOptions()
    options.binary_location = program("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options, ChromeService(program("chromedriver")))
    try:
        driver.set_script_timeout(PATIENCE)
        yield Browser(driver, url, downloads)
    finally:
        driver.quit()
