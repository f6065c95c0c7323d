"""Answers put together from the index's JSON, so that no event is taken apart to be sent.

What such a route answers is declared by its response model; tests hold the answers against it.
"""

from collections.abc import Iterable, Mapping
from json import dumps

from fastapi import Request, Response

from kg.answers.views import Number
from kg.index.listing import Linked, Page, Told

JSON = "application/json"


def listed(
    request: Request,
    page: Page[Told] | Page[Linked],
    total: int | None,
    facets: Mapping[str, Iterable[Number]],
) -> Response:
    """The answer with a page of events or relationships, and the address of the next one."""
    further = {
        "next": following(request, page.after),
        "total": total,
        "facets": {name: [{"name": one.name, "number": one.number} for one in found] for name, found in facets.items()},
    }
    items = b",".join(map(_item, page.items))
    return Response(b'{"items":[' + items + b"]," + _json(further)[1:], media_type=JSON)


def following(request: Request, after: str | None) -> str | None:
    """The address of the page behind a mark, without the server's name."""
    if after is None:
        return None
    url = request.url.include_query_params(after=after)
    return f"{url.path}?{url.query}"


def _item(item: Told) -> bytes:
    if not isinstance(item, Linked):
        return item.json
    node = {"id": item.counterpart.id, "type": item.counterpart.type, "label": item.counterpart.label}
    rest = {"roles": item.roles, "counterpart": node, "counterpart_roles": item.counterpart_roles}
    return b'{"event":' + item.json + b"," + _json(rest)[1:]


def _json(value: object) -> bytes:
    return dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
