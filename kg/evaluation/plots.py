"""The reliability diagram: confidence against the share that is right. Needs matplotlib, the extra "plot"."""

from typing import BinaryIO

from kg.errors import UsageError
from kg.evaluation.calibration import BINS, Calibration

SIDE = 5.0
"""Inches along the side of the picture."""
WITHOUT = {"Software": None}
"""Metadata left out, so that the bytes do not name a version."""


def check() -> None:
    """See that pictures can be drawn, before the work is done that they are to show.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise UsageError("--plot needs matplotlib; install it with: pip install 'defcoop[plot]'") from error


def plot(calibration: Calibration, stream: BinaryIO) -> None:
    """Write the diagram as PNG: a bar for each bin, the number of its events above it, and the line of the ideal."""
    from matplotlib.figure import Figure  # an extra, and slow to load

    figure = Figure(figsize=(SIDE, SIDE), layout="constrained")
    axes = figure.add_subplot()
    bins = calibration.bins
    bars = axes.bar([one.low for one in bins], [one.right for one in bins], 1 / BINS, align="edge", edgecolor="white")
    axes.bar_label(bars, [str(one.events) for one in bins], padding=2)
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1.05),
        xlabel="confidence",
        ylabel="share of events that are right",
        title=f"{calibration.events} events, expected calibration error {calibration.expected_error:.3f}",
    )
    figure.savefig(stream, format="png", metadata=WITHOUT)
