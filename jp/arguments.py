"""What was typed, taken apart: options that all commands have, a command, and what it takes."""

from collections.abc import Iterator, Sequence

from backendd.api.signature import Plain
from jp import groups
from jp.command import Command, Parameter, Required
from jp.failures import UsageError
from jp.kinds.kind import quoted, text_of
from jp.options import COLORS, COMMON, PATH, SHORT, TIME, Options

_DASHES = "`--` stands before a text that only begins like one"


class Line:
    """A command line: what is common, the command, and its values by name.

    Where it is for help, `command` may be None, and `group` empty.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.options = Options()
        self.group = ""
        self.command: Command | None = None
        self.values: dict[str, Plain] = {}
        left = self._find([*words])
        if not (self.options.help or self.options.version) and self.command is not None:
            self.values = self._read(self.command, left)
            self._check_form(self.command)

    @property
    def words(self) -> list[str]:
        """Return the arguments as they were typed, without the options."""
        words: list[str] = []
        for each in self.command.arguments if self.command is not None else ():
            value = self.values[each.name]
            words += map(str, value if each.takes_many else (value,))
        return words

    def _check_form(self, command: Command) -> None:
        """Refuse a form of what is printed that can't be; UsageError."""
        options = self.options
        if options.color not in COLORS:
            said = f"--color: {options.color!r} is not one of {', '.join(COLORS)}"
            raise UsageError(said, self._about)
        if options.template is not None and (options.json or options.fields is not None):
            other = "--json" if options.json else "--fields"
            raise UsageError(f"it is either --template or {other}", self._about)
        if options.fields is not None:
            from jp.keys import keys_of, wanted

            known = keys_of(command, self.words)
            options.keys = wanted(options.fields, known, self._about)
            options.any_keys = known is None

    def _find(self, words: list[str]) -> list[str]:
        """Take group and command, and what is common before and between; return the rest."""
        while words and (not self.group or self.command is None):
            word = words.pop(0)
            if word.startswith("-") and word != "-":
                self._take_common(word, words)
            elif not self.group:
                self.group = word
                module = groups.group(word)
                if groups.is_command(module):
                    self.command = groups.find(word, word)
            else:
                self.command = groups.find(self.group, word)
        if self.command is not None:
            self.options.help |= any(each in ("-h", "--help") for each in _before_end(words))
        elif not (self.options.help or self.options.version):
            groups.find(self.group, "") if self.group else _require_command()
        return words

    def _take_common(self, word: str, words: list[str]) -> bool:
        """Take an option that all commands have; UsageError for another one."""
        name, equals, value = word.partition("=")
        if not name.startswith("--") and len(name) > 2:
            # `-palice`
            name, equals, value = word[:2], "=", word[2:]
        known = COMMON.get(SHORT.get(name, name))
        if known is None:
            raise UsageError(f"there is no option {name}; {_DASHES}", self._about)
        key, metavar, _ = known
        if not metavar:
            if equals:
                raise UsageError(f"{name} takes no value; {_DASHES}", self._about)
            setattr(self.options, key, True)
        else:
            said = value if equals else self._next(name, words)
            setattr(self.options, key, self._common(name, said, metavar))
        return True

    def _common(self, name: str, text: str, metavar: str) -> Plain:
        """Return the value of an option that all commands have; UsageError."""
        if not text:
            raise UsageError(f"{name} takes a value, which is empty here", self._about)
        try:
            if metavar == TIME:
                from jp.kinds.numbers import Duration

                return Duration.read(text)
            return text if metavar == PATH else text_of(text)
        except ValueError as error:
            raise UsageError(f"{name}: {quoted(text)} {error}", self._about) from None

    @property
    def _about(self) -> str:
        return self.command.words if self.command is not None else self.group

    def _next(self, name: str, words: list[str]) -> str:
        if not words:
            raise UsageError(f"{name} takes a value", self._about)
        return words.pop(0)

    def _read(self, command: Command, words: list[str]) -> dict[str, Plain]:
        """Return the values of a command's parameters; UsageError."""
        given: list[str] = []
        values: dict[str, Plain] = {}
        options = command.options
        while words:
            word = words.pop(0)
            if word == "--":
                given += words
                break
            if not word.startswith("-") or word == "-" or word[1:].isdecimal():
                given.append(word)
                continue
            name, _, _ = word.partition("=")
            if name in options:
                self._take_option(options[name], word, words, values)
            else:
                self._take_common(word, words)
        values |= self._arguments(command, given)
        for each in command.parameters:
            if each.name not in values:
                if each.default is Required:
                    missing = each.option if each.is_option else each.word
                    raise UsageError(f"{missing} is missing", self._about)
                values[each.name] = each.default
        return values

    def _take_option(
        self, option: Parameter, word: str, words: list[str], values: dict[str, Plain]
    ) -> None:
        name, equals, text = word.partition("=")
        if option.is_flag:
            if equals:
                raise UsageError(f"{name} takes no value", self._about)
            values[option.name] = True
        elif option.kind.bare is not None and not equals:
            values[option.name] = option.kind.bare
        else:
            value = self._value(option, text if equals else self._next(name, words))
            if option.takes_many:
                values[option.name] = [*values.get(option.name, ()), value]
            else:
                values[option.name] = value

    def _arguments(self, command: Command, given: list[str]) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for each in command.arguments:
            if not given:
                break
            if each.takes_many:
                values[each.name] = [self._value(each, word) for word in given]
                given = []
            else:
                values[each.name] = self._value(each, given.pop(0))
        if given:
            raise UsageError(f"{quoted(given[0])} is one word too many", self._about)
        return values

    def _value(self, parameter: Parameter, text: str) -> Plain:
        kind = parameter.kind
        try:
            return kind.read(text if kind.is_path else text_of(text))
        except ValueError as error:
            about = parameter.option if parameter.is_option else parameter.called
            raise UsageError(f"{about}: {quoted(text)} {error}", self._about) from None


def _before_end(words: Sequence[str]) -> Iterator[str]:
    for each in words:
        if each == "--":
            return
        yield each


def _require_command() -> None:
    raise UsageError("which command? `jp --help` lists them")
