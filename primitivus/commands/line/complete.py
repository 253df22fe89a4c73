"""Completion: what may stand at the cursor of a command line, or of what is being written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.commands.arguments.names import commands_begun
from primitivus.commands.arguments.types import Kind
from primitivus.commands.command import Command, Parameter
from primitivus.commands.line.completions import Asked, Candidate, Known
from primitivus.commands.line.parse import may_be_left_out
from primitivus.commands.line.words import Word, read_word, skip_blanks
from primitivus.commands.registry import SIGNS, Registry
from primitivus.model.wording.quoting import quote


class Completion(Value):
    """What may replace `line[start:end]`; `prefix` is what all candidates begin with.

    In a text it is no word of a command line, and needs no quotes; `is_rest`: nor does what is the
    rest of one, and nothing follows that.
    """

    line: str
    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()
    is_text: bool = False
    is_rest: bool = False

    @property
    def typed(self) -> str:
        """Return the unfinished word, without quotes."""
        if self.is_text or self.is_rest:
            return self.line[self.start : self.end]
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
        after = self.line[self.end :]
        if self.is_rest:
            return self.line[: self.start] + word + after, self.start + len(word)
        filled = quote(word) if word and not self.is_text else word
        if finished and (self.is_text or not word.endswith("/")):
            after = after.removeprefix(" ")
            filled += " "
        elif filled.endswith(("'", '"')) and not self.is_text:
            filled = filled[:-1]  # the quote stays open while the word may go on
        return self.line[: self.start] + filled + after, self.start + len(filled)


class Unfinished(Value):
    """A word of a command line that ends at the cursor, and what knows how it goes on.

    Where that `reads_disk` it may take its time, and be asked for in another thread.
    """

    line: str
    start: int
    end: int
    candidates: Callable[[], Iterable[Candidate]] = tuple
    reads_disk: bool = False
    is_rest: bool = False

    def complete(self) -> Completion:
        """Return how it can go on; candidates come in the order of their type."""
        found = tuple(self.candidates())
        return Completion(self.line, self.start, self.end, found, is_rest=self.is_rest)


def unfinished(
    registry: Registry, line: str, cursor: int, known: Known, contexts: Sequence[str] = ()
) -> Unfinished:
    """Return the word at the cursor of a command line; what follows it stays."""
    words = _words(line, cursor)
    name, *arguments = words
    if not arguments:
        begun = partial(commands_begun, registry, name.text, contexts)
        return Unfinished(line, name.start, cursor, begun)
    command, typed = registry.find(name.text), arguments[-1]
    seconds: list[Candidate] = []
    if len(arguments) == 1:
        seconds = list(_second_words(registry, name.text, typed.text, contexts))
    elif longer := registry.find(f"{name.text} {arguments[0].text}"):
        command, arguments = longer, arguments[1:]
    rest = _rest(command, line, arguments, cursor) if command else None
    if rest is not None and not seconds:
        kind, start = rest
        earlier = arguments[-2].text if len(arguments) > 1 else ""
        wanted = Asked(line[start:cursor], earlier, contexts, known)
        return Unfinished(line, start, cursor, partial(kind.complete, wanted), is_rest=True)
    parameters = _parameters_at(command, len(arguments) - 1) if command else ()
    if not (parameters or seconds):
        return Unfinished(line, cursor, cursor)
    earlier = arguments[-2].text if len(arguments) > 1 else ""
    asked = Asked(typed.text, earlier, contexts, known)

    def candidates() -> Iterable[Candidate]:
        found = (each for of in parameters for each in of.kind.complete(asked))
        return dict.fromkeys((*seconds, *found))

    reads_disk = any(each.kind.reads_disk for each in parameters)
    return Unfinished(line, typed.start, cursor, candidates, reads_disk)


def _second_words(
    registry: Registry, first: str, begun: str, contexts: Sequence[str]
) -> Iterator[Candidate]:
    """Yield what may follow the first word of names of two."""
    for word, command in registry.second_words(first, *contexts):
        if word.startswith(begun):
            yield Candidate(word, command.summary)


def complete(
    registry: Registry, line: str, cursor: int, known: Known, contexts: Sequence[str] = ()
) -> Completion:
    """Return how the word at the cursor of a command line can go on."""
    return unfinished(registry, line, cursor, known, contexts).complete()


class Written(NamedTuple):
    """What is being written, where the cursor is in it, and what can be known of here."""

    text: str
    cursor: int
    known: Known
    registry: Registry
    contexts: Sequence[str] = ()

    @property
    def before(self) -> str:
        """Return what stands before the cursor."""
        return self.text[: self.cursor]

    def instead(self, start: int, candidates: Iterable[Candidate]) -> Completion:
        """Return that one of these may replace what stands from there to the cursor."""
        return Completion(self.text, start, self.cursor, tuple(candidates), is_text=True)


def begun_command(written: Written) -> Unfinished | None:
    """Return the word at the cursor of what begins as a command does; None of other texts."""
    line, cursor = written.text, written.cursor
    if line[:1] not in tuple(SIGNS) or line[:1] == line[1:2] or cursor == 0:
        return None
    return unfinished(written.registry, line, cursor, written.known, written.contexts)


def complete_command(written: Written) -> Completion | None:
    """Complete what begins as a command does, and its arguments."""
    begun = begun_command(written)
    return begun.complete() if begun is not None else None


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


def _rest(
    command: Command, line: str, arguments: Sequence[Word], cursor: int
) -> tuple[Kind, int] | None:
    """Return of what type all that is left of the line is, and where begins what is completed.

    None where it is not that which is typed, or nothing completes it but word by word.
    """
    last = len(command.parameters) - 1
    kind = command.parameters[last].kind if last >= 0 else None
    if kind is None or kind.begun_at is None or len(arguments) <= last:
        return None
    start = arguments[last].start
    return kind, start + kind.begun_at(line[start:cursor])


def _parameters_at(command: Command, index: int) -> Sequence[Parameter]:
    """Return what a word there may be: also of the next one, where the first may be left out."""
    if index < len(command.parameters):
        here, *after = command.parameters[index : index + 2]
        return [here, *after] if after and may_be_left_out(here, after[0]) else [here]
    last = command.parameters[-1:]
    return last if last and last[0].kind.is_words else ()
