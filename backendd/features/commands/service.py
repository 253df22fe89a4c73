"""Commands that are under way: what was asked in each, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api import records
from backendd.api.errors import FormRejected, ServerError
from backendd.api.words import CommandAction
from backendd.core import answers, forms, jid
from backendd.core.fields import Form
from backendd.core.form_records import to_record
from backendd.features.commands import stanza
from backendd.features.commands.stanza import Stage
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger

PATIENCE_S = 18.0
MOST = 50
"""Sessions whose forms are kept: of more the oldest are answered without being checked first."""

_Session = tuple[str, str, str]


class CommandsPart(Part):
    """Lists commands, and leads through them; an empty address is the account's own server."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asked: dict[_Session, Form] = {}

    def replaced(self, ledger: Ledger) -> None:
        self._asked.clear()  # a session is of the client that began it

    async def list(self, address: str) -> Sequence[records.Item]:
        """Return the commands that an entity offers us."""
        found = await self._home.disco.items(
            self._whom(address), stanza.COMMANDS, timeout=PATIENCE_S
        )
        return [
            records.Item(jid=each.jid, node=each.node, name=each.name)
            for each in found.items
            if each.node
        ]

    async def execute(
        self,
        address: str,
        node: str,
        session: str,
        action: CommandAction,
        values: Mapping[str, Sequence[str]],
    ) -> records.Execution:
        """Begin a command, or go on with its session; return where it stands then."""
        whom = self._whom(address)
        key = whom, node, session
        form = None if action == "cancel" else self._answered(key, values, action)
        question = stanza.encode(node, session, action, form)
        try:
            answer = await self._home.stream.request("set", whom, question, timeout=PATIENCE_S)
        except ServerError as error:
            if form is not None and (error.detail == stanza.BAD_PAYLOAD or error.type == "modify"):
                raise FormRejected(str(error)) from error
            raise
        self._home.bits.keep(whom, answer)
        stage = stanza.decode(answer)
        self._remember(key, (whom, node, stage.session), stage)
        return _record(stage)

    def _answered(
        self, key: _Session, values: Mapping[str, Sequence[str]], action: str
    ) -> Element | None:
        form = self._asked.get(key)
        if form is not None and action != "prev":
            return answers.fill_in(form, values)
        return forms.encode_answers(values, types=form.fields if form else ()) if values else None

    def _remember(self, before: _Session, now: _Session, stage: Stage) -> None:
        self._asked.pop(before, None)
        if stage.status != "executing" or stage.form is None or not stage.session:
            return
        if len(self._asked) >= MOST:
            del self._asked[next(iter(self._asked))]
        self._asked[now] = stage.form

    def _whom(self, address: str) -> str:
        return jid.parse(address).full if address else self._home.account_jid.domain


def _record(stage: Stage) -> records.Execution:
    told = records.Execution(
        session=stage.session,
        status=stage.status,
        actions=list(stage.actions),
        notes=[records.Note(type=each.type, text=each.text) for each in stage.notes],
        form=to_record(stage.form) if stage.form is not None else None,
    )
    return replace(told, default=stage.default) if stage.actions else told
