"""The errors a person who typed a command can act on."""

from typing import Self

from primitivus.sentences import tr


class CommandError(Exception):
    """A command line that can't be run, or a command that can't be done now; a sentence says why.

    `position` is the index in the line where the trouble is; `suggestion` is what was probably
    meant, as a whole line, or empty.
    """

    def __init__(self, sentence: str, position: int = 0, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.position = position
        self.suggestion = suggestion

    def at(self, position: int, suggestion: str) -> Self:
        """Return it as of a line: where the trouble is there, and what was probably meant."""
        self.position, self.suggestion = position, suggestion
        return self


class PartlyDone(CommandError):
    """Of several things some are done; `left` is the command line for the rest, without a sign."""

    def __init__(self, sentence: str, left: str) -> None:
        super().__init__(sentence)
        self.left = left


class NothingFound(CommandError):
    """What was looked for isn't there, by which nothing went wrong."""


class NoConversation(CommandError):
    """What was asked for is done in a conversation, and none is open."""

    def __init__(self) -> None:
        super().__init__(tr("no conversation is open: :chat ADDRESS opens one"))


class UnknownCommand(CommandError):
    """No command has this name; typed in the message input, it may be meant as text."""


class ElsewhereCommand(CommandError):
    """The command called so is for another place of the screen: for what has this context."""

    def __init__(self, name: str, context: str) -> None:
        super().__init__(
            tr('"{name}" works only where text is typed', name=name)
            if context == "line"
            else tr('"{name}" works only in: {place}', name=name, place=context)
        )
        self.name = name
        self.context = context


def nothing_matches(typed: str) -> NothingFound:
    """Return what is said where of a list nothing is left to be chosen."""
    return NothingFound(tr('nothing here matches "{typed}": type less of it', typed=typed))
