"""What all commands take, wherever it stands in a line."""


class Options:
    """What of it was given."""

    __slots__ = (
        "any_keys",
        "color",
        "fields",
        "help",
        "input",
        "json",
        "keys",
        "no_start",
        "password_fd",
        "profile",
        "template",
        "timeout",
        "version",
    )

    def __init__(self) -> None:
        self.profile = "@DEFAULT@"
        self.json = False
        self.color = "auto"
        self.fields: str | None = None
        self.template: str | None = None
        self.no_start = False
        self.timeout: float | None = None  # seconds
        self.password_fd = ""
        self.input = ""
        self.help = False
        self.version = False
        # Those that `fields` names, once that is understood; and whether only records tell which
        # there are.
        self.keys: list[str] = []
        self.any_keys = False


PATH = "FILE"
"""What stands for a value that is a path."""

TIME = "TIME"
"""What stands for a value that is a duration."""

# As it is typed: what it sets, what stands for its value, and what it is.
COMMON = {
    "--profile": ("profile", "PROFILE", "the profile, by its name; @DEFAULT@ is the default one"),
    "--json": ("json", "", "print a record a line, as JSON, with the keys of docs/dbus.md"),
    "--fields": ("fields", "KEY,...", "print these keys alone, in this order"),
    "--template": ("template", "NAME", "print what a Jinja2 template makes of it, by name or file"),
    "--color": ("color", "WHEN", "colours: auto (on a terminal), always, or never"),
    "--no-start": ("no_start", "", "fail where the backend does not run, instead of starting it"),
    "--timeout": ("timeout", TIME, "wait no longer than that for an answer, of 25 s at most"),
    "--password-fd": ("password_fd", "N", "read secrets from this file descriptor, a line each"),
    "--input": ("input", PATH, "where - stands for a text, read this file, not standard input"),
    "--help": ("help", "", "explain the command, or list those of a group"),
    "--version": ("version", "", "tell the version"),
}
COLORS = ("auto", "always", "never")
SHORT = {"-p": "--profile", "-h": "--help"}
