"""A real ejabberd on loopback: set up as Debian ships it, without limits on how fast one may write.

It is run by `erl` as one node of its own: `ejabberdctl` would want the system's user, directories
and a distributed Erlang, which leaves a daemon (epmd) behind.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from http.client import HTTPConnection
from pathlib import Path

from tests.lab.authority import Authority
from tests.lab.ejabberd_config import CAPTCHA, CONFIGURATION
from tests.lab.patience import PATIENCE_S
from tests.lab.server import ACCOUNTS, DOMAIN, HOST, WEB_HOST, Server

_EXISTS = 409


def missing() -> str:
    """Return why no ejabberd can be started, or nothing."""
    if not shutil.which("erl") or _libraries() is None:
        return "ejabberd is missing (Debian's package ejabberd)"
    return ""


class Ejabberd(Server):
    """One server for `domain` with `accounts`, its rooms and its other services.

    With `captcha` who makes an account has to read a picture; files go over http, or else `https`.
    """

    def __init__(
        self,
        directory: Path,
        *,
        domain: str = DOMAIN,
        accounts: Iterable[str] = ACCOUNTS,
        authority: Authority | None = None,
        captcha: bool = False,
        https: bool = False,
    ) -> None:
        super().__init__(directory, domain=domain, authority=authority)
        self._accounts = {account: self.password(account) for account in accounts}
        web = (
            f"https://{WEB_HOST}:{self.https_port}" if https else f"http://{HOST}:{self.http_port}"
        )
        text = CONFIGURATION.format(
            host=HOST, domain=domain, directory=directory, ca_file=self.ca_file,
            certificate=self.certificate, key=self.key, port=self.port, web=web,
            web_certificate=self.web_certificate, web_key=self.web_key,
            direct_tls_port=self.direct_tls_port, http_port=self.http_port,
            https_port=self.https_port,
            proxy_port=self.proxy_port, captcha=str(captcha).lower(), captcha_cmd=self._captcha,
        )  # fmt: skip
        self._configuration.write_text(text)
        self._captcha.write_text(CAPTCHA)
        self._captcha.chmod(0o700)

    def add_account(self, account: str, password: str = "") -> None:
        self._accounts[account] = password or self.password(account)
        if self.pid is not None:
            self._register(account)

    def _started(self) -> None:
        # Killed it may have lost the newest: its tables are written now and then.
        for account in self._accounts:
            self._register(account)

    def _register(self, account: str) -> None:
        password = self._accounts[account]
        if self._order("register", user=account, password=password) == _EXISTS:
            self._order("change_password", user=account, newpass=password)

    def _order(self, command: str, **arguments: str) -> int:
        """Have an administrator's command done; return the status of the answer."""
        connection = HTTPConnection(HOST, self.http_port, timeout=PATIENCE_S)
        try:
            body = json.dumps({"host": self.domain, **arguments})
            connection.request("POST", f"/api/{command}", body)
            answer = connection.getresponse()
            said = answer.read().decode(errors="replace")
        finally:
            connection.close()
        if answer.status not in (200, _EXISTS):
            raise RuntimeError(f"ejabberd refuses to {command} {arguments}: {said}")
        return answer.status

    def _command(self) -> Sequence[str]:
        # One scheduler that sleeps when it has nothing to do: the machine has other work.
        threads = ("+S", "1", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none")
        spool = f'"{self.directory / "spool"}"'
        return ("erl", *threads, "-noinput", "-mnesia", "dir", spool, "-s", "ejabberd")

    def _environment(self) -> dict[str, str]:
        return {
            "ERL_LIBS": str(_libraries()),
            "ERL_CRASH_DUMP": str(self.directory / "crash.dump"),
            "EJABBERD_CONFIG_PATH": str(self._configuration),
            "EJABBERD_LOG_PATH": str(self.directory / "ejabberd.log"),
            "HOME": str(self.directory),
        }

    @property
    def _configuration(self) -> Path:
        return self.directory / "ejabberd.yml"

    @property
    def _captcha(self) -> Path:
        return self.directory / "captcha.sh"


def _libraries() -> Path | None:
    """Return where Debian keeps ejabberd beside what it is made of."""
    return next((found.parent for found in Path("/usr/lib").glob("*/ejabberd-*")), None)
