"""A command: a typed coroutine whose name, parameters and docstring are all there is of it.

`async def send(session, peer: Peer, body: Body, *, reply_to: MessageId = MessageId(0))` is
`send PEER BODY [--reply-to ID]`. What stands before the `*` are arguments, in order, what stands
behind it options. The docstring begins with a summary of one line; a line of it that begins with
the name of a parameter and a colon says what that is, and lines that are indented go on with it.
A line that begins with `$ ` is an example, as it is typed into a shell.

`inspect` and `typing` would take longer to load than a command to run, so the parameters are read
from the function itself.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from backendd.api.signature import Plain
from jp.kinds.kind import Kind, kind_of

Function = Callable[..., Awaitable[object]]
Prints = str | Callable[[Sequence[str]], str]
"""The keys of what a command prints, as `prints` takes them; or what tells them of its words."""

NOTHING, ANYTHING = "", "*"
"""What a command prints that prints no records, and one whose keys nobody knows before."""


_Documentation = tuple[str, str, dict[str, str], tuple[str, ...]]
_EXAMPLE = "$ "
_PRINTS = "prints"  # where `prints` leaves them with a function


class Required:
    """Stands where a parameter has no default."""


class Parameter:
    """A parameter of a command: an argument, or an option."""

    __slots__ = ("default", "is_option", "kind", "name", "takes_many")

    def __init__(
        self, name: str, kind: Kind, default: Plain, *, is_option: bool, takes_many: bool
    ) -> None:
        self.name = name
        self.kind = kind
        self.default = default
        self.is_option = is_option
        self.takes_many = takes_many

    @property
    def is_required(self) -> bool:
        """Return whether it has to be given."""
        return self.default is Required

    @property
    def is_flag(self) -> bool:
        """Return whether it is an option that takes no value."""
        return self.is_option and self.default is False

    @property
    def option(self) -> str:
        """Return it as it is typed."""
        return "--" + self.name.strip("_").replace("_", "-")

    @property
    def word(self) -> str:
        """Return what stands for its value in a line of usage."""
        return self.kind.metavar or self.name.strip("_").replace("_", "-").upper()

    @property
    def called(self) -> str:
        """Return what an argument is called in a sentence: of a choice not all of the words."""
        return self.name.strip("_").upper() if "|" in self.word else self.word

    @property
    def usage(self) -> str:
        """Return it as a line of usage has it, as a whole."""
        if self.is_option:
            said = self.option if self.is_flag else f"{self.option} {self.word}"
            if self.kind.bare is not None:
                said = f"{self.option}[={self.word}]"
            said += " ..." if self.takes_many else ""
        else:
            said = self.word + ("..." if self.takes_many else "")
        return said if self.is_required else f"[{said}]"


class Command:
    """What `jp` can do by a name."""

    __slots__ = ("_documentation", "_parameters", "function", "group", "name", "prints")

    def __init__(self, function: Function) -> None:
        self.function = function
        self.prints: Prints = vars(function).get(_PRINTS, NOTHING)
        self.name = function.__name__.strip("_").replace("_", "-")
        self.group = function.__module__.split(".")[2]
        self._parameters: tuple[Parameter, ...] | None = None
        self._documentation: _Documentation | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return its parameters, the arguments first."""
        if self._parameters is None:
            self._parameters = _parameters(self.function)
        return self._parameters

    @property
    def arguments(self) -> list[Parameter]:
        """Return those that are no options, in order."""
        return [each for each in self.parameters if not each.is_option]

    @property
    def options(self) -> dict[str, Parameter]:
        """Return its options, as they are typed."""
        return {each.option: each for each in self.parameters if each.is_option}

    @property
    def words(self) -> str:
        """Return what it is called by: its group, and its name where that is another one."""
        return self.group if self.name == self.group else f"{self.group} {self.name}"

    @property
    def usage(self) -> str:
        """Return its line of usage, without the program."""
        required = [each.usage for each in self.parameters if each.is_option and each.is_required]
        others = [each.usage for each in self.parameters if each.is_option and not each.is_required]
        arguments = [each.usage for each in self.arguments]
        return " ".join([self.words, *required, *arguments, *others])

    @property
    def summary(self) -> str:
        """Return the first line of its docstring."""
        return self._documented()[0]

    @property
    def details(self) -> str:
        """Return what its docstring says besides: paragraphs, or nothing."""
        return self._documented()[1]

    @property
    def examples(self) -> Sequence[str]:
        """Return lines for a shell that show what it is good for, or none."""
        return self._documented()[3]

    def meaning(self, parameter: Parameter) -> str:
        """Return what a parameter is."""
        return self._documented()[2].get(parameter.name) or parameter.kind.doc

    @property
    def documented(self) -> Mapping[str, str]:
        """Return what the docstring says of parameters, by name."""
        return self._documented()[2]

    def _documented(self) -> _Documentation:
        if self._documentation is None:
            names = {each.name for each in self.parameters}
            self._documentation = _documentation(self.function.__doc__ or "", names)
        return self._documentation


def command(function: Function) -> Command:
    """Make a coroutine function `(session, ...)` a command of the group that its module is."""
    return Command(function)


def prints(keys: Prints) -> Callable[[Function], Function]:
    """Say, below `@command`, which keys what it prints has: those that `--fields` may name.

    Each is a word: `id`; `Message.*`, all of a record; `Profile.*`, all properties of an interface;
    `*`, any. A function of the words of the arguments may tell them.
    """

    def mark(function: Function) -> Function:
        vars(function)[_PRINTS] = keys
        return function

    return mark


def _parameters(function: Function) -> tuple[Parameter, ...]:
    code = function.__code__
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    positional = code.co_argcount - 1
    defaults = function.__defaults__ or ()
    given = dict(zip(names[positional - len(defaults) : positional], defaults, strict=True))
    given |= function.__kwdefaults__ or {}
    hints = function.__annotations__
    made = []
    for place, name in enumerate(names):
        hint = _without_none(hints[name])
        takes_many = getattr(hint, "__origin__", None) is list
        kind = kind_of(hint.__args__[0] if takes_many else hint)
        default = given.get(name, Required)
        is_option = place >= positional
        made.append(Parameter(name, kind, default, is_option=is_option, takes_many=takes_many))
    return tuple(made)


def _without_none(hint: Plain) -> Plain:
    """Return what `X | None` has beside None, and other annotations as they are."""
    members = getattr(hint, "__args__", ())
    others = [each for each in members if each is not type(None)]
    return others[0] if len(others) == 1 < len(members) else hint


def _documentation(text: str, names: set[str]) -> _Documentation:
    """Return summary, details, what is said of each parameter, and examples."""
    summary, _, rest = text.strip().partition("\n")
    lines = rest.splitlines()
    margin = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
    details: list[str] = []
    examples: list[str] = []
    said: dict[str, str] = {}
    of = ""
    for line in (each[margin:].rstrip() for each in lines):
        name, colon, meaning = line.partition(": ")
        if line.startswith(_EXAMPLE):
            examples.append(line.removeprefix(_EXAMPLE))
        elif colon and name in names:
            of, said[name] = name, meaning
        elif of and line.startswith(" "):
            said[of] += " " + line.strip()
        else:
            of = ""
            details.append(line)
    return summary, "\n".join(details).strip(), said, tuple(examples)
