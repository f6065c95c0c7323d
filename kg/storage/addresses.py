"""Where another engine answers, and what it wants to be told: from an address, and from the environment.

Secrets come from the environment, as others on a machine can read a command line.
"""

import base64
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

import httpx

from kg.errors import UsageError

UPDATE_VARIABLE = "DEFCOOP_UPDATE_URL"
"""The environment variable with the address that takes SPARQL updates, where that is not the query address."""

GRAPH_STORE_VARIABLE = "DEFCOOP_GRAPH_STORE_URL"
"""The environment variable with the address that takes N-Quads by POST; without one, data go in by updates."""

USER_VARIABLE, PASSWORD_VARIABLE = "DEFCOOP_USER", "DEFCOOP_PASSWORD"
"""The environment variables with the user of the engine; basic or digest authentication, as the engine asks."""

BEARER_VARIABLE = "DEFCOOP_ENDPOINT_TOKEN"
"""The environment variable with the bearer token for the engine."""

TIMEOUT_VARIABLE = "DEFCOOP_TIMEOUT_PARAMETER"
"""The environment variable with the engine's own parameter for a query's time: timeout={ms}, or timeout={s}s."""

SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Address:
    """The addresses of an engine, and how a request to it is made.

    `query` may have parameters behind "?": they are sent with queries that name no graphs, to make the default graph
    the union of all where the engine does not do that by itself. `timeout` is a parameter with {ms} or {s} in it.
    """

    query: str
    update: str
    graph_store: str | None = None
    auth: httpx.Auth | None = field(default=None, repr=False)
    timeout: str | None = None

    @property
    def plain(self) -> str:
        """The query address without parameters."""
        return self.query.partition("?")[0]

    def timed(self, seconds: float) -> dict[str, str]:
        """The parameter that gives a query so much time, if the engine has one."""
        name, _, value = (self.timeout or "").partition("=")
        number = value.replace("{ms}", str(int(seconds * 1000))).replace("{s}", str(max(1, round(seconds))))
        return {name: number} if name else {}


def is_address(place: object) -> bool:
    """Whether a place is the address of an engine, and no folder.

    >>> is_address("https://example.org/sparql"), is_address("https.store")
    (True, False)
    """
    return str(place).lower().startswith(SCHEMES)


def address(url: str, environment: Mapping[str, str]) -> Address:
    """The engine at this address: of its queries, or the bare one of an Oxigraph server, whose parts are known.

    >>> address("http://127.0.0.1:7878/", {}).update
    'http://127.0.0.1:7878/update'

    Raises:
        UsageError: the address has a password in it, or the parameter for the time has no place for one.
    """
    for variable in (UPDATE_VARIABLE, GRAPH_STORE_VARIABLE):
        if not is_address(environment.get(variable) or url):
            raise UsageError(f"{variable}={environment[variable]}: no address; write one such as {url}")
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UsageError(f"--store {url}: no address ({error}); write one such as http://127.0.0.1:7878") from None
    if parts.userinfo or not parts.host:
        shown = parts.copy_with(username=None, password=None)
        raise UsageError(f"--store {shown}: give the user in {USER_VARIABLE} and {PASSWORD_VARIABLE}, and a host")
    timeout = environment.get(TIMEOUT_VARIABLE)
    if timeout and ("=" not in timeout or not ("{ms}" in timeout or "{s}" in timeout)):
        raise UsageError(f"{TIMEOUT_VARIABLE}={timeout}: write the parameter as timeout={{ms}} or timeout={{s}}")
    bare = parts.path in ("", "/") and not environment.get(UPDATE_VARIABLE)
    root = url.partition("?")[0].rstrip("/")
    return Address(
        f"{root}/query?union-default-graph" if bare else url,
        environment.get(UPDATE_VARIABLE) or (f"{root}/update" if bare else url.partition("?")[0]),
        environment.get(GRAPH_STORE_VARIABLE) or (f"{root}/store" if bare else None),
        _auth(environment),
        timeout,
    )


def _auth(environment: Mapping[str, str]) -> httpx.Auth | None:
    if token := environment.get(BEARER_VARIABLE):
        return Bearer(token)
    user, password = environment.get(USER_VARIABLE), environment.get(PASSWORD_VARIABLE)
    if user is None:
        return None
    if password is None:
        raise UsageError(f"{USER_VARIABLE} is set without {PASSWORD_VARIABLE}; set both")
    return Password(user, password)


class Bearer(httpx.Auth):
    """A token with every request."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the token."""
        request.headers["Authorization"] = self._header
        yield request


class Password(httpx.DigestAuth):
    """User and password, once they are asked for: digested where the server takes that, else as they are (basic)."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__(user, password)
        self._header = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self._basic = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and again where the server asks for the user."""
        if self._basic:
            request.headers["Authorization"] = self._header
            yield request
            return
        flow = super().auth_flow(request)
        response = yield next(flow)
        while (following := _following(flow, response)) is not None:
            response = yield following
        asked = response.headers.get("www-authenticate", "").lower()
        if response.status_code == httpx.codes.UNAUTHORIZED and "basic" in asked and "digest" not in asked:
            self._basic = True
            request.headers["Authorization"] = self._header
            yield request


def _following(flow: Generator[httpx.Request, httpx.Response, None], response: httpx.Response) -> httpx.Request | None:
    try:
        return flow.send(response)
    except StopIteration:
        return None
