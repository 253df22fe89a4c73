"""`jp service command`."""

from collections.abc import Sequence

from backendd.api.errors import BackendError
from backendd.api.records import Execution
from jp import command as declared
from jp.failures import Failure
from jp.forms import fill_in, show, show_result
from jp.kinds.addresses import Peer
from jp.kinds.answers import Answer
from jp.session import Session

_MOST_STAGES = 20


@declared.command
@declared.prints("*")
async def command(
    session: Session, jid: Peer, node: str = "", *, set: list[Answer] | None = None
) -> None:
    """Run a command of a service, or list those that it offers (XEP-0050).

    A stage that asks something gets what is set of its fields, and goes on as the service takes to
    be usual. Where nothing is set, what the first stage asks is printed, and the command cancelled.

    node: which command, by its node
    set: a field of a form of the command and what it holds; more than once for several

    $ jp service command example.org
    """
    if not node:
        offered = await session.services.commands(jid)
        session.out.records(offered, ("node", "name"), none="no commands")
        return
    stage = await session.services.execute(jid, node, "", "execute", {})
    try:
        for _ in range(_MOST_STAGES):
            if stage.status != "executing":
                break
            if stage.form is not None and set is None:
                show(session, stage.form)
                return
            values = _of_stage(session, stage, set or ())
            stage = await session.services.execute(jid, node, stage.session, "", values)
        _tell(session, stage)
    finally:
        if stage.status == "executing":
            await _cancel(session, jid, node, stage)


def _of_stage(
    session: Session, stage: Execution, answers: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Return what of the answers is for this stage."""
    if stage.form is None:
        return {}
    names = {each.var for each in stage.form.fields}
    return fill_in(session, stage.form, [each for each in answers if each[0] in names])


async def _cancel(session: Session, jid: str, node: str, stage: Execution) -> None:
    try:
        await session.services.execute(jid, node, stage.session, "cancel", {})
    except BackendError:
        return  # it ends by itself


def _tell(session: Session, stage: Execution) -> None:
    """Print what came of it; Failure where that is an error, or it has not ended."""
    if stage.status == "executing":
        raise Failure("the command asks for more and more; it was cancelled")
    wrong = [each.text for each in stage.notes if each.type == "error"]
    for each in stage.notes:
        if each.type != "error" and stage.form is not None:
            session.out.note(each.text)
        elif each.type != "error":  # it is all that came of it
            session.out.value("text", each.text)
    if stage.form is not None:
        show_result(session, stage.form, none="nothing came of it")
    if wrong:
        raise Failure("; ".join(wrong))
    if stage.status == "canceled":
        raise Failure("the service has cancelled the command")
