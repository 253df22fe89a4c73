"""The command `primitivus`: attach to the backend and show it in this terminal."""

import os
import sys
from collections.abc import Sequence

from backendd.api import garbage

EXIT_FAILED, EXIT_USAGE, EXIT_TERMINAL = 1, 2, 5

USAGE = """\
usage: primitivus [-p PROFILE]

The terminal UI of primitivus; it starts the backend if needed.

  -p, --profile PROFILE  the one profile to show (default: all of them)
      --version          tell the version
  -h, --help             show this help
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    profile = ""
    while words:
        word = words.pop(0)
        if word in ("-h", "--help"):
            print(USAGE, end="")
            return 0
        if word == "--version":
            from backendd.api.version import __version__

            print(f"primitivus {__version__}")
            return 0
        if word.startswith("--profile="):
            profile = word.removeprefix("--profile=")
        elif word in ("-p", "--profile") and words:
            profile = words.pop(0)
        elif word.startswith("-p") and len(word) > 2:
            profile = word[2:]
        else:
            return _fail(f"{word} is not understood\n{USAGE}".rstrip(), EXIT_USAGE)
    trouble = _trouble_with_terminal()
    if trouble:
        return _fail(trouble, EXIT_TERMINAL)
    return _run(profile)


def _trouble_with_terminal() -> str:
    """Return why this terminal can't show the program, or nothing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "standard input and output are not a terminal; with ssh, use ssh -t"
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return f"the terminal (TERM={term}) can't move its cursor; run it in another one"
    import locale

    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        return "the locale (LANG, LC_ALL) is not installed; LC_ALL=C.UTF-8 works everywhere"
    encoding = locale.nl_langinfo(locale.CODESET)
    if encoding.upper().replace("-", "") != "UTF8":
        return f"the locale's encoding is {encoding}, not UTF-8; LC_ALL=C.UTF-8 works everywhere"
    return ""


def _run(profile: str) -> int:
    garbage.collect_none()
    # Imported late: a wrong option or terminal is told at once.
    import asyncio
    import signal

    from primitivus.app.unechoed import unechoed

    for number in (signal.SIGTERM, signal.SIGHUP):
        # The terminal is put right on the way out; run.py has handlers of its own later.
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        with unechoed(sys.stdin.fileno()) as settings:
            from primitivus.app.run import run

            return asyncio.run(run(profile, settings))
    except KeyboardInterrupt:
        return EXIT_FAILED


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def _fail(text: str, code: int) -> int:
    print(f"primitivus: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
