"""The command `primitivus`: attach to the backend and show it in this terminal."""

import os
import sys
from collections.abc import Sequence

from backendd.api import garbage
from backendd.api.late import load_late

# What the modules below import for what a start has no use for, such as to tell of errors.
load_late("ast", "base64", "inspect", "ipaddress", "linecache")

from primitivus.sentences import tr  # noqa: E402 - what stands above is meant for it as well

EXIT_USAGE, EXIT_TERMINAL = 2, 5

USAGE = tr("""\
usage: primitivus [-p PROFILE] [ADDRESS]

The terminal UI of primitivus; it starts the backend if needed.

  ADDRESS                what to open, as xmpp:room@example.org?join
  -p, --profile PROFILE  the one profile to show (default: all of them)
      --version          tell the version
  -h, --help             show this help
""")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    profile = address = ""
    while words:
        word = words.pop(0)
        if word in ("-h", "--help", "--version"):
            return _tell(word)
        if word.lower().startswith("xmpp:") and not address:
            address = word
            continue
        named = _profile(word, words)
        if named is None:
            return _fail(
                tr("{word} is not understood\n{usage}", word=word, usage=USAGE).rstrip(), EXIT_USAGE
            )
        profile = named
    trouble = _trouble_with(address)
    if trouble:
        return _fail(trouble, EXIT_USAGE)
    trouble = _trouble_with_terminal()
    if trouble:
        return _fail(trouble, EXIT_TERMINAL)
    return _run(profile, address)


def _tell(word: str) -> int:
    if word == "--version":
        from backendd.api.version import __version__

        print(f"primitivus {__version__}")
    else:
        print(USAGE, end="")
    return 0


def _profile(word: str, others: list[str]) -> str | None:
    """Return the profile that an option names, perhaps by the next word; None for another one."""
    if word.startswith("--profile="):
        return word.removeprefix("--profile=")
    if word in ("-p", "--profile") and others:
        return others.pop(0)
    return word[2:] if word.startswith("-p") and len(word) > 2 else None


def _trouble_with(address: str) -> str:
    """Return why an address can't be opened, or nothing."""
    if address:
        from primitivus.model.wording.links import read

        try:
            read(address)
        except ValueError as error:
            return str(error)
    return ""


def _trouble_with_terminal() -> str:
    """Return why this terminal can't show the program, or nothing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return tr("standard input and output are not a terminal; with ssh, use ssh -t")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return tr(
            "the terminal (TERM={term}) can't move its cursor; run it in another one", term=term
        )
    import locale

    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        return tr("the locale (LANG, LC_ALL) is not installed; LC_ALL=C.UTF-8 works everywhere")
    encoding = locale.nl_langinfo(locale.CODESET)
    if encoding.upper().replace("-", "") != "UTF8":
        return tr(
            "the locale's encoding is {encoding}, not UTF-8; LC_ALL=C.UTF-8 works everywhere",
            encoding=encoding,
        )
    return ""


def _run(profile: str, address: str) -> int:
    garbage.collect_none()
    # Imported late: a wrong option or terminal is told at once.
    import signal

    _load_asyncio()
    import asyncio

    from backendd.api.signals import heeded
    from primitivus.app.unechoed import unechoed

    for number in heeded(signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        # The terminal is put right on the way out; run.py has handlers of its own later.
        signal.signal(number, _leave)
    with unechoed(sys.stdin.fileno()) as settings:
        from primitivus.app.run import run

        return asyncio.run(run(profile, settings, address=address))


def _load_asyncio() -> None:
    """Load it without TLS, which it can do without: the bus has none, and OpenSSL loads slowly."""
    is_to_be_left = sys.modules.setdefault("ssl", None) is None  # type: ignore[arg-type]
    import asyncio  # noqa: F401

    if is_to_be_left:
        del sys.modules["ssl"]


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def _fail(text: str, code: int) -> int:
    print(f"primitivus: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
