"""The commands of `backendd` and what they take.

Nothing here imports what a command needs before it runs: help and usage errors come at once.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from backendd.api.version import __version__

Run = Callable[[argparse.Namespace], int]

_DESCRIPTION = "The Primitivus backend. Without a command it is started in the background."
_EPILOG = """exit status: 0 done, 1 failed, 2 wrong usage, 3 not running, 4 no session bus,
78 error in the configuration file"""


def parse(words: list[str]) -> argparse.Namespace:
    """Return the arguments; `run` in them is the command. Exits with 0 for help, 2 for mistakes."""
    return build_parser().parse_args(words)


def build_parser() -> argparse.ArgumentParser:
    """Return what knows all commands and their options."""
    parser = argparse.ArgumentParser(
        prog="backendd",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"backendd {__version__}")
    _add_config(parser, default=None)
    parser.set_defaults(run=_start)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    foreground = _add(commands, "fg", _foreground, "run in the foreground, logging to stderr")
    _add_config(foreground, default=argparse.SUPPRESS)
    _add(commands, "stop", _stop, "stop the backend that runs")
    _add(commands, "status", _status, "say whether it runs, and the state of the profiles")
    _add_profile(_add(commands, "profile", None, "add, list and remove profiles"))
    unlock = _add(commands, "unlock", _unlock, "ask for a profile password and unlock the profile")
    unlock.add_argument("name", metavar="NAME", help="the profile")
    install = _add(
        *(commands, "install", _install),
        "write the systemd user unit, the D-Bus service file and the desktop entry",
    )
    _add_config(install, default=argparse.SUPPRESS)
    _add(commands, "uninstall", _uninstall, "remove what install wrote")
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Run | None,
    meaning: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}."
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def _add_config(parser: argparse.ArgumentParser, default: str | None) -> None:
    meaning = "read this backendd.toml"
    parser.add_argument("--config", type=Path, metavar="FILE", help=meaning, default=default)


def _add_profile(profile: argparse.ArgumentParser) -> None:
    commands = profile.add_subparsers(metavar="COMMAND", title="commands", required=True)
    add = _add(commands, "add", _add_a_profile, "make a profile for an XMPP account")
    add.epilog = (
        "The XMPP password and then the profile password are asked for. When standard input is no "
        "terminal they are read from it, a line each: an empty second line is no profile password."
    )
    add.add_argument("name", metavar="NAME", help="the name of the new profile")
    add.add_argument("jid", metavar="JID", help="the address of the account")
    add.add_argument("--host", help="where the server is, instead of by DNS")
    add.add_argument("--port", type=_port, help="its port there")
    add.add_argument("--direct-tls", action="store_true", help="TLS from the first byte")
    add.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="a private certification authority (PEM)"
    )
    add.add_argument("--resource", help="the resource to bind, instead of one the server chooses")
    _add_settings(_add(commands, "set", _set_a_profile, "change how a profile connects"))
    _add(commands, "list", _list_profiles, "list the profiles")
    remove = _add(commands, "remove", _remove_profile, "remove a profile and all its data")
    remove.epilog = (
        "It asks first. When standard input is no terminal the answer, y or n, is read from it."
    )
    remove.add_argument("name", metavar="NAME", help="the profile")
    remove.add_argument("--yes", action="store_true", help="remove it without asking")
    default = _add(commands, "default", _set_default_profile, "make @DEFAULT@ mean a profile")
    default.add_argument("name", metavar="NAME", help="the profile")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the profile")
    parser.add_argument("--host", help="where the server is; empty: found by DNS")
    parser.add_argument("--port", type=_port, help="its port there")
    parser.add_argument(
        "--direct-tls", type=_yes_or_no, metavar="yes|no", help="TLS from the first byte"
    )
    parser.add_argument("--ca-file", type=Path, metavar="FILE", help="empty: none")
    parser.add_argument("--resource", help="the resource to bind; empty: the server chooses")
    parser.add_argument(
        "--allow-plain",
        type=_yes_or_no,
        metavar="yes|no",
        help="whether the server may get the password itself, by PLAIN inside verified TLS, though "
        "it offers, or took before, a login that does not show it: only where whoever runs the "
        "server says that this is right, for to somebody in its place it gives the password away",
    )


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise argparse.ArgumentTypeError("it has to be yes or no")
    return text == "yes"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _start(arguments: argparse.Namespace) -> int:
    from backendd.cli import start

    return start.start(arguments.config)


def _foreground(arguments: argparse.Namespace) -> int:
    from backendd.cli import foreground

    return foreground.run(arguments.config)


def _stop(_: argparse.Namespace) -> int:
    from backendd.cli import stop

    return stop.stop()


def _status(_: argparse.Namespace) -> int:
    from backendd.cli import status

    return status.show()


def _add_a_profile(arguments: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.add(arguments)


def _set_a_profile(arguments: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.change(arguments)


def _list_profiles(_: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.list_all()


def _remove_profile(arguments: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.remove(arguments.name, is_sure=arguments.yes)


def _set_default_profile(arguments: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.set_default(arguments.name)


def _unlock(arguments: argparse.Namespace) -> int:
    from backendd.cli import profiles

    return profiles.unlock(arguments.name, arguments.config)


def _install(arguments: argparse.Namespace) -> int:
    from backendd.cli import install

    return install.install(arguments.config)


def _uninstall(_: argparse.Namespace) -> int:
    from backendd.cli import install

    return install.uninstall()
