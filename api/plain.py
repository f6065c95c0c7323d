"""Pages in plain HTML, without scripts: nothing but the server that sends them is needed to read them."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from fastapi.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
pre { overflow: auto }
summary { cursor: pointer; margin: .5rem 0 }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every page tells a browser, besides a Content-Security-Policy of its own."""


def plain(title: str, body: str) -> HTMLResponse:
    """The page with this title, and this HTML below it."""
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>\n{body}</main></body></html>\n"
    )
    return HTMLResponse(text, headers={**SAFE, "content-security-policy": POLICY})
