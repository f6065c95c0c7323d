"""The command `kg`: articles in, a graph out, and questions to it.

This alone prints: results to standard output, all else to standard error. A failure is one line there and exit status
1, wrong use is one line and exit status 2.
"""

import os
import sys

import typer

from kg.cli.app import app
from kg.errors import KgError

INTERRUPTED = 130


def main() -> None:
    """Run the command that the arguments name, and exit with its status."""
    sys.exit(status())


def status() -> int:
    """The exit status of the command that the arguments name, once it has run."""
    try:
        returned = app(standalone_mode=False)
        sys.stdout.flush()
    except KgError as error:
        return complaint(str(error), error.exit_status)
    except typer.TyperException as error:
        message = error.format_message().rstrip(".")  # empty when the call without arguments has printed the help
        return complaint(f"{message}; see kg --help" if message else "", error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        returned = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complaint(f"{error.filename or 'the system'}: {error.strerror or error}", 1)
    except MemoryError:
        return complaint("out of memory; ask for less at once, or use a machine with more", 1)
    if returned == INTERRUPTED:  # what typer itself makes of Ctrl+C, too
        return complaint("interrupted; what was stored before stays", INTERRUPTED)
    return returned if isinstance(returned, int) else 0


def complaint(message: str, code: int) -> int:
    """Say in one line on standard error what went wrong; the exit status to end with."""
    if message.strip():
        print(f"kg: {' '.join(message.split())}", file=sys.stderr)
    return code
