"""The tables of a keymap, and which of them are in force where.

Modes: normal (keys are commands), insert (typing in the message input), command (typing after
`:`). Focus: the context of a pane (`normal.transfers` is in force in one called transfers, and
where one types in that `transfers`, in some lists narrow), of a conversation messages or input; or,
while one is open, a popup: switcher (typing filters a list, help as well; blogs, chooser, drafts,
followed and goto are such lists with keys of their own besides), dialog (questions
and forms), overlay (texts to scroll). While one looks for what was sent it is history, whatever one
types in. An input in which nothing is typed is resting: keys of the messages are for them.
A keymap without modes is in insert mode where one types, else in normal mode.
"""

from primitivus.model.panes.pane import Focus
from primitivus.model.view import Mode

# Popups in which the table of the switcher is in force as well.
LISTS = ("blogs", "chooser", "drafts", "followed", "goto")
TYPING = ("switcher", "dialog", *LISTS)  # the popups in which keys type text
POPUPS = (*TYPING, "overlay")
# Tables that keymaps had once, and where their keys belong now.
ONCE = {"bookmarks": "normal.rooms"}
RESTING = "resting"  # the input of a conversation, while nothing is typed in it
NARROWED = ("home", "log", "rooms")  # the lists in which what is typed finds rows

# Each table with the command contexts, besides "global", whose commands it may bind. The table
# "line" is in force wherever text is typed.
TABLES: dict[str, tuple[str, ...]] = {
    "global": (),
    "normal": (),
    "normal.conversations": ("conversations",),
    "normal.contacts": ("contacts",),
    "normal.occupants": ("occupants",),
    "normal.messages": ("messages",),
    "normal.input": ("line",),
    "normal.draft": ("draft",),
    "normal.post": ("post",),
    "normal.home": ("home",),
    "normal.log": ("log",),
    "normal.rooms": ("rooms", "home"),  # an invitation is answered as at home
    "normal.search": ("search",),
    "normal.services": ("services",),
    "normal.settings": ("settings",),
    "normal.transfers": ("transfers",),
    "normal.timeline": ("timeline",),
    "normal.unpublished": ("unpublished",),
    "line": ("line",),
    "insert": ("line",),
    "command": ("line",),
    "history": ("line", "history"),
    "search": ("line", "search"),
    "settings": ("line", "settings"),
    "narrow": ("line", "narrow"),
    "switcher": ("line",),
    "blogs": ("line",),
    "chooser": ("line", "chooser"),
    "drafts": ("line",),
    "followed": ("line",),
    "goto": ("line",),
    "dialog": ("line",),
    "overlay": (),
}


def types(table: str) -> bool:
    """Return whether keys type text where this table is in force."""
    return "line" in TABLES[table] and not table.startswith("normal.")


def is_typing(mode: Mode, focus: Focus) -> bool:
    """Return whether a key with a character types it there."""
    return focus in TYPING or (focus not in POPUPS and mode in ("insert", "command"))


def tables_for(mode: Mode, focus: Focus) -> tuple[str, ...]:
    """Return the tables in force; the first one that binds a key wins."""
    if focus in TYPING:
        return (focus, *(("switcher",) if focus in LISTS else ()), "line", "global")
    if focus in POPUPS:
        return (focus, "global")
    if focus == "history":
        return ("history", mode, "line", "global")
    if focus == RESTING and mode in ("normal", "insert"):
        first = ("normal.input",) if mode == "normal" else ("insert", "line", "global")
        return (*first, "normal.messages", *(("normal", "global") if mode == "normal" else ()))
    if mode == "insert" and focus in NARROWED:
        return ("narrow", "line", "global")
    if mode == "insert" and focus in TABLES:
        return (focus, "line", "global")
    if mode in ("insert", "command"):
        return (mode, "line", "global")
    return (f"normal.{focus}", "normal", "global")


def contexts_for(mode: Mode, focus: Focus) -> tuple[str, ...]:
    """Return the contexts whose commands keys can run there."""
    contexts = (context for table in tables_for(mode, focus) for context in TABLES[table])
    return tuple(dict.fromkeys(("global", *contexts)))


def typed_contexts(focus: Focus) -> tuple[str, ...]:
    """Return the contexts whose commands can be typed while `focus` was last on this.

    Editing commands are not among them: typed, they would edit the line they are typed in.
    """
    where = "input" if focus == "history" else focus
    return tuple(c for c in contexts_for("normal", where) if c != "line")
