"""A drawing as PNG or SVG: the same bytes for the same drawing, and no display needed."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")
DOTS = 150
"""Dots per inch of a PNG."""
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "defcoop",  # ids in the file come from this and not from chance
    "text.parse_math": False,  # a name with a $ is no formula
    "font.family": ["DejaVu Sans"],  # comes with matplotlib
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
METADATA: dict[str, dict[str, Any]] = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
"""Without the clock and the program's version."""


def checked(file: Path) -> str:
    """The format that the ending of a file's name says.

    Raises:
        UsageError: it is no picture's.
        KgError: matplotlib is missing.
    """
    format = file.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        raise UsageError(f"{file}: no picture's name; end it in {' or '.join(f'.{one}' for one in FORMATS)}")
    try:
        import matplotlib  # noqa: F401 - the extra may be missing
    except ImportError:
        raise KgError("pictures need matplotlib; install it with: pip install 'defcoop[plot]'") from None
    return format


def picture(format: str, width: float, height: float, draw: "Callable[[Figure], None]") -> bytes:
    """What is drawn on a figure of this size (inches), as a file."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    written = io.BytesIO()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # whatever the user's own settings are
        matplotlib.rcParams.update(SETTINGS)
        figure = Figure((width, height), dpi=DOTS)
        FigureCanvasAgg(figure)
        draw(figure)
        figure.savefig(written, format=format, metadata=METADATA[format])
    return written.getvalue()
