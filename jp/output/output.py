"""The one place where records become what is printed."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from backendd.api.signature import Plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from backendd.api.records import Record
    from jp.options import Options

    Printed = Mapping[str, Plain] | Record

Cell = Callable[[Mapping[str, Plain]], str]
"""What a column says of a record, as a text that has not passed the gate."""

Columns = Sequence["str | tuple[str, Cell]"]
"""Keys of records; or headings, each with what its column says."""


class Output:
    """Prints as the options say: a table or paragraph for people, JSON, fields, or a template."""

    def __init__(self, options: "Options") -> None:
        self._options = options
        self._template = options.template
        self._rendered: list[dict[str, Plain]] = []

    def prepare(self) -> None:
        """Look whether what is to be printed can be, before anything is done; UsageError."""
        if self._template is not None:
            from jp.output.templates import require

            require(self._template)

    @property
    def is_for_people(self) -> bool:
        """Return whether nothing was asked for that a program reads."""
        options = self._options
        return not (options.json or options.keys or self._template is not None)

    @property
    def is_terminal(self) -> bool:
        """Return whether what is printed goes to a terminal."""
        return sys.stdout.isatty()

    @property
    def is_coloured(self) -> bool:
        """Return whether what is printed for people has colours."""
        from jp.output.styles import are_wanted

        return are_wanted(self._options.color, sys.stdout)

    def records(
        self,
        records: "Iterable[Printed]",
        columns: Columns,
        *,
        none: str,
        heading: bool = True,
    ) -> None:
        """Print records, one a row or line; `columns` are what people see of them.

        Without columns each is a paragraph of all that it holds. What goes on where others were
        printed before has no `heading`. At a terminal, the sentence `none` is told where there is
        no record; it is empty where that can't be, or says nothing.
        """
        found = map(_keys, records)
        if self._is_for_programs(found):
            return
        rest = list(found)
        if not rest:
            self.none(none)
        elif columns:
            from jp.output.table import rows

            is_terminal, is_coloured = self.is_terminal, self.is_coloured
            self._write(
                rows(
                    rest,
                    columns,
                    is_terminal=is_terminal,
                    is_coloured=is_coloured,
                    heading=heading,
                )
            )
        else:
            for number, each in enumerate(rest):
                self._write([""] * bool(number))
                self.record(each)

    def none(self, said: str) -> None:
        """Tell who looks at a terminal that there is nothing; in a pipe nothing is nothing."""
        if said and self.is_for_people and self.is_terminal:
            self.text(said)

    def record(
        self, record: "Printed", columns: Columns = (), *, none: str = "nothing is said of it"
    ) -> None:
        """Print one record, a line for each key; `columns` are those that people see, if given.

        At a terminal, the sentence `none` is told where nothing of it is held.
        """
        keys = _keys(record)
        if self._is_for_programs([keys]):
            return
        from jp.output.paragraph import lines

        found = list(lines(keys, columns, self.is_terminal))
        self._write(found)
        if not found:
            self.none(none)

    def lines(self, found: Iterable[tuple[str, str, str]]) -> None:
        """Print lines for people that tell of one thing each: what is before its kind, kind, text.

        On a terminal each has a single line there.
        """
        from jp.output.table import line

        self._write(line(each, self.is_terminal, self.is_coloured) for each in found)

    def value(self, key: str, value: Plain, *, none: str = "it is empty") -> None:
        """Print what a command is for, such as an id: itself alone for people, else as a record.

        It is there at once, for who waits for it while the command goes on. At a terminal, the
        sentence `none` is told of an empty text.
        """
        if self._is_for_programs([{key: value}]):
            pass
        elif value == "":
            self.none(none)
        else:
            self._write([self._cleaned(value) if isinstance(value, str) else str(value)])
        sys.stdout.flush()

    def text(self, text: str) -> None:
        """Print lines for people, which pass the gate."""
        lines: Iterable[str] = self._cleaned(text).splitlines()
        if self.is_terminal:
            from jp.output.widths import columns, wrap

            lines = wrap("\n".join(lines), columns())
        self._write(lines)

    def note(self, sentence: str) -> None:
        """Tell people what happened, beside what is printed."""
        from jp.output.errors import say

        say(sentence)

    def flush(self) -> None:
        """Print what could not be before the end; BrokenPipeError."""
        if self._template is not None:
            from jp.output.templates import render

            text = render(self._template, self._rendered)
            if self.is_terminal:
                from backendd.api.text import clean

                text = clean(text)
            sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")
        sys.stdout.flush()

    def flush_rest(self) -> None:
        """Print what came before a command failed, as all other forms have it by then."""
        if self._rendered:
            self.flush()

    def flush_now(self) -> None:
        """Have what was printed be there, for who reads it while the command goes on."""
        sys.stdout.flush()

    def _is_for_programs(self, records: Iterable[dict[str, Plain]]) -> bool:
        """Print records for who asked for another form than that for people, and return whether."""
        options = self._options
        if options.any_keys:
            from jp.keys import require

            records = list(records)
            known = dict.fromkeys((key for each in records for key in each), "")
            require(options.keys, known if records else None)
        if self._template is not None:
            self._rendered += records
        elif options.json:
            from jp.output.json_lines import json_lines

            self._write(json_lines(records, options.keys))
        elif options.keys:
            from jp.output.table import fields

            self._write(fields(records, options.keys))
        else:
            return False
        return True

    def _cleaned(self, text: str) -> str:
        from backendd.api.text import clean

        return clean(text)

    def _write(self, lines: Iterable[str]) -> None:
        write = sys.stdout.write
        for line in lines:
            write(line + "\n")


def _keys(record: "Printed") -> dict[str, Plain]:
    """Return what a record holds by the names of the bus, without what is at its default."""
    if isinstance(record, Mapping):
        return dict(record)
    from jp.output.keys import keys_of

    return keys_of(record)
