"""`jp profile add`."""

from backendd.api.contract.profile import ConnectionSettings
from jp.command import command
from jp.failures import Failure
from jp.kinds.addresses import Address
from jp.kinds.files import File
from jp.kinds.numbers import Port
from jp.naming import require_new
from jp.session import Session


@command
async def add(
    session: Session,
    name: str,
    jid: Address,
    *,
    host: str = "",
    port: Port | None = None,
    direct_tls: bool = False,
    ca_file: File | None = None,
    resource: str = "",
    offline: bool = False,
) -> None:
    """Make a profile for an XMPP account.

    The XMPP password and then the profile password are asked for, or read from standard input where
    that is no terminal, a line each: an empty second line is no profile password. Without one the
    XMPP password is stored only obfuscated: whoever reads your files can find it out.

    name: what it is called from now on
    jid: the address of the account
    host: where the server is, instead of by DNS
    port: its port there
    direct_tls: TLS from the first byte
    ca_file: a private certification authority (PEM)
    resource: the resource to bind, instead of one the server chooses
    offline: don't connect, neither now nor by itself later

    $ jp profile add alice alice@example.org
    """
    await require_new(session, name, "each has a name of its own")
    xmpp_password = session.secrets.secret("XMPP password")
    if not xmpp_password:
        raise Failure("the XMPP password is empty")
    password = session.secrets.new_secret("Profile password (empty for none)")
    options: ConnectionSettings = {"autoconnect": not offline, "direct_tls": direct_tls}
    if host:
        options["host"] = host
    if port is not None:
        options["port"] = port
    if ca_file is not None:
        options["ca_file"] = ca_file
    if resource:
        options["resource"] = resource
    await session.manager.create_profile(name, jid, xmpp_password, password, **options)
