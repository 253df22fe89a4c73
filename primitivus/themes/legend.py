"""What the signs on the screen mean, for `:signs` and docs/keys.md."""

from collections.abc import Iterator

from backendd.api.values import Value
from primitivus.sentences import translated
from primitivus.themes.symbols import Symbols


class Signs(Value):
    """Some signs that stand in one place: names of symbols or the signs, and what each means."""

    place: str
    meanings: tuple[tuple[str, str], ...]


# The template of the translations has its sentences from here.
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
    Signs("In a message", (("file", "a file that it brings; `:copy-link` copies where it is"),)),
    Signs(
        "Before a name",
        (
            ("online", "online"),
            ("away", "away"),
            ("xa", "away for long"),
            ("dnd", "does not want to be disturbed"),
            ("offline", "offline, or you may not see it"),
            ("unknown", "nobody knows: you are offline, or the backend is away"),
            ("room", "a room that you are in"),
            ("room_coming", "a room that is being entered"),
            ("room_waiting", "a room that is tried again after a while"),
            ("room_left", "a room that you are not in, or nobody knows"),
            ("blocked", "you have blocked them"),
            (
                "alike",
                "somebody else in the room has almost the same name; `:whois` tells them apart",
            ),
        ),
    ),
    Signs("Behind a contact", (("blog", "they write a blog; `:blog NAME` shows it"),)),
    Signs(
        "Left of what is chosen",
        (
            ("focus", "keys act on it, or in the pane that it is the title of"),
            ("here", "the conversation that you are in, while keys go elsewhere"),
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
    Signs(
        "Before a profile",
        (
            ("locked", "it is locked; `:unlock` asks for its password"),
            ("ellipsis", "it connects"),
            ("failed", "it waits to connect again, or the backend is away"),
        ),
    ),
    Signs(
        "Before what waits for your answer",
        (
            ("?", "somebody asks to see you, or something is asked before a message gets through"),
            ("+", "an invitation to a room, or a file that is offered"),
        ),
    ),
    Signs(
        "Before what waits, at home and among rooms",
        (
            ("@2", "so often it speaks to you"),
            ("2", "so many messages, comments or posts are unread"),
            ("below", "a file that is offered to you"),
            ("file", "files on their way"),
            ("pending", "it waits to be sent or published"),
            ("failed", "it was not sent or published, or something else is wrong"),
            ("comments", "something was said to you, on more posts"),
            ("locked", "the profile is locked"),
            ("offline", "the profile is not connected"),
            ("unknown", "the profile connects"),
        ),
    ),
    Signs("Before what the program said", (("failed", "an error"),)),
    Signs("Behind the author of a post", (("?", "nothing shows that they wrote it"),)),
    Signs(
        "Behind a post in a list",
        (
            ("likes", "so many like it"),
            ("comments", "so many comments on it are known"),
            ("file", "it comes with so many files"),
            ("draft", "something you began to say to it"),
        ),
    ),
    Signs(
        "Before a file on its way",
        (("above", "it goes out"), ("below", "it comes in")),
    ),
    Signs(
        "In the title of a list",
        (("above", "there is more above"), ("below", "there is more below")),
    ),
)


def legend(symbols: Symbols) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each place, and the signs there with what they mean."""
    for signs in LEGEND:
        yield (
            translated(signs.place),
            [
                (str(getattr(symbols, name, name)), translated(said))
                for name, said in signs.meanings
            ],
        )
