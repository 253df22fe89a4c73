"""The settings of the terminal UI (primitivus.toml), and what can be wrong in a user's file."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from xdg_base_dirs import xdg_config_home

from backendd.api import settings
from backendd.api.settings import Meaning, Problem, misfit, setting
from backendd.api.values import Value
from primitivus.sentences import tr, translated
from primitivus.user_files import Unknown, read_toml, trouble, unknown

ON = ("on", "yes", "true")
OFF = ("off", "no", "false")


class Settings(Value):
    """All settings; the defaults are what is used where the file says nothing."""

    keymap: str = setting(
        "primitivus", "primitivus, vi, emacs, or a file of yours", kind="keymap", section="keys"
    )
    theme: str = setting(
        "auto",
        "dark, light, 16-colour, high-contrast, mono, ascii, or a file of yours (themes.md); auto"
        " is light or dark, as the terminal's background is",
        kind="theme",
        section="look",
    )
    colours: str = setting(
        "auto",
        "how many colours to use; auto asks NO_COLOR, COLORTERM, TERM and its terminfo",
        ("auto", "mono", "16", "256", "true"),
        section="look",
    )
    colour_vision: str = setting(
        "normal",
        "how you see colours: people get none that look alike to you",
        ("normal", "red-green", "blue"),
        section="look",
    )
    nick_colours: bool = setting(
        True, "give each person a colour of their own (XEP-0392)", section="look"
    )
    symbols: str = setting(
        "auto",
        "what to draw with; ascii is for fonts that lack the others, auto is what the theme says,"
        " else ascii on the Linux console (TERM=linux), else utf-8",
        ("auto", "utf-8", "ascii"),
        section="look",
    )
    pictures: str = setting(
        "auto",
        "show pictures that are here among the messages: by the protocol of kitty, as sixels, out"
        " of half blocks, or not at all (:picture still does); auto is the first of these that the"
        " terminal says it has, and none where there are no colours, or no more symbols than ascii",
        ("auto", "kitty", "sixel", "blocks", "off"),
        section="look",
    )
    picture_rows: int = setting(
        12,
        "how many rows a picture takes at most among messages",
        least=2,
        most=100,
        section="look",
    )
    timestamps: bool = setting(True, "show the time of each message", section="messages")
    time_format: str = setting(
        "%H:%M", "how the time of a message is written (strftime)",
        is_time_format=True, section="messages",
    )  # fmt: skip
    day_format: str = setting(
        "%A, %d %B %Y", "how a day is written between messages (strftime)",
        is_time_format=True, section="messages",
    )  # fmt: skip
    message_columns: int = setting(
        100, "how wide messages get where there is room; 0 is as wide as the window",
        least=0, section="messages",
    )  # fmt: skip
    short_nicks: bool = setting(
        False, "cut long names, so that messages start further left", section="messages"
    )
    decorations: bool = setting(True, "draw lines between days and panes", section="look")
    start: str = setting(
        "home",
        "what shows first: home is what waits (:home) if anything does, else the newest chat; last"
        " is where you were when you left; newest is that chat whatever waits",
        ("home", "last", "newest"),
        section="lists",
    )
    conversations: bool = setting(True, "show the list of conversations", section="lists")
    contacts: bool = setting(False, "show the contacts", section="lists")
    occupants: bool = setting(True, "show who is in a room", section="lists")
    room_presence: str = setting(
        "none",
        "tell between messages who enters and leaves the room that you look at: nobody, those"
        " who said something there, or all; who is kicked or banned and a new topic always are",
        ("none", "talking", "all"),
        section="messages",
    )
    topic: str = setting(
        "line",
        "show the topic of a room in the bar, in full above its messages, or not at all",
        ("line", "full", "hidden"),
        section="messages",
    )
    offline_contacts: bool = setting(True, "show contacts who are offline", section="lists")
    groups: bool = setting(True, "show contacts under the groups that they are in", section="lists")
    resources: bool = setting(False, "show each client of a contact", section="lists")
    statuses: bool = setting(True, "show the status texts of contacts", section="lists")
    bell: bool = setting(
        True, "ring the bell for a message you don't see, and for a request", section="attention"
    )
    notifications: str = setting(
        "off",
        "have the terminal show a notification with the bell, where it knows how (OSC 9, OSC 777):"
        " from whom it is, or with its text; for ssh: on a desktop the backend shows its own",
        ("off", "names", "text"),
        section="attention",
    )
    title: bool = setting(
        True,
        "count in the terminal's title what is unread and who asks, and behind @ what mentions you",
        section="attention",
    )
    mouse: bool = setting(
        True,
        "choose, open and scroll with the mouse; the terminal then selects text only with Shift"
        " (some: Option), and by itself where this is off",
        section="keys",
    )
    away_minutes: int = setting(
        10,
        "after this many minutes without a key you count as away: what comes stays unread, and"
        " servers are told; 0: never. Nothing is read in a terminal without the focus, nor two"
        " minutes after the last key in one that doesn't tell (tmux does with focus-events on)",
        least=0,
        most=10_000,
        section="attention",
    )
    ask_password: str = setting(
        "always",
        "ask for the profile password at each start, or only for a locked profile",
        ("always", "locked"),
        section="profiles",
    )
    editor: str = setting(
        "", "the editor for long messages; empty: $VISUAL, then $EDITOR", section="files"
    )
    opener: str = setting(
        "",
        "the program that opens files, which gets no terminal; empty: what the desktop has",
        section="files",
    )
    image_command: str = setting(
        "",
        "the command whose output :paste-image sends; empty: wl-paste, then xclip, for what is in"
        " the clipboard",
        section="files",
    )
    sequence_timeout_ms: int = setting(
        1000,
        "how long to wait for the next key of a sequence where no hint shows what may follow, in"
        " milliseconds",
        least=50,
        section="keys",
    )

    def with_text(self, name: str, text: str) -> "Settings":
        """Return the settings with `name` set to what `text` says.

        Raises ValueError, with a sentence, if there is no such setting or it can't be that.
        """
        current = self._value(name)
        value: object = text
        if isinstance(current, bool):
            value = _switch(text, current=current)
        elif isinstance(current, int):
            value = int(text) if re.fullmatch(r"\d+", text) else text
        return self.with_value(name, value)

    def with_value(self, name: str, value: object) -> "Settings":
        """Return the settings with `name` set; ValueError as `with_text`."""
        self._value(name)
        if wrong := misfit(Settings, name, value):
            raise ValueError(trouble(name, wrong))
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def text_of(self, name: str) -> str:
        """Return the value of `name` as it would be typed; ValueError if there is none such."""
        value = self._value(name)
        if isinstance(value, bool):
            return "on" if value else "off"
        return str(value)

    def _value(self, name: str) -> object:
        if name not in documentation():
            said = tr('unknown setting "{name}"', name=name)
            raise ValueError(unknown(said, name, documentation()))
        return getattr(self, name)


@cache
def documentation() -> Mapping[str, Meaning]:
    """Return what each setting means, by name, in the order they are declared."""
    said = settings.documentation(Settings).items()
    return {name: meaning._replace(doc=translated(meaning.doc)) for name, meaning in said}


def config_directory() -> Path:
    """Return the folder of the user's settings, keymaps and themes."""
    return xdg_config_home() / "primitivus"


def load_settings(path: Path | None = None) -> tuple[Settings, list[Problem]]:
    """Return the settings of the file (default: the user's) and what is wrong in it.

    No file is no problem; one that can't be read gives the defaults, and so does a wrong key.
    """
    path = path or config_directory() / "primitivus.toml"
    held = Settings()
    if not path.exists():
        return held, []
    data, locator, problems = read_toml(path)
    for name, value in data.items():
        try:
            held = held.with_value(name, value)
        except ValueError as error:
            line = locator.line(name) if locator else 0
            made = Problem if name in documentation() else Unknown
            problems.append(made(path, line, str(error)))
    return held, problems


def _switch(text: str, *, current: bool) -> object:
    words = dict.fromkeys(ON, True) | dict.fromkeys(OFF, False) | {"toggle": not current}
    return words.get(text.lower(), text)
