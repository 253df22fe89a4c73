"""A command from its values to its end."""

from backendd.api.blocking import Unanswered
from backendd.api.errors import BackendError, UnknownRoom
from backendd.api.failures import LinkError
from backendd.api.signature import Plain
from jp.arguments import Line
from jp.command import Command
from jp.failures import Failure, UsageError
from jp.session import Session

_DOUBT = "the backend has not answered: what it was asked for may be done"


async def run_command(session: Session, line: Line) -> None:
    """Run the command of a line, and print all of it; Failure, BackendError and LinkError."""
    assert line.command is not None
    if session.input and "-" not in line.values.values():
        raise UsageError("--input is for a text that is given as -", line.command.words)
    session.out.prepare()
    await _resolve(session, line.command, line.values)
    options = dict(line.values)
    arguments = [options.pop(each.name) for each in line.command.arguments]
    try:
        await line.command.function(session, *arguments, **options)
    except (Failure, BackendError, LinkError) as error:
        session.out.flush_rest()
        if isinstance(error, Unanswered):
            said = session.begun or "what it was asked for may be done" * session.is_in_doubt
            raise Failure("; ".join(filter(None, (str(error), said)))) from None
        if isinstance(error, UnknownRoom):
            from jp.entering import explained

            raise await explained(session, line.command, line.values, error) from None
        raise
    session.out.flush()


async def interrupted(session: Session) -> None:
    """Say what becomes of what was begun, and undo of it what can be."""
    said = session.begun or _DOUBT * session.is_in_doubt
    if session.undo is not None:
        try:
            said = await session.undo() or said
        except (BackendError, LinkError) as error:
            said = f"{said}; it could not be undone: {error}"
    if said:
        from jp.output.errors import say

        say(f"interrupted; {said}")


async def _resolve(session: Session, command: Command, values: dict[str, Plain]) -> None:
    """Put in place of values what they mean, where the backend or the disk has to be asked."""
    for each in command.parameters:
        value = values[each.name]
        if not each.kind.is_resolved or value is each.default:
            continue
        try:
            if each.takes_many:
                values[each.name] = [await each.kind.resolve(one, session) for one in value]
            else:
                values[each.name] = await each.kind.resolve(value, session)
        except ValueError as error:
            about = each.option if each.is_option else each.called
            raise UsageError(f"{about}: {error}", command.words) from None
