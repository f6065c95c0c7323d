"""How schemathesis sends bodies that are neither JSON nor a form."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/sparql-query")
def query(context: object, value: Any) -> bytes:
    """A query as it is."""
    return str(value).encode()
