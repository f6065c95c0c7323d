"""Answers put together from the index's JSON, so that no event is taken apart to be sent.

What such a route answers is declared by its response model; tests hold the answers against it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json import loads
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.concurrency import run_in_threadpool

from api.filters import Listed
from kg.answers.lookups import Lookups
from kg.answers.views import Number
from kg.index.listing import Linked, Page, Sort, Told

JSON = "application/json"

SHORT = 100
"""Rows up to which a page is made at once."""
AT_HAND = {"sort", "limit", "after"}
"""Parameters that leave a page one that the index has in order."""


async def answered(lookups: Lookups, asked: Listed, form: str, answer: Callable[[], Response]) -> Response:
    """The answer: a short page that the index has in order is made here, which is quicker than to hand it to a thread.

    What may take longer goes to a thread, and keeps nobody waiting.
    """
    short = form == JSON and asked.limit <= SHORT and asked.model_fields_set <= AT_HAND
    if short and asked.sort is Sort.NEWEST and lookups.are_quick:
        return answer()
    return await run_in_threadpool(_of_one_moment, lookups, answer)


def _of_one_moment(lookups: Lookups, answer: Callable[[], Response]) -> Response:
    """The answer, whose rows, total and facets are as of one moment."""
    with lookups.moment():
        return answer()


def listed(
    request: Request,
    page: Page[Told] | Page[Linked],
    total: int | None,
    facets: Mapping[str, Iterable[Number]],
    fields: Sequence[str] = (),
    about: BaseModel | None = None,
) -> Response:
    """The answer with a page of events or relationships, and the address of the next one.

    The items have only these `fields`, where any are given; the page has besides what it is `about`.
    """
    further = {
        **(about.model_dump(mode="json") if about else {}),
        "next": following(request, page.after),
        "total": total,
        "facets": {name: [{"name": one.name, "number": one.number} for one in found] for name, found in facets.items()},
    }
    items = b",".join(_item(item, fields) for item in page.items)
    return Response(b'{"items":[' + items + b"]," + to_json(further)[1:], media_type=JSON)


def following(request: Request, after: str | None) -> str | None:
    """The address of the page behind a mark, without the server's name."""
    if after is None:
        return None
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{quote(request.scope['path'], safe='/:')}?{urlencode([*asked, ('after', after)])}"


def _item(item: Told, fields: Sequence[str]) -> bytes:
    if fields:
        whole = loads(_item(item, ()))
        return to_json({name: whole[name] for name in fields})
    if not isinstance(item, Linked):
        return item.json
    node = {"id": item.counterpart.id, "type": item.counterpart.type, "label": item.counterpart.label}
    rest = {"roles": item.roles, "counterpart": node, "counterpart_roles": item.counterpart_roles}
    return b'{"event":' + item.json + b"," + to_json(rest)[1:]
