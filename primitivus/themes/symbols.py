"""The symbols drawn on the screen, for UTF-8 terminals and for plain ASCII."""

from backendd.api.values import Value

# How far a message of ours may get; each has a symbol of its name.
STATES = ("pending", "sent", "delivered", "displayed", "failed")


class Symbols(Value):
    """One set of symbols. Each is as wide as its text: none is drawn wide or as an emoji."""

    unread: str
    online: str
    away: str
    xa: str
    dnd: str
    offline: str
    unknown: str
    room: str
    room_coming: str
    room_waiting: str
    room_left: str
    pinned: str
    muted: str
    draft: str
    pending: str
    sent: str
    delivered: str
    displayed: str
    next: str
    failed: str
    rule: str
    border: str
    border_focused: str
    focus: str
    here: str
    below: str
    above: str
    ellipsis: str
    prompt: str
    newline: str
    locked: str
    blocked: str
    alike: str
    file: str
    bullet: str
    likes: str
    comments: str
    blog: str

    @property
    def are_ascii(self) -> bool:
        """Whether these are for terminals that can't be trusted with anything else."""
        return self.rule.isascii()

    def of(self, state: str) -> str:
        """Return the sign of how far a message of ours got; nothing for what is no such state."""
        return str(getattr(self, state)) if state in STATES else ""


UTF8 = Symbols(
    unread="●",
    online="●",
    away="◐",
    xa="◑",
    dnd="⊘",
    offline="○",
    unknown="◌",
    room="#",
    room_coming="◫",
    room_waiting="◨",
    room_left="□",
    pinned="▴",
    muted="⊗",
    draft="¶",
    pending="…",
    sent="✓",
    delivered="✓✓",
    displayed="◉",
    next="·",
    failed="!",
    rule="─",
    border="│",
    border_focused="┃",
    focus="▸",
    here="▹",
    below="↓",
    above="↑",
    ellipsis="…",
    prompt=">",
    newline="↵",
    locked="⚿",
    blocked="✗",
    alike="≈",
    file="▤",
    bullet="•",
    likes="♥",
    comments="❞",
    blog="§",
)
ASCII = Symbols(
    unread="*",
    online="*",
    away="~",
    xa="z",
    dnd="x",
    offline="-",
    unknown=".",
    room="#",
    room_coming="%",
    room_waiting="_",
    room_left="=",
    pinned="^",
    muted="M",
    draft="+",
    pending="..",
    sent="v",
    delivered="vv",
    displayed="@",
    next="-",
    failed="!",
    rule="-",
    border="|",
    border_focused="#",
    focus=">",
    here=":",
    below="v",
    above="^",
    ellipsis="..",
    prompt=">",
    newline="\\",
    locked="L",
    blocked="X",
    alike="=",
    file="[]",
    bullet="*",
    likes="+",
    comments="re:",
    blog="&",
)


def symbols_for(setting: str, encoding: str, term: str = "") -> Symbols:
    """Return the set that the setting `symbols` asks for.

    "auto" goes by the locale's encoding and the terminal (TERM): the fonts of the Linux console
    have few signs.
    """
    if setting == "auto":
        is_console = term.startswith("linux") or term.endswith(".linux")
        is_utf8 = encoding.lower().replace("-", "") == "utf8"
        setting = "utf-8" if is_utf8 and not is_console else "ascii"
    return UTF8 if setting == "utf-8" else ASCII
