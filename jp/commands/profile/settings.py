"""`jp profile set`, `jid` and `dismiss`."""

from backendd.api.contract.profile import SettingChanges
from jp.command import command
from jp.failures import UsageError
from jp.kinds.addresses import Address, ProfileKey
from jp.kinds.files import File
from jp.kinds.numbers import AnyPort
from jp.session import Session


@command
async def set_(
    session: Session,
    profile: ProfileKey | None = None,
    *,
    host: str | None = None,
    port: AnyPort | None = None,
    direct_tls: bool | None = None,
    ca_file: File | None = None,
    no_ca_file: bool = False,
    resource: str | None = None,
    allow_plain: bool | None = None,
    autoconnect: bool | None = None,
    tell_version: bool | None = None,
    highlight: list[str] | None = None,
    highlight_everyone: bool | None = None,
    attention: bool | None = None,
    nickname: str | None = None,
    priority: int | None = None,
) -> None:
    """Change the settings of a profile; what is not given stays as it is.

    `jp profile show` prints them.

    profile: its name; else the one of -p, or the default one
    host: where the server is; empty: found by DNS
    port: its port there; 0: the usual one
    direct_tls: TLS from the first byte
    ca_file: a private certification authority (PEM)
    no_ca_file: the authorities of the system alone
    resource: the resource to bind; empty: the server chooses
    allow_plain: whether the server may get the password itself, inside verified TLS, though it
        offers, or took before, a login that does not show it: only where whoever runs it says so
    autoconnect: connect by itself, when it is unlocked and at start
    tell_version: whether others may ask which program this is
    highlight: words that call for attention in rooms; one empty word: none of them
    highlight_everyone: whether words such as @all call for attention as well
    attention: whether contacts may ask for attention
    nickname: what contacts are told that you are called; empty: nothing
    priority: from -128 to 127, which of your programs gets what is sent to you

    $ jp profile set --nickname Ally --highlight kettle --highlight tea
    """
    given = {
        "host": host,
        "port": 0 if host == "" and port is None else port,
        "direct_tls": direct_tls,
        "ca_file": "" if no_ca_file else ca_file,
        "resource": resource,
        "allow_plain": allow_plain,
        "autoconnect": autoconnect,
        "tell_version": tell_version,
        "highlight": None if highlight is None else [each for each in highlight if each],
        "highlight_everyone": highlight_everyone,
        "attention": attention,
        "nickname": nickname,
        "priority": priority,
    }
    changes: SettingChanges = {}
    for name, value in given.items():
        if value is not None:
            changes[name] = value  # type: ignore[literal-required]
    if not changes:
        raise UsageError("nothing to change was given", "profile set")
    await session.profile_of(profile).set_settings(**changes)


@command
async def jid(session: Session, jid: Address, profile: ProfileKey | None = None) -> None:
    """Mend the address of a profile, as long as it was never online.

    profile: its name; else the one of -p, or the default one
    """
    await session.profile_of(profile).set_jid(jid)


@command
async def dismiss(session: Session, word: str, subject: str) -> None:
    """Take note of a warning of the profile, so that it is told no more.

    word: what it warns of, as `jp profile show` prints it
    subject: what it is about; may be empty
    """
    await session.profile.dismiss_warnings(word, subject)
