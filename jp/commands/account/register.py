"""`jp account register` and `jp account media`."""

from collections.abc import Sequence

from backendd.api.contract.profile import ServerSettings
from backendd.api.errors import BackendError, Timeout
from jp.command import command, prints
from jp.failures import Failure, UsageError
from jp.forms import fill_in, show
from jp.kinds.addresses import NewAddress, Server
from jp.kinds.answers import Answer
from jp.kinds.files import File, NewFile
from jp.kinds.numbers import Port
from jp.naming import require_new
from jp.session import Session

_USER = "username"  # as XEP-0077 and its forms call it
_CHALLENGE = "challenge"  # of a CAPTCHA, as XEP-0158 calls it


@command
@prints("jid Form.*")
async def register(
    session: Session,
    address: NewAddress,
    *,
    set: list[Answer] | None = None,
    name: str = "",
    host: str = "",
    port: Port | None = None,
    direct_tls: bool = False,
    ca_file: File | None = None,
) -> None:
    """Make an account on a server that allows it, and a profile for it; print its address.

    Of the domain of a server alone, where nothing is set, what it asks for is printed, and waits
    five minutes for being set: a picture that it shows is fetched by `media`. What was filled in
    wrongly may have to be printed anew. The password is asked for, or read from standard input;
    `jp profile password` protects the profile afterwards.

    set: a field of the form and what it holds, such as `username=ann`; more than once for several
    name: what the profile is called; else what stands before the @
    host: where the server is, instead of by DNS
    port: its port there
    direct_tls: TLS from the first byte
    ca_file: a private certification authority (PEM)

    $ jp account register alice@example.org
    $ jp account register example.org
    """
    options = _settings(host, port, ca_file, direct_tls=direct_tls)
    local, _, server = address.rpartition("@")
    is_asked = set is None and not local
    # A captcha is answered where it was asked: what was printed before is what is filled in.
    form = await session.manager.registration_form(server, kept=not is_asked, **options)
    if is_asked:
        show(session, form)
        return
    answers = _answers(local, set or ())
    called = name or next((value for field, value in answers if field == _USER), "")
    await require_new(session, called, "--name names another one")  # the account would be made
    values = fill_in(session, form, answers)
    session.begun = "the account may be made; `jp profile add` makes a profile for it"
    try:
        jid = await session.manager.register_account(server, values, **options)
    except BackendError as error:
        is_riddle = any(each.media or each.var == _CHALLENGE for each in form.fields)
        if not is_riddle or error.name == Timeout.name:
            raise
        anew = f"its riddle may be asked once: `jp account register {server}` asks for another"
        raise Failure(f"{error}; {anew}") from None
    session.begun = f"{jid} was made, and no profile for it; `jp profile add` makes one"
    password = "".join(values.get("password", []))
    try:
        await session.manager.create_profile(
            name or jid.partition("@")[0], jid, password, "", **options
        )
    except BackendError as error:
        raise Failure(f"{jid} was made, but no profile for it: {error}") from None
    session.out.value("jid", jid)


def _answers(local: str, set: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what a form is filled in with, for what stands before the @; UsageError."""
    if local and any(name == _USER for name, _ in set):
        said = f"{local!r} is what stands before the @, so {_USER} can't be set as well"
        raise UsageError(said, "account register")
    return [(_USER, local), *set] if local else [*set]


@command
async def media(
    session: Session,
    server: Server,
    uri: str,
    file: NewFile,
    *,
    host: str = "",
    port: Port | None = None,
    direct_tls: bool = False,
    ca_file: File | None = None,
) -> None:
    """Write a picture or sound that the form of `register` shows to a new file (XEP-0231).

    It is there as long as the connection waits on which the form came, and for the same options.

    uri: its address, as the form has it: cid:NAME
    host: where the server is, instead of by DNS
    port: its port there
    direct_tls: TLS from the first byte
    ca_file: a private certification authority (PEM)
    """
    from jp.written import write

    options = _settings(host, port, ca_file, direct_tls=direct_tls)
    with await session.manager.registration_media(server, uri, **options) as source:
        write(source, file)


def _settings(
    host: str, port: int | None, ca_file: str | None, *, direct_tls: bool
) -> ServerSettings:
    """Return how a server is reached, as the bus takes it."""
    options: ServerSettings = {"host": host, "direct_tls": direct_tls}
    if port is not None:
        options["port"] = port
    if ca_file is not None:
        options["ca_file"] = ca_file
    return options
