"""The command `jp`."""

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from jp.failures import DONE, FAILED, INTERRUPTED, NOT_READ, USAGE, Failure, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jp.arguments import Line
    from jp.session import Session


def run(arguments: Sequence[str]) -> None:
    """Run a command and end the process, without taking apart what is left of it."""
    # A command is over before there is anything to collect; what goes on for long has it collected.
    gc.disable()
    try:
        code = main(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED  # once more, where the first was being answered
    # Nothing is left that an end of Python would see to, which takes it a fifth of the time.
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command on the command line; return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _open_all()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what the locale has no letters for
    try:
        return _printed(words)
    except BrokenPipeError:
        # Whoever read our output has seen enough. As a shell says of who dies of SIGPIPE.
        code = NOT_READ
    except OSError as error:
        said = f"it can't be printed: {error.strerror or error}"
        if isinstance(error.filename, str):  # what is printed to has no name
            said = f"{error.filename}: {error.strerror}"
        code = _fail(_with(said, *getattr(error, "__notes__", ())), FAILED)
    # Nothing may be flushed there at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code


def _open_all() -> None:
    """Have something be open at each of the three descriptors, else the bus would be there.

    What was closed stays so: it can't be read from, and to print into it fails.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # the lowest that is free: this one
    # As long as the process: nobody closes them.
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115


def _printed(words: list[str]) -> int:
    """Run the command; what it printed is out when this returns. OSError."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        # While nothing was begun; what was is told by `_go`.
        return INTERRUPTED
    return code


def _run(words: list[str]) -> int:
    if words[:1] == ["--complete"]:
        from jp.completion import answer

        return answer(words[1:])
    from jp.arguments import Line

    try:
        line = Line(words)
    except UsageError as error:
        return _usage(error)
    except Failure as error:
        return _fail(str(error), error.code)
    if line.options.version or line.options.help:
        from jp.help import tell

        return tell(line)
    from jp.session import Session

    session = Session(line.options)
    try:
        return _go(session, line)
    finally:
        session.close()


def _go(session: "Session", line: "Line") -> int:
    from backendd.api.blocking import run
    from backendd.api.errors import BackendError
    from backendd.api.failures import LinkError
    from jp.failures import CODES
    from jp.running import run_command

    try:
        run(run_command(session, line))
    except UsageError as error:
        if not error.about and line.command is not None:
            error.about = line.command.words
        return _usage(error)
    except Failure as error:
        return _fail(str(error), error.code)
    except LinkError as error:
        return _fail(_with(str(error), session.begun * session.lasts), error.exit_code)
    except BackendError as error:
        return _fail(str(error), CODES.get(error.name, FAILED))
    except KeyboardInterrupt:
        from jp.running import interrupted

        run(interrupted(session))
        return INTERRUPTED
    except OSError as error:
        error.add_note(session.begun)
        raise
    return DONE


def _usage(error: UsageError) -> int:
    said = f"jp {error.about} --help".replace("  ", " ")
    return _fail(f"{error}\n`{said}` explains it", USAGE)


def _with(*said: str) -> str:
    """Return why a command has ended, and what goes on without it, where anything does."""
    return "; ".join(filter(None, said))


def _fail(text: str, code: int) -> int:
    from jp.output.errors import say

    say(text)
    return code


if __name__ == "__main__":
    run(sys.argv[1:])
