"""`/docs`: the operations that the OpenAPI document describes, as a page to read."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response

from api.plain import plain

router = APIRouter(include_in_schema=False)

Part = Mapping[str, Any]
"""A piece of the document."""

INTRODUCTION = (
    '<p>Made from <a href="openapi.json">openapi.json</a>, for programs. <a href="./">The page</a> shows the graph.</p>'
)


@router.api_route("/docs", methods=["GET", "HEAD"])
def docs(request: Request) -> Response:
    """Every operation with its parameters, body and answer."""
    document = request.app.openapi()
    info = document["info"]
    return plain(f"{info['title']} {info['version']}", prose(info["description"]) + INTRODUCTION + sections(document))


def sections(document: Part) -> str:
    """The operations by their tags."""
    whole = [
        (operation["tags"][0], method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return "".join(
        f"<h2>{escape(tag)}</h2>\n" + "".join(described(document, *one[1:]) for one in ones)
        for tag, ones in groupby(sorted(whole, key=lambda one: one[0]), key=lambda one: one[0])
    )


def described(document: Part, method: str, path: str, operation: Part) -> str:
    """One operation: what it does, and on opening what it takes and answers."""
    text = operation.get("description", operation["summary"])
    takes = "".join(parameter(document, one) for one in operation.get("parameters", []))
    body = operation.get("requestBody", {}).get("content", {})
    answer = operation["responses"].get("200", {}).get("content", {})
    return (
        f"<details><summary><code>{method.upper()} {escape(path)}</code> {line(text)}</summary>\n{prose(text)}"
        + (f"<ul>{takes}</ul>\n" if takes else "")
        + "".join(content("Body", document, body))
        + "".join(content("Answer", document, answer))
        + "</details>\n"
    )


def parameter(document: Part, one: Part) -> str:
    """A parameter: its name and values, and what it means."""
    allowed = values(document, one["schema"])
    wanted = "required" if one["required"] else "optional"
    about = f": {inline(one['description'])}" if "description" in one else ""
    return f"<li><code>{escape(one['name'])}</code> ({escape(allowed)}; {wanted}){about}</li>"


def values(document: Part, schema: Part) -> str:
    """The values that a schema allows, in words."""
    schema = resolved(document, schema)
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(values(document, one) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"each {values(document, schema['items'])}"
    return str(schema.get("format", schema.get("type", "anything")))


def content(heading: str, document: Part, kinds: Part) -> Iterator[str]:
    """The media types of a body with an example of the first that has one."""
    if kinds:
        yield f"<p>{heading}: {', '.join(f'<code>{escape(kind)}</code>' for kind in kinds)}</p>\n"
    for kind in kinds.values():
        found = kind.get("example", *resolved(document, kind.get("schema", {})).get("examples", [])[:1])
        if found is not None:
            written = found if isinstance(found, str) else json.dumps(found, indent=2, ensure_ascii=False)
            yield f'<pre tabindex="0">{escape(written)}</pre>\n'
            return


def resolved(document: Part, schema: Part) -> Part:
    """The schema that a reference names; another as it is."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return dict(document["components"]["schemas"][name]) if name else schema


def prose(text: str) -> str:
    """Paragraphs."""
    return "".join(f"<p>{inline(paragraph)}</p>\n" for paragraph in text.split("\n\n"))


def line(text: str) -> str:
    """The first sentence."""
    return inline(re.split(r"(?<=\.)\s", text, maxsplit=1)[0])


def inline(text: str) -> str:
    """Escaped text, in which what stands between backticks is code.

    >>> inline("`a<b` & c")
    '<code>a&lt;b</code> &amp; c'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
