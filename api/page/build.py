"""How an installation builds the page: the `build_py` command of setuptools, as pyproject.toml names it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from setuptools.command.build_py import build_py

PAGE = Path(__file__).resolve().parent
BUILT = PAGE / "dist" / "index.html"
MADE = {"dist", "node_modules", "__pycache__"}
"""What is in the folder of the page and no source of it."""

INSTALL = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--fetch-retry-maxtimeout=2000"]
BUILD = ["run", "build"]
PATIENCE = 600
"""Seconds that npm may take for each of these."""


class BuildWithPage(build_py):
    """Builds the page first, where Node is there, and then the packages, which it is data of."""

    def run(self) -> None:
        """Build; without the page, which a warning says, where it cannot be built."""
        fault = None if is_current() else built()
        if fault:
            self.warn(f"the page at / is not built: {fault}; everything else works")
        shutil.rmtree(Path(self.build_lib, "api", "page"), ignore_errors=True)  # a former page's files have other names
        super().run()

    def get_source_files(self) -> list[str]:
        """The files of a source distribution: those of the page too."""
        modules: list[str] = super().get_source_files()  # type: ignore[no-untyped-call]
        return [*modules, *(str(file.relative_to(PAGE.parents[1])) for file in sources())]


def built() -> str | None:
    """Build the page; what hindered it, with the remedy."""
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm; install Node.js 20.19 or later with npm, then this package again"
    for arguments in (INSTALL, BUILD):
        try:
            subprocess.run([npm, *arguments], cwd=PAGE, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=True)
        except (OSError, subprocess.SubprocessError):
            return f"`npm {' '.join(arguments)}` in api/page failed; see why, then install this package again"
    return None


def is_current() -> bool:
    """Whether the page is built and no source, or folder of sources, is younger."""
    if not BUILT.is_file():
        return False
    looked_at = {path for file in sources() for path in (file, file.parent)} - {PAGE}
    return max(path.stat().st_mtime for path in looked_at) <= BUILT.stat().st_mtime


def sources() -> Iterator[Path]:
    """The files that the page is made of."""
    for entry in sorted(PAGE.iterdir()):
        if entry.is_dir() and entry.name not in MADE:
            yield from sorted(file for file in entry.rglob("*") if file.is_file())
        elif entry.is_file():
            yield entry
