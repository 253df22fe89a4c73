"""`backendd profile ...` and `backendd unlock`."""

import argparse
import sys
from pathlib import Path
from typing import cast

from backendd.api.contract.profile import ConnectionSettings
from backendd.api.text import clean_line
from backendd.cli import passwords, start
from backendd.cli.backend import session_bus
from backendd.cli.failure import DONE, CommandFailed
from backendd.cli.status import table
from backendd.core import jid

_WEAK = (
    "note: without a profile password the XMPP password is stored only obfuscated: whoever reads "
    "your files can find it out"
)


def add(arguments: argparse.Namespace) -> int:
    """Make a profile, by a backend that is started where none runs."""
    options = _options(arguments)
    # What is wrong with it is said before anybody types passwords.
    jid.own_account(arguments.jid)
    start.ensure(arguments.config)
    with session_bus() as bus:
        xmpp_password = passwords.ask("XMPP password")
        if not xmpp_password:
            raise CommandFailed("the XMPP password is empty")
        password = passwords.ask_new("Profile password (empty for none)")
        names = (arguments.name, arguments.jid, xmpp_password, password)
        bus.run(bus.manager.create_profile(*names, **options))
    if not password:
        print(_WEAK, file=sys.stderr)
    return DONE


def change(arguments: argparse.Namespace) -> int:
    """Change how a profile connects."""
    changes = _options(arguments)
    if arguments.host == "":
        changes["port"] = 0
    if not changes:
        raise CommandFailed("nothing to change was given; see --help")
    with session_bus() as bus:
        bus.require()
        bus.run(bus.profile(arguments.name).set_settings(**changes))
    return DONE


def list_all() -> int:
    """Print all profiles."""
    with session_bus() as bus:
        bus.require()
        for line in table(bus.profiles(), bus.default_profile()):
            print(line)
    return DONE


def remove(name: str, *, is_sure: bool) -> int:
    """Remove a profile, after a question where the user is not sure already."""
    with session_bus() as bus:
        bus.require()
        bus.profile(name)
        question = f"Remove profile {clean_line(name)} and all its messages?"
        if not is_sure and not passwords.confirm(question):
            raise CommandFailed("nothing was removed")
        bus.run(bus.manager.delete_profile(name))
        print(f"removed the profile {clean_line(name)} and all its messages")
    return DONE


def set_default(name: str) -> int:
    """Have @DEFAULT@ stand for another profile."""
    with session_bus() as bus:
        bus.require()
        bus.set_default_profile(name)
    return DONE


def unlock(name: str, given: Path | None) -> int:
    """Unlock a profile, of a backend that is started where none runs."""
    start.ensure(given)
    with session_bus() as bus:
        profile = bus.profile(name)
        bus.run(profile.unlock(passwords.ask("Profile password")))
    return DONE


def _options(arguments: argparse.Namespace) -> ConnectionSettings:
    """Return what was given of the settings of a profile."""
    names = ("host", "resource", "port", "direct_tls", "allow_plain")
    values = {name: vars(arguments).get(name) for name in names}
    if arguments.ca_file is not None:
        is_none = arguments.ca_file == Path()
        values["ca_file"] = "" if is_none else str(_readable(arguments.ca_file))
    given = {name: value for name, value in values.items() if value is not None}
    return cast("ConnectionSettings", given)


def _readable(path: Path) -> Path:
    # The backend has another working directory.
    absolute = path.absolute()
    if not absolute.is_file():
        raise CommandFailed(f"{path} isn't a file")
    return absolute
