"""Names beside points: the first ones get a place, and what would cover another name is left out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

LONGEST = 40
FOREMOST = 20
"""Names that are written even over a point."""
SIDES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (1, 1, "left", "bottom"),
    (-1, 1, "right", "bottom"),
    (1, -1, "left", "top"),
    (-1, -1, "right", "top"),
)
"""Where a name may stand: right, left, above, below, and at the corners."""


def short(text: str, longest: int = LONGEST) -> str:
    """The text, cut to so many characters.

    >>> short("International Security Assistance Force", 24)
    'International Security…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def place(axes: "Axes", points: Iterable[tuple[str, float, float, float]], size: float = 8.0) -> int:
    """Write names (text, x, y, the radius of what is drawn there in points) in their order; how many found no place.

    The axes must have their final limits.
    """
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import Bbox

    points = list(points)
    halo = [withStroke(linewidth=2.5, foreground="white")]
    frame, scale = axes.get_window_extent(), axes.figure.dpi / 72
    nodes: list[Bbox] = []
    names: list[Bbox] = []
    for _, x, y, radius in points:
        (centre_x, centre_y), reach = axes.transData.transform((x, y)), radius * scale * 0.8
        nodes.append(Bbox.from_extents(centre_x - reach, centre_y - reach, centre_x + reach, centre_y + reach))
    missed = 0
    for order, (name, x, y, radius) in enumerate(points):
        # the first names are worth covering a point for
        tries = [*((side, True) for side in SIDES), *((side, False) for side in SIDES if order < FOREMOST)]
        for (across, up, horizontal, vertical), clear in tries:
            gap = radius * 0.7 + 1 if across and up else radius + 2
            text = axes.annotate(
                short(name), (x, y), (across * gap, up * gap),
                textcoords="offset points", ha=horizontal, va=vertical, fontsize=size, zorder=5, path_effects=halo,
            )  # fmt: skip
            box = text.get_window_extent()
            if _free(box, [*names, *nodes] if clear else names, frame):
                names.append(box)
                break
            text.remove()
        else:
            missed += 1
    return missed


def _free(box: "Bbox", taken: "list[Bbox]", frame: "Bbox") -> bool:
    inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
    return inside and not any(box.overlaps(other) for other in taken)
