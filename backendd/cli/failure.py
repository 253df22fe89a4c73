"""How a command ends that can't do what it was asked for."""

DONE = 0
FAILED = 1
NOT_RUNNING = 3


class CommandFailed(Exception):
    """A command failed; the text is the sentence that says why."""

    def __init__(self, sentence: str, exit_code: int = FAILED) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
