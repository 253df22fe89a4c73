"""What the correspondent of the demo says."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from backendd.api.names import BUS_NAME, MESSAGES, profile_path

DOMAIN = "demo.localhost"
ROOM = f"garden@conference.{DOMAIN}"
"""A room in which the correspondent is as well."""

ENTRANCE = "env"
"""The file, in the directory of the demo, by which another terminal is in it."""

BUS = "DBUS_SESSION_BUS_ADDRESS"

CALLED = "hello"
"""What is sent by D-Bus."""

HISTORY = (  # who says it, and what
    ("guide", "Hello! I am a small program on the same server as you."),
    ("guest", "And who is the server?"),
    ("guide", "A Prosody of your own, on this machine only. It goes away when you quit."),
    ("guest", "So nobody else reads this?"),
    ("guide", "Nobody. Write what you like; I answer everything."),
)
TERMINAL = "terminal"
"""What the correspondent is asked for the way in from another terminal."""
WELCOME = (
    "Write something, and Enter sends it. /help shows what else there is. "
    f'"{TERMINAL}" brings how another terminal is in the demo as well.'
)
TIPS = (
    "F1 shows the keys and commands of wherever you are.",
    "What begins with / is a command, and Tab completes it: /help, /chat, /set keymap vi",
    f"There is a room, too: /join {ROOM} takes you there.",
    "Page Up goes back in time, /bottom comes back to the newest message.",
    "The marks at the right of your messages say how far they got: /signs explains them.",
    "All of this is on D-Bus as well: docs/dbus.md shows how to script it.",
    "C-z goes to the shell, and fg comes back (Esc first, while you write).",
    "/quit ends the demo and removes everything it made.",
)


IN_ROOM = (
    "Welcome to the garden, {nick}. /occupants goes to who is here: Enter there writes privately.",
    "{nick}: begin with a nick and Tab completes it; whoever is named is notified, as you are now.",
    "/reply answers me, /react heart reacts; /edit and /retract are for what you wrote yourself.",
    "/topic TEXT changes what the room is about, /leave leaves it.",
)


def entrance(env: Mapping[str, str]) -> str:
    """Return lines for a shell by which it is in the demo: its bus, its directories, its programs.

    With the bus alone a backend that is started there would be one over the user's own data.
    """
    names = [name for name in env if name.startswith("XDG_") or name in ("PATH", BUS)]
    return "".join(f"export {name}={shlex.quote(env[name])}\n" for name in names)


def call(entrance: Path, profile: str, correspondent: str) -> str:
    """Return the lines for a shell that send the correspondent a message, by D-Bus.

    The first of them, of the file of an `entrance`, has that shell be in the demo.
    """
    return (
        f"  . {shlex.quote(str(entrance))}\n"
        f"  busctl --user call {BUS_NAME} {profile_path(profile)} {MESSAGES} Send ss "
        f"{correspondent}@{DOMAIN} {CALLED}"
    )


def second() -> str:
    """Return how somebody else comes into the demo, in a terminal with the first line of `call`."""
    return (
        f"  :new-account {DOMAIN} in the UI makes an account, with a profile of its name\n"
        "  primitivus -p NAME shows it alone, in that other terminal; quit it before the UI here"
    )


def answer_in_room(nick: str, count: int) -> str:
    """Return what is said in the room to somebody who said the message number `count` there."""
    return IN_ROOM[count % len(IN_ROOM)].format(nick=nick)


def answer(body: str, count: int, entrance: Path) -> str:
    """Return the answer to `body`, the message number `count` (from 0)."""
    if body.strip().strip('"').casefold() == TERMINAL:
        return (
            f"In another terminal:\n  . {shlex.quote(str(entrance))}\n"
            "After that, primitivus, jp and backendd there are of the demo, and so is busctl.\n"
            f"To be somebody else:\n{second()}"
        )
    return f"You wrote “{body}”. {TIPS[count % len(TIPS)]}"
