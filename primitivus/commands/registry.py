"""All commands by name: finding, parsing and running them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from backendd.api.values import Value, field
from primitivus.commands.arguments.types import COUNT, REGISTER, Kind
from primitivus.commands.command import Command
from primitivus.commands.errors import CommandError, ElsewhereCommand, UnknownCommand
from primitivus.commands.line.parse import read_arguments
from primitivus.commands.line.words import Word, read_finished_word, read_word, skip_blanks
from primitivus.model.editing.signs import as_text, is_command_line
from primitivus.sentences import tr

SIGNS = "/:"
# A word that is shorter is like no command.
_LEAST_LIKE = 3


class Invocation(Value):
    """A command with its arguments, ready to run; arguments left out are not in `arguments`."""

    command: Command
    arguments: Mapping[str, object] = field(default_factory=dict)

    def with_count(self, count: int | None) -> "Invocation":
        """Return it with a count typed before the key, where the command takes one and has none."""
        if count is None or self._called(COUNT) in self.arguments:
            return self
        return self.recounted(count)

    def with_register(self, name: str, count: int | None) -> "Invocation":
        """Return it with the register typed before the key, and the count before that."""
        register = self._called(REGISTER)
        if register is None or register in self.arguments:
            return self
        return Invocation(self.command, {**self.arguments, register: name}).with_count(count)

    def recounted(self, count: int) -> "Invocation":
        """Return it with another count, where the command takes one."""
        counts = self._called(COUNT)
        return Invocation(self.command, {**self.arguments, counts: count}) if counts else self

    def _called(self, kind: Kind) -> str | None:
        """Return the name of the parameter of a kind, if there is one."""
        return next((each.name for each in self.command.parameters if each.kind is kind), None)


class Text(Value):
    """What was typed is no command but text to send."""

    body: str


# What a slip of a finger puts where a blank belongs; a colon alone would end a :shortcode:.
_GLUED = re.compile(r""":([a-z][a-z-]+)(?::\w|["',=])""")
# Aliases that are faces where text is typed.
_FACES = (":x",)


class Registry:
    """The commands there are. Names and aliases are unique."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(sorted(commands, key=lambda command: command.name))
        self._by_name: dict[str, Command] = {}
        for command in self._commands:
            for name in command.names:
                if name in self._by_name:
                    raise ValueError(f"two commands are called {name}")
                self._by_name[name] = command

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> "Registry":
        """Return the registry of all commands defined in `modules`."""
        return cls(
            value
            for module in modules
            for value in vars(module).values()
            # A command that a module only imports is listed by the module that defines it.
            if isinstance(value, Command) and value.function.__module__ == module.__name__
        )

    def __iter__(self) -> Iterator[Command]:
        """Yield each command once, by name."""
        return iter(self._commands)

    def find(self, name: str) -> Command | None:
        """Return the command called `name`, or having it as an alias."""
        return self._by_name.get(name)

    def require(self, name: str, *contexts: str) -> Command:
        """Return the command called `name`, one of `contexts` or global (any, if none are given).

        Raises UnknownCommand, with the nearest name as its suggestion, or ElsewhereCommand where
        it belongs to another context.
        """
        command = self._by_name.get(name)
        if command is None:
            raise self._unknown(name, contexts)
        if contexts and command.context not in ("global", *contexts):
            raise ElsewhereCommand(command.name, command.context)
        return command

    def available(self, *contexts: str) -> tuple[Command, ...]:
        """Return the commands of `contexts` and the global ones, by name."""
        return tuple(c for c in self._commands if c.context in ("global", *contexts))

    def parse(self, line: str, *contexts: str) -> Invocation:
        """Return what `line` says, with or without `:` or `/` in front.

        Commands of other contexts than these and "global" are refused, unless no contexts are
        given. Raises CommandError, and UnknownCommand with the whole line as it was perhaps meant.
        """
        start = skip_blanks(line, 0)
        if line[start : start + 1] and line[start] in SIGNS:
            start += 1
        if skip_blanks(line, start) == len(line):
            raise CommandError(tr('type a command; "help" lists them'), start)
        word = self._name_at(line, skip_blanks(line, start))
        try:
            command = self.require(word.text, *contexts)
        except CommandError as error:
            suggestion = (
                error.suggestion and line[: word.start] + error.suggestion + line[word.end :]
            )
            raise error.at(word.start, suggestion) from None
        return Invocation(command, read_arguments(command, line, word.end))

    def second_words(self, first: str, *contexts: str) -> Iterator[tuple[str, Command]]:
        """Yield the words that stand behind a first one in names of two, and what these are."""
        for command in self.available(*contexts) if contexts else self._commands:
            for name in command.aliases:
                if name.startswith(f"{first} "):
                    yield name[len(first) + 1 :], command

    def _name_at(self, line: str, start: int) -> Word:
        """Return the name that stands there; of two words, where these are one without quotes.

        A slip in the second is one of a name as well: it isn't taken for an argument.
        """
        first = read_finished_word(line, start)
        index = skip_blanks(line, first.end)
        if index == len(line):
            return first
        end = read_word(line, index).end
        second = line[index:end]
        name = f"{first.text} {second}"
        is_one = name in self._by_name or self._is_slip(first.text, second)
        return Word(name, first.start, end) if is_one else first

    def _is_slip(self, first: str, second: str) -> bool:
        """Return whether a word, which is no address, nearly makes a name with the one before."""
        seconds = [word for word, _ in self.second_words(first)]
        if not seconds or not second.isalpha():
            return False
        from difflib import get_close_matches  # late: few names are of two words

        return bool(get_close_matches(second, seconds, 1, 0.8))

    def parse_input(self, line: str, *contexts: str) -> Invocation | Text:
        """Return what a line of the message input says.

        `/name ...` and `:name ...` are commands; `//...` and `::name ...` are text that begins
        with one sign; all else is text, faces such as `:D` too. A name that is no command raises
        UnknownCommand: it is never sent as text unasked.
        """
        if self._has_glued_name(line[1:]):
            return Text(line[1:])
        is_named = self._is_short_name(line) or self._has_glued_name(line)
        if not is_named and not is_command_line(line):
            return Text(as_text(line))
        if "/" in "".join(line[1:].split(maxsplit=1)[:1]):
            sentence = tr(
                "no command has a / in its name: begin with {line} to send it as text",
                line=line[0] * 2,
            )
            raise UnknownCommand(sentence)
        try:
            return self.parse(line, *contexts)
        except UnknownCommand as error:
            sentence = tr(
                "{sentence} (begin with {line} to send it as text)",
                sentence=error.sentence,
                line=line[0] * 2,
            )
            raise UnknownCommand(sentence, error.position, error.suggestion) from None

    def _is_short_name(self, line: str) -> bool:
        """Return whether a line is a colon, alone or with the one letter of an alias, as :q."""
        words = line.split(maxsplit=1)
        # A colon alone is one that was begun.
        is_begun = line.startswith(":") and words[0][1:] in ("", *self._by_name)
        return is_begun and words[0] not in _FACES

    def _has_glued_name(self, line: str) -> bool:
        """Return whether a line is a colon and a name with something else right behind it."""
        found = _GLUED.match(line)
        return found is not None and found[1] in self._by_name

    def _unknown(self, name: str, contexts: tuple[str, ...]) -> UnknownCommand:
        from difflib import get_close_matches  # late: only a mistake needs it

        commands = self.available(*contexts) if contexts else self._commands
        names = (n for command in commands for n in command.names)
        known = [n for n in names if (" " in n) == (" " in name)]
        # A letter or two are near to anything, and one of these might leave.
        is_like_none = "/" in name or len(name) < _LEAST_LIKE
        near = [] if is_like_none else get_close_matches(name, known, n=1)
        if not near:
            return UnknownCommand(tr('there is no command "{name}"; "help" lists them', name=name))
        sentence = tr(
            'there is no command "{name}"; did you mean "{near}"?', name=name, near=near[0]
        )
        return UnknownCommand(sentence, suggestion=near[0])


async def run(invocation: Invocation, ctx: object) -> None:
    """Run a command on `ctx`; CommandError and BackendError are for the caller to show."""
    await invocation.command.function(ctx, **invocation.arguments)
