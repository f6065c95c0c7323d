"""`/` and `/assets`: the page for people, from the files that `api/page` is built into; programs get an overview."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.negotiation import chosen
from api.plain import SAFE, plain

router = APIRouter(include_in_schema=False)

BUILT = Path(__file__).parent / "page" / "dist"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
"""The media types of files by their ending; what the system says of them may differ."""

ASKED_ANEW = "no-cache"
KEPT = "public, max-age=31536000, immutable"
"""For files whose names change with their content."""

MISSING = """<p>The page for looking at the graph is not here. Node.js builds it when the package is installed; it was
missing, or could not load what the page is made of. Install Node.js 20.19 or later with npm; then, with access to the
network, this package again (<code>pip install --force-reinstall --no-deps .</code> in its folder); then start the
server anew.</p>
<p>Everything else works:</p>
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the page: as it is, compressed, its media type, and a mark that changes with it (ETag)."""

    content: bytes
    compressed: bytes
    type: str
    tag: str


@router.api_route("/", methods=["GET", "HEAD"])
def start(request: Request) -> Response:
    """The page; for clients that prefer JSON, where everything is."""
    html = chosen(request.headers.get("accept", ""), ["text/html", "application/json"]) != "application/json"
    index = files(request.app.state.page).get("index.html")
    if not html:
        response: Response = JSONResponse(overview(request))
    elif index is None:
        response = plain("defcoop", MISSING + links(overview(request)["resources"]))
    else:
        response = sent(request, index, ASKED_ANEW)
    response.headers["vary"] = "Accept, Accept-Encoding"
    return response


@router.api_route("/assets/{name:path}", methods=["GET", "HEAD"])
def asset(request: Request, name: str) -> Response:
    """A script, style or image of the page."""
    file = files(request.app.state.page).get(f"assets/{name}")
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"the page has no file assets/{name}; load the page anew")
    return sent(request, file, KEPT)


def overview(request: Request) -> dict[str, str | list[str]]:
    """Name and version of the service, and the addresses that answer without an id."""
    document = request.app.openapi()
    resources = [path for path, operations in document["paths"].items() if "get" in operations and "{" not in path]
    about = {"name": document["info"]["title"], "version": document["info"]["version"]}
    return {**about, "resources": ["/docs", "/openapi.json", *resources]}


def links(addresses: Iterable[str]) -> str:
    """The addresses as HTML."""
    return "".join(["<ul>", *(f'<li><a href="{escape(one)}">{escape(one)}</a></li>' for one in addresses), "</ul>"])


def sent(request: Request, file: File, caching: str) -> Response:
    """The file, compressed for clients that take it so; no content for those that have it."""
    headers = {**SAFE, "content-security-policy": POLICY, "cache-control": caching, "etag": file.tag}
    headers["vary"] = "Accept-Encoding"
    if file.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if chosen(request.headers.get("accept-encoding", ""), ["identity", "gzip"]) == "gzip":
        return Response(file.compressed, media_type=file.type, headers={**headers, "content-encoding": "gzip"})
    return Response(file.content, media_type=file.type, headers=headers)


@cache
def files(folder: Path) -> Mapping[str, File]:
    """The files below the folder by their paths in it, read once; none where there is no folder."""
    return {path.relative_to(folder).as_posix(): read(path) for path in folder.rglob("*") if path.is_file()}


def read(path: Path) -> File:
    """The file with what is sent about it."""
    content = path.read_bytes()
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return File(content, gzip.compress(content, mtime=0), kind, f'W/"{sha256(content).hexdigest()[:16]}"')
