"""Lists as JSON, as CSV with a row for each item, or as JSON-LD: by Accept, or by the ending of the address."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from typing import Any, TypeVar

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from api.evaluation import accepted
from api.formats import GRAPHS
from kg.answers.statements import statements
from kg.answers.store import Store
from kg.answers.views import Count, Happening, Node
from kg.index.listing import Linked
from kg.model import EventType, Role
from kg.rdf.serializations import serialize

JSON, CSV, JSON_LD = "application/json", "text/csv", "application/ld+json"
ENDINGS = {CSV: ".csv", JSON_LD: ".jsonld"}
LINKED_DATA = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"type": "object", "additionalProperties": {"type": "string"}},
        "@graph": {"type": "array", "items": {"type": "object", "required": ["@id"]}},
    },
}
"""The JSON schema of a JSON-LD document."""
CONTENT = {CSV: {"schema": {"type": "string"}}, JSON_LD: {"schema": LINKED_DATA}}

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def offered(
    router: APIRouter, path: str, model: object, kinds: Sequence[str], **options: Any
) -> Callable[[Endpoint], Endpoint]:
    """Make a function answer at a path in JSON, as `model` describes, and in these kinds, with their endings too."""

    def add(endpoint: Endpoint) -> Endpoint:
        responses = {**options.pop("responses", {}), 200: {"content": {kind: CONTENT[kind] for kind in kinds}}}
        router.add_api_route(path, endpoint, response_model=model, responses=responses, **options)
        for kind in kinds:
            router.add_api_route(path + ENDINGS[kind], endpoint, response_model=None, include_in_schema=False)
        return endpoint

    return add


def form_of(request: Request, *kinds: str) -> str:
    """The form in which a list is wanted.

    Raises:
        HTTPException: 406, the client takes none of them.
    """
    path = request.scope["route"].path
    ending = next((kind for kind in kinds if path.endswith(ENDINGS[kind])), None)
    return ending or accepted(request.headers.get("accept", ""), [JSON, *kinds])


def tabled(rows: Sequence[Mapping[str, object]], columns: Sequence[str], following: str | None = None) -> Response:
    """The rows as CSV, with the next page's address in a header."""
    written = StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    return Response(written.getvalue().encode(), media_type=CSV, headers=_link(following))


def described(
    store: Store, nodes: Iterable[ox.NamedNode], kind: str, following: str | None = None, texts: bool = False
) -> Response:
    """What the store states of the nodes, in a format of graphs, with the next page's address in a header."""
    graph = serialize(statements(store, nodes, texts), GRAPHS[kind], store.base)
    return Response(graph, media_type=kind, headers=_link(following))


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}


NODE = ("id", "type", "label")
EVENT = (
    *("id", "type", "label", "status", "when", "earliest", "latest", "place", "name", "stage", "confidence", "sources"),
    *Role,
    *("goods", "during", "articles", "sentence"),
)
"""The columns of an event; of what there is several of, the ids are joined by blanks."""
COUNTED = ("events", *EventType)
"""The columns of events in numbers."""
RELATIONSHIP = ("roles", *(f"counterpart_{name}" for name in NODE), "counterpart_roles", *EVENT)


def node_row(node: Node, before: str = "") -> dict[str, object]:
    """A node in columns."""
    return {f"{before}id": node.id, f"{before}type": node.type, f"{before}label": node.label}


def event_row(event: Happening) -> dict[str, object]:
    """An event in columns; its sentence is the first of the newest article."""
    row: dict[str, object] = {name: getattr(event, name) for name in EVENT[:12]}
    row |= {role: _joined(part.actor.id for part in event.parts if part.role is role) for role in Role}
    row["place"] = event.place.id if event.place else None
    row["goods"] = _joined(goods.equipment.id for goods in event.goods)
    row["during"] = event.during
    row["articles"] = _joined(dict.fromkeys(sentence.article for sentence in event.sentences))
    row["sentence"] = event.sentences[0].exact if event.sentences else None
    return row


def relationship_row(link: Linked) -> dict[str, object]:
    """A relationship in columns."""
    own = {"roles": _joined(link.roles), "counterpart_roles": _joined(link.counterpart_roles)}
    return {**own, **node_row(link.counterpart, "counterpart_"), **event_row(link.event)}


def counted_row(events: int, types: Iterable[Count]) -> dict[str, object]:
    """Events in numbers, in columns."""
    return {"events": events, **dict.fromkeys(EventType, 0), **{count.type: count.number for count in types}}


def _joined(ids: Iterable[str]) -> str:
    return " ".join(ids)
