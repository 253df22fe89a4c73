"""Keys that mean nothing in normal mode, and what is typed behind them."""

from collections.abc import Callable

from primitivus.keymaps.keymap import Keymap
from primitivus.keymaps.keys import is_printable, key_notation
from primitivus.model.state import State
from primitivus.model.wording.enumerating import listed
from primitivus.sentences import tr

# What the notice is about that stands until a key means something.
REFUSED = "refused key"
# Who types a word pauses less than that between its letters.
_TYPING_US = 500_000
_ADVICE = (
    ("mode insert", tr("lets you type")),
    ("mode command", tr("takes a command")),
    ("help", tr("helps")),
)
# What panes are called whose tables are not.
_CALLED = {
    "home": tr("what waits"), "timeline": tr("lists of posts"), "post": tr("posts"),
    "unpublished": tr("what is not published"),
}  # fmt: skip
# From a list of posts one comes to a post, and back.
_BESIDE = {"timeline": "post", "post": "timeline", "unpublished": "post"}
# What gives up a sequence, and needs no answer.
_GIVES_UP = ("esc", "ctrl g", "ctrl c")


class Refusals:
    """Refuses a word that was meant as text whole: its other letters may be commands."""

    def __init__(self, state: State, now_us: Callable[[], int]) -> None:
        self._state = state
        self._now_us = now_us
        self._until_us = 0

    def holds(self, key: str) -> bool:
        """Return whether `key` belongs to the word that was refused, and is refused with it."""
        is_letter = is_printable(key) or key == "enter"
        if not is_letter or not self._is_for_commands or self._now_us() >= self._until_us:
            self._until_us = 0
            return False
        self._until_us = 0 if key == "enter" else self._now_us() + _TYPING_US
        return True

    def refuse(self, key: str, keymap: Keymap) -> None:
        """Say that `key` is bound to nothing, if it was meant as a command."""
        if not self._is_for_commands or key in _GIVES_UP:
            return
        if is_printable(key):
            self._until_us = self._now_us() + _TYPING_US
        self._state.say(self._refusal(key, keymap), about=REFUSED)

    def refuse_sequence(self, begun: str, key: str) -> None:
        """Say that nothing is bound to the keys that were begun with `key` behind them."""
        if key not in _GIVES_UP:
            self._state.say(
                tr('"{begun} {key}" means nothing', begun=begun, key=key_notation(key)),
                about=REFUSED,
            )

    def _refusal(self, key: str, keymap: Keymap) -> str:
        layout, said = self._state.layout, key_notation(key)
        main = layout.main
        lists = (each.context for each in layout.lists if each.is_for(main))
        # What can have the focus, and the table that is in force there.
        spots = [*((each, each) for each in lists), ("messages", main.context)]
        spots += [("input", "input")] if main.has_input else []
        found = {spot: table for spot, table in spots if _is_bound(keymap, table, key)}
        if found:
            to = _way(keymap, list(found), layout.spot("next", self._state.settings)[0])
            return tr(
                '"{said}" is for: {panes}; {to} goes there',
                said=said,
                panes=listed(list(map(_called, found.values()))),
                to=to,
            )
        if (beyond := self._beyond(keymap, key)) is not None:
            table, to = beyond
            return tr(
                '"{said}" is for: {what}; {to} goes there',
                said=said,
                what=_called(table),
                to=to,
            )
        if keymap.modal:
            nothing = tr('"{said}" means nothing in normal mode', said=said)
        else:
            nothing = tr('"{said}" means nothing here', said=said)
        return tr("{nothing}: {advice}", nothing=nothing, advice=_advice(keymap))

    def _beyond(self, keymap: Keymap, key: str) -> tuple[str, str] | None:
        """Return the table of what is opened from here, where `key` means something, and how."""
        main = self._state.layout.main
        table = _BESIDE.get(main.context, "")
        line = main.enter() and "enter" if table == "post" else "blog"
        if not (table and line and _is_bound(keymap, table, key)):
            return None
        keys = keymap.keys_for(line, "global", "normal", f"normal.{main.context}")
        return table, keys[0] if keys else f":{line}"

    @property
    def _is_for_commands(self) -> bool:
        return self._state.mode == "normal" and self._state.view.shown_popup is None


def _is_bound(keymap: Keymap, table: str, key: str) -> bool:
    return any(sequence[0] == key for sequence in keymap.table(f"normal.{table}"))


def _called(table: str) -> str:
    return _CALLED.get(table, table)


def _way(keymap: Keymap, panes: list[str], following: str) -> str:
    """Return what to press, or to type, for the focus to be on one of `panes` at once."""
    steps = keymap.keys_for("focus next") if following in panes else ()
    keys = (*steps, *(key for pane in panes for key in keymap.keys_for(f"focus {pane}")))
    return keys[0] if keys else f":focus {panes[0]}"


def _advice(keymap: Keymap) -> str:
    """Return which keys do what was perhaps wanted."""
    found = ((keymap.keys_for(line), does) for line, does in _ADVICE)
    return ", ".join(f"{keys[0]} {does}" for keys, does in found if keys)
