"""How a command ends that can't do what it was asked for: a sentence and an exit code."""

DONE, FAILED, USAGE, NOT_RUNNING, NO_BUS, NO_TERMINAL, CONFIGURATION = 0, 1, 2, 3, 4, 5, 78
INTERRUPTED, NOT_READ = 130, 141

MEANINGS = {
    DONE: "done",
    FAILED: "failed; a sentence says why",
    USAGE: "wrong usage",
    NOT_RUNNING: "the backend does not run",
    NO_BUS: "no session bus",
    NO_TERMINAL: "no usable terminal",
    CONFIGURATION: "error in the configuration file",
    INTERRUPTED: "interrupted",
    NOT_READ: "who read the output has gone, such as `head`; nothing is said",
}

CODES = {"InvalidArgument": USAGE, "InvalidJid": USAGE}
"""By the name of an error of the backend; all others are FAILED."""


class Failure(Exception):
    """A command can't go on; the text is the sentence that says why."""

    def __init__(self, sentence: str, code: int = FAILED) -> None:
        super().__init__(sentence)
        self.code = code


class UsageError(Failure):
    """What was typed can't be understood."""

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence, USAGE)
        # The command that it is about, as it is typed.
        self.about = about
