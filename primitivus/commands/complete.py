"""Completion of command lines: what may stand at the cursor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import get_args

from primitivus.commands.command import Command, Parameter
from primitivus.commands.completions import Candidate, Completions
from primitivus.commands.files import complete_path
from primitivus.commands.registry import SIGNS, Registry
from primitivus.commands.types import KINDS, CommandName, SettingName, SettingValue, Switch
from primitivus.commands.words import Word, read_word, skip_blanks
from primitivus.config import Settings, documentation
from primitivus.model.quoting import quote


@dataclass(frozen=True, slots=True)
class Completion:
    """What may replace `line[start:end]`; `prefix` is what all candidates begin with."""

    line: str
    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()

    @property
    def typed(self) -> str:
        """Return the unfinished word, without quotes."""
        return read_word(self.line[: self.end], self.start).text

    @property
    def prefix(self) -> str:
        """Return what all candidates begin with; never less than was typed."""
        texts = [candidate.text for candidate in self.candidates]
        return max(_common_prefix(texts), self.typed, key=len)

    def apply(self, word: str, *, finished: bool) -> tuple[str, int]:
        """Return the line with `word` filled in (quoted where needed), and the cursor behind it.

        A finished word gets a space behind it; a folder doesn't, it can go on.
        """
        filled = quote(word) if word else ""
        after = self.line[self.end :]
        if finished and not word.endswith("/"):
            after = after.removeprefix(" ")
            filled += " "
        elif filled.endswith(("'", '"')):
            filled = filled[:-1]  # the quote stays open while the word may go on
        return self.line[: self.start] + filled + after, self.start + len(filled)


def complete(
    registry: Registry, line: str, cursor: int, source: Completions, contexts: Sequence[str] = ()
) -> Completion:
    """Return how the word at the cursor of a command line can go on.

    The word ends at the cursor; what follows stays. Candidates come in the order of the source.
    """
    words = _words(line, cursor)
    name, *arguments = words
    if not arguments:
        candidates = _commands(registry, name.text, contexts)
        return Completion(line, name.start, cursor, tuple(candidates))
    command = registry.find(name.text)
    parameter = _parameter_at(command, len(arguments) - 1) if command else None
    if parameter is None:
        return Completion(line, cursor, cursor)
    typed = arguments[-1]
    earlier = arguments[-2].text if len(arguments) > 1 else ""
    candidates = _values(registry, parameter, typed.text, earlier, source, contexts)
    return Completion(line, typed.start, cursor, tuple(candidates))


def complete_input(
    registry: Registry, line: str, cursor: int, source: Completions, contexts: Sequence[str] = ()
) -> Completion:
    """Return how a line of the message input can go on: only a command can so far."""
    if line[:1] not in tuple(SIGNS) or line[:1] == line[1:2] or cursor == 0:
        return Completion(line, cursor, cursor)
    return complete(registry, line, cursor, source, contexts)


def _common_prefix(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    first, last = min(texts), max(texts)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(char for char, _ in same)


def _words(line: str, cursor: int) -> list[Word]:
    """Return the words before the cursor; the last one, maybe empty, is being typed."""
    before = line[:cursor]
    index = skip_blanks(before, 0)
    if before[index : index + 1] and before[index] in SIGNS:
        index = skip_blanks(before, index + 1)
    words = []
    while index < len(before):
        word = read_word(before, index)
        words.append(word)
        index = skip_blanks(before, word.end)
    if not words or words[-1].end < cursor:
        words.append(Word("", cursor, cursor))
    return words


def _parameter_at(command: Command, index: int) -> Parameter | None:
    if index < len(command.parameters):
        return command.parameters[index]
    return None


def _commands(registry: Registry, prefix: str, contexts: Sequence[str]) -> Iterable[Candidate]:
    commands = registry.available(*contexts)
    yield from (Candidate(c.name, c.summary) for c in commands if c.name.startswith(prefix))
    # Aliases complete only what no name does: they are for fingers, not for reading.
    if prefix and not any(c.name.startswith(prefix) for c in commands):
        for command in commands:
            for alias in command.aliases:
                if alias.startswith(prefix):
                    yield Candidate(alias, command.summary)


def _values(
    registry: Registry,
    parameter: Parameter,
    prefix: str,
    earlier: str,
    source: Completions,
    contexts: Sequence[str],
) -> Iterable[Candidate]:
    kind = parameter.kind
    if kind.choices:
        return [Candidate(choice) for choice in kind.choices if choice.startswith(prefix)]
    if kind is KINDS[CommandName]:
        return _commands(registry, prefix, contexts)
    if kind is KINDS[SettingName]:
        settings = documentation().items()
        return [Candidate(name, item.doc) for name, item in settings if name.startswith(prefix)]
    if kind is KINDS[SettingValue]:
        return _setting_values(earlier, prefix, source)
    if kind.name == "path":
        return complete_path(prefix)
    if kind.name in ("word", "number", "count", "rest", "text"):
        return []
    return source.complete(kind.name, prefix)


def _setting_values(name: str, prefix: str, source: Completions) -> Iterable[Candidate]:
    item = documentation().get(name)
    if item is None:
        return []
    if item.kind:
        return source.complete(item.kind, prefix)
    is_switch = isinstance(getattr(Settings(), name), bool)
    choices = get_args(Switch) if is_switch else item.choices
    return [Candidate(choice) for choice in choices if choice.startswith(prefix)]
