"""What serves the page: its files and headers, what stands in its place, and how an installation builds it."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pages import KEPT, POLICY
from kg.answers.opening import in_memory
from ontology.questions import questions

ROOT = Path(__file__).parents[1]
FILES = {
    "index.html": "<!doctype html><title>page</title>",
    "assets/main-1a2b.js": "console.log('page')\n" * 100,
    "assets/main-3c4d.css": "body { margin: 0 }",
    "assets/icon-5e6f.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
OUTSIDE = re.compile(r"(?:src|href)=.?(?:[a-z]+:)?//")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder.parent / "secret.txt").write_text("not of the page")
    return folder


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[TestClient]:
    with TestClient(create_app(in_memory(), page=built)) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service of an installation without the page."""
    with TestClient(create_app(in_memory(), page=tmp_path_factory.mktemp("none") / "dist")) as opened:
        yield opened


def test_files_have_types_headers_and_marks(client: TestClient) -> None:
    kinds = {"": "text/html", "assets/main-1a2b.js": "text/javascript", "assets/main-3c4d.css": "text/css"}
    for path, kind in {**kinds, "assets/icon-5e6f.svg": "image/svg+xml"}.items():
        answer = client.get(f"/{path}")
        assert answer.text == FILES[path or "index.html"]
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == (KEPT if path else "no-cache")
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "geolocation=()" in answer.headers["permissions-policy"]
        same = client.get(f"/{path}", headers={"if-none-match": answer.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        assert client.head(f"/{path}").headers["etag"] == answer.headers["etag"]


def test_files_are_compressed_for_who_takes_them_so(client: TestClient) -> None:
    path, script = "/assets/main-1a2b.js", FILES["assets/main-1a2b.js"]
    with client.stream("GET", path, headers={"accept-encoding": "br, gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())).decode() == script
    for other in ("", "identity"):
        answer = client.get(path, headers={"accept-encoding": other})
        assert "content-encoding" not in answer.headers
        assert answer.text == script


@pytest.mark.parametrize("path", ["none.js", "../index.html", "%2e%2e/index.html", "..%2f..%2fsecret.txt", "", "."])
def test_nothing_but_the_files_is_served(client: TestClient, path: str) -> None:
    answer = client.get(f"/assets/{path}")
    assert answer.status_code == 404 or answer.text == FILES["index.html"]
    assert "not of the page" not in answer.text


def test_programs_get_an_overview_at_the_bare_address(client: TestClient, bare: TestClient) -> None:
    for one in (client, bare):
        answer = one.get("/", headers={"accept": "application/json"}).json()
        assert answer["name"] == "defcoop"
        assert {"/docs", "/openapi.json", "/entities", "/events", "/sparql"} <= set(answer["resources"])


def test_without_the_page_a_plain_one_says_what_to_do(bare: TestClient) -> None:
    answer = bare.get("/", headers={"accept": "text/html,*/*;q=0.8"})
    assert "Install Node.js" in answer.text
    assert "script" not in answer.headers["content-security-policy"] + answer.text
    linked = re.findall('href="([^"]+)"', answer.text)
    assert linked == bare.get("/", headers={"accept": "application/json"}).json()["resources"]
    for path in ("/docs", "/openapi.json", "/health"):
        assert path in linked
        assert bare.get(path).status_code == 200


def test_the_documentation_has_every_operation_and_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/docs")
    document = client.get("/openapi.json").json()
    written = {f"{method.upper()} {path}" for path, found in document["paths"].items() for method in found}
    assert set(re.findall(r"<summary><code>(.*?)</code>", page.text)) == written
    assert len(written) >= 19
    assert "<script" not in page.text
    assert not OUTSIDE.search(page.text)
    assert client.get("/redoc").status_code == 404
    assert "Only entities of these classes." in unescape(page.text)


def test_the_questions_are_listed_with_their_queries(client: TestClient) -> None:
    listed = client.get("/queries").json()
    assert [one["name"] for one in listed] == [one.id for one in questions()]
    signed = next(one for one in listed if one["name"] == "who-signed-what")
    assert signed["question"] == "Who signed which agreement with whom, and when?"
    assert signed["query"] == (ROOT / "ontology" / "queries" / "who-signed-what.rq").read_text(encoding="utf-8")


def test_without_node_all_but_the_page_is_installed(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(ROOT / "api", folder / "api", ignore=shutil.ignore_patterns("node_modules", "dist", "__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "-m", "pip", "wheel", "--verbose", "--no-deps", "--wheel-dir", str(tmp_path), "."]
    without = {**os.environ, "PATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=without, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "the page at / is not built: there is no npm; install Node.js" in done.stdout + done.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "api/app.py" in names
    assert not [name for name in names if name.startswith("api/page/")]
