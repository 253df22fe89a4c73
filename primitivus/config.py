"""The settings of the terminal UI (primitivus.toml), and the problems a file of ours can have."""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file of the user's; the rest of the file works."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class SettingDoc:
    """What is known of a setting besides its type and default."""

    doc: str
    choices: tuple[str, ...] = ()
    kind: str = ""  # what completes it (commands/types.py): "theme", "keymap"
    minimum: int = 0


def setting(default: Any, doc: str, *, choices: tuple[str, ...] = (), kind: str = "", minimum: int = 0) -> Any:
    """Return a field of Settings."""
    return field(default=default, metadata={"setting": SettingDoc(doc, choices, kind, minimum)})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; the defaults are what is used where the file says nothing."""

    keymap: str = setting("primitivus", "The keymap: primitivus, vi, emacs or one of yours.", kind="keymap")
    theme: str = setting("default", "The theme: default, light, mono or one of yours.", kind="theme")
    colours: str = setting("auto", "How many colours to use; NO_COLOR in the environment means mono.", choices=("auto", "mono", "16", "256", "true"))
    colour_vision: str = setting("normal", "Which colours you tell apart well; nicks are coloured accordingly.", choices=("normal", "red-green", "blue"))
    nick_colours: bool = setting(True, "Give each person a colour of their own (XEP-0392).")
    symbols: str = setting("auto", "Which symbols to draw with; auto takes ascii where the locale isn't UTF-8.", choices=("auto", "utf-8", "ascii"))
    timestamps: bool = setting(True, "Show the time of each message.")
    time_format: str = setting("%H:%M", "How the time of a message is written (strftime).")
    day_format: str = setting("%A, %d %B %Y", "How a day is written between messages (strftime).")
    short_nicks: bool = setting(False, "Cut long nicks so that the text starts further left.")
    contacts: bool = setting(False, "Show the contacts pane at start.")
    offline_contacts: bool = setting(True, "Show contacts who are offline.")
    resources: bool = setting(False, "Show each client of a contact.")
    statuses: bool = setting(True, "Show the status texts of contacts.")
    bell: bool = setting(True, "Ring the bell for a message you don't see.")
    title: bool = setting(True, "Show the number of unread messages in the terminal's title.")
    ask_password: str = setting("always", "When to ask for the profile password: at each start, or only for a locked profile.", choices=("always", "locked"))
    editor: str = setting("", "The editor for long messages; empty: $VISUAL, then $EDITOR.")
    sequence_timeout_ms: int = setting(1000, "How long to wait for the next key of a sequence, in milliseconds.", minimum=50)

    def with_text(self, name: str, text: str) -> "Settings":
        """Return the settings with `name` set to what `text` says; ValueError with a sentence if it can't be."""
        raise NotImplementedError

    def text_of(self, name: str) -> str:
        """Return the value of `name` as it would be typed; ValueError if there is no such setting."""
        raise NotImplementedError


def documentation() -> dict[str, SettingDoc]:
    """Return what each setting means, by name, in the order they are declared."""
    return {item.name: item.metadata["setting"] for item in fields(Settings)}


def settings_path() -> Path:
    """Return where the user's primitivus.toml is, or would be."""
    raise NotImplementedError


def load_settings(path: Path | None = None) -> tuple[Settings, list[Problem]]:
    """Return the settings of the file (default: the user's) and what is wrong in it.

    No file is no problem; a file that can't be read or doesn't parse gives the defaults.
    """
    raise NotImplementedError
