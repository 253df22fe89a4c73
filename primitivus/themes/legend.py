"""What the signs on the screen mean, for `:signs` and docs/keys.md."""

from collections.abc import Iterator

from backendd.api.values import Value
from primitivus.themes.symbols import Symbols


class Signs(Value):
    """Some signs that stand in one place: names of symbols, and what each means."""

    place: str
    meanings: tuple[tuple[str, str], ...]


LEGEND = (
    Signs(
        "Beside what you wrote or reacted with",
        (
            ("pending", "it waits here until it can be sent"),
            ("sent", "the server has it"),
            ("delivered", "a client of theirs has it"),
            ("displayed", "they have seen it"),
            ("failed", "it was not sent; below it stands why, and what to do"),
        ),
    ),
    Signs("Before a message", (("next", "another message of whoever wrote the one above"),)),
    Signs("Below a message", (("file", "a file that it brings; `:copy-link` copies where it is"),)),
    Signs(
        "Before a name",
        (
            ("online", "online"),
            ("away", "away"),
            ("xa", "away for long"),
            ("dnd", "does not want to be disturbed"),
            ("offline", "offline, or you may not see it"),
            ("unknown", "nobody knows: you are offline, or the backend is away"),
            ("room", "a room; in the colour of who is online where you are in it"),
            (
                "alike",
                "somebody else in the room has almost the same name; `:whois` tells them apart",
            ),
        ),
    ),
    Signs(
        "Beside a conversation",
        (
            ("ellipsis", "somebody is typing"),
            ("draft", "something you began to write"),
            ("muted", "it makes no noise"),
            ("pinned", "it stays at the top"),
        ),
    ),
)


def legend(symbols: Symbols) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each place, and the signs there with what they mean."""
    for signs in LEGEND:
        yield signs.place, [(str(getattr(symbols, name)), said) for name, said in signs.meanings]
