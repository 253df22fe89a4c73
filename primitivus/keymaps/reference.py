"""The reference of all keys, as Markdown (docs/keys.md)."""

from collections.abc import Iterator

from primitivus.commands.all import registry as all_commands
from primitivus.commands.help.help import table_title
from primitivus.commands.registry import Registry
from primitivus.keymaps.checks import load_shipped
from primitivus.keymaps.contexts import TABLES
from primitivus.keymaps.keymap import Keymap
from primitivus.keymaps.load import SHIPPED
from primitivus.themes.legend import legend
from primitivus.themes.symbols import ASCII, UTF8

_INTRODUCTION = """\
# Keys

Three keymaps ship; `keymap = "vi"` in primitivus.toml or `:set keymap vi` chooses one. A file of
the same name in `$XDG_CONFIG_HOME/primitivus/keymaps/` changes single keys, and one of another
name is a keymap of your own:

```toml
base = "vi"               # the keymap it changes: primitivus if left out, "none" for an empty one

[normal.messages]
"C-j" = "line-down 5"     # any command line, see commands.md
"g g" = "top"             # one key after the other
"y" = ""                  # takes a key away
```

Keys are written as they are typed: `x`, `X`, `/`; `C-x` with Ctrl, `M-x` with Alt (or Esc before),
`S-Tab` with Shift; `Enter Tab Space Backspace Delete Insert Esc Up Down Left Right Home End PageUp
PageDown F1` to `F20`. Most terminals send the same for `C-i` and `Tab`, `C-m` and `Enter`, `C-h`
and `Backspace`. `S-Enter` and others with Shift or Ctrl come from terminals with the protocol of
kitty or with modifyOtherKeys (in tmux: `set -s extended-keys on`); where nothing is bound to such a
key, it is the plain one. `Any` behind other keys is whatever types a character, which the command
gets as its last argument: `"f Any" = "find-char move on"`.

What the mouse does is bound as keys are: `Press` is its first button, `RightPress` the other one,
`WheelUp` and `WheelDown` a step of its wheel, each with `C-` or `M-` where the terminal tells that;
`Release` is letting go of the first one elsewhere than on the border between panes that it pressed.
`point` and `wheel` act on what is under it, wherever the focus is. With Shift the terminal selects
and pastes text as ever; `F7`, or `:mouse off`, leaves it all to the terminal.

| where | tables, the first that binds a key wins |
|---|---|
| normal mode | the one of what is focused, as `[normal.messages]`, then `[normal]`, `[global]` |
| insert mode, command line | `[insert]` or `[command]`, then `[line]`, `[global]` |
| what was sent, while one looks for it | `[history]`, then as before |
| what was found, while typing | `[search]`, then `[line]`, `[global]` |
| a list, while typing what is to be found in it | `[narrow]`, then `[line]`, `[global]` |
| switcher and help, dialogs | `[switcher]` or `[dialog]`, then `[line]`, `[global]` |
| posts that are being written | `[drafts]`, `[switcher]`, then `[line]`, `[global]` |
| blogs of a service | `[blogs]`, `[switcher]`, then `[line]`, `[global]` |
| going to anything | `[goto]`, `[switcher]`, then `[line]`, `[global]` |
| blogs that are followed | `[followed]`, `[switcher]`, then `[line]`, `[global]` |
| texts to scroll | `[overlay]`, then `[global]` |

At an input in which nothing is typed, in normal mode, keys of `[normal.messages]` are for the
messages at once, before those of `[normal]`: `r` answers the newest of theirs, `e` changes what you
said last, `y` copies, `k` and `j` begin with the newest in view. What is taken is selected then.
`[normal.input]` keeps what does something without a text as well, as `q`, and `p`, `u` and `o` of
vi; what only moves in a text, or changes it, gives its keys away, also those behind one of
`[normal]`, as in `g u w` of vi. In a keymap without modes it is
so of keys that type no character and mean nothing else there: `C-Space` and `M-w` of emacs.

In a keymap with modes (`modal = true`) Esc always leaves where text is typed, so that Alt and a key
is Esc and that key there; only `M-Enter` can be bound. In one without, the tables of normal mode
are in force while the focus is on a list. With `counts = true`, digits before a key in normal mode
say how often, also between the keys of a sequence (`d 2 w`); with `digit_arguments = true`, digits
with Alt do anywhere, as in readline: `M-3 C-f`, `M-1 0 x`. With `quits_panes = true`, `:quit`
closes a pane of two and leaves from the last one; `:quit-all` always leaves.

Pasted text is never keys. A paste whose end gets lost ends with Esc Esc, or when nothing of it has
come for five seconds.

What is wrong in a file is shown at the start with its line; the rest works.

This file is generated from the keymaps themselves (`make docs`)."""


def keys_markdown(registry: Registry | None = None) -> str:
    """Return docs/keys.md: each shipped keymap, table by table."""
    commands = all_commands() if registry is None else registry
    lines = [_INTRODUCTION]
    for name in SHIPPED:
        keymap = load_shipped(name, commands)
        lines += ["", f"## {name}", "", f"{keymap.description}."]
        for table in TABLES:
            lines += _table(keymap, table, commands)
    return "\n".join([*lines, "", *_signs()]) + "\n"


def _signs() -> Iterator[str]:
    yield "## Signs"
    yield ""
    yield "What stands beside messages, names and conversations; `:signs` shows it in the program."
    for (place, signs), (_, plain) in zip(legend(UTF8), legend(ASCII), strict=True):
        yield from ("", f"| {place[0].lower()}{place[1:]} | in ASCII | |", "|---|---|---|")
        for (sign, said), (ascii_sign, _) in zip(signs, plain, strict=True):
            yield f"| `{sign}` | `{ascii_sign}` | {said} |"


def _table(keymap: Keymap, table: str, registry: Registry) -> Iterator[str]:
    bindings = keymap.table(table).values()
    if not bindings:
        return
    yield from (
        "",
        f"### {table_title(table)}: `[{table}]`",
        "",
        "| keys | command | |",
        "|---|---|---|",
    )
    for binding in bindings:
        summary = registry.parse(binding.line_with("x")).command.summary
        keys = binding.keys.replace("|", "\\|").replace("`", "\\`")
        yield f"| `{keys}` | `{binding.line.strip()}` | {summary} |"
