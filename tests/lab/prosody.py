"""A real Prosody on loopback: own certificate authority, accounts, free ports, no limits."""

import hashlib
import hmac
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.lab import prosody_archive, prosody_nodes
from tests.lab.authority import Authority
from tests.lab.patience import PATIENCE_S
from tests.lab.prosody_archive import Said
from tests.lab.server import ACCOUNTS, DOMAIN, HOST, WEB_HOST, Server

_ITERATIONS = 4096
_OUR_MODULES = Path(__file__).parent / "prosody_modules"

MODULES = [
    *("admin_socket", "blocklist", "bookmarks", "carbons", "csi_simple", "disco", "http"),
    *("lastactivity", "mam", "offline", "pep", "ping", "private", "register", "roster"),
    *("saslauth", "smacks", "time", "tls", "uptime", "vcard4", "vcard_legacy", "version"),
]


class Prosody(Server):
    """One server for `domain` with `accounts`."""

    def __init__(
        self,
        directory: Path,
        *,
        domain: str = DOMAIN,
        accounts: Iterable[str] = ACCOUNTS,
        without: Iterable[str] = (),
        extra: Iterable[str] = (),
        settings: str = "",
        components: bool = False,
        https: bool = False,
        authority: Authority | None = None,
    ) -> None:
        """Prepare a server; `without` and `extra` name modules, `settings` is Lua to add.

        Of its `components` that for files takes them over http, or else `https`.
        """
        super().__init__(directory, domain=domain, authority=authority)
        self._settings = settings
        self._components = components
        self._https = https
        self._modules = [name for name in (*MODULES, *extra) if name not in set(without)]
        for account in accounts:
            self.add_account(account)
        self._configure()

    @property
    def log_file(self) -> Path:
        """What the server says of itself."""
        return self.directory / "prosody.log"

    def add_account(self, account: str, password: str = "", *, domain: str = "") -> None:
        # prosodyctl takes a third of a second for each; the format is stable and small.
        folder = self.directory / "data" / _escape(domain or self.domain) / "accounts"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_escape(account)}.dat"
        path.write_text(_credentials(password or self.password(account)))

    def befriend(self, account: str, other: str) -> None:
        """Have two accounts, which were not used yet, be contacts that see each other."""
        folder = self.directory / "data" / _escape(self.domain) / "roster"
        folder.mkdir(parents=True, exist_ok=True)
        for one, contact in ((account, other), (other, account)):
            item = f'["{self.jid(contact)}"] = {{ ["subscription"] = "both"; ["groups"] = {{}}; }}'
            path = folder / f"{_escape(one)}.dat"
            path.write_text(f'return {{ [false] = {{ ["version"] = 1; }}; {item}; }};\n')

    def keep(
        self,
        account: str,
        node: str,
        kept: Mapping[str, tuple[str, Element]],
        **options: str | bool,
    ) -> None:
        """Have an account, which was not used yet, own a node in which this was published.

        It is what each item is called, by whom it is, and what it says.
        """
        folder = self.directory / "data" / _escape(self.domain)
        name, place = f"{_escape(account)}.dat", folder / f"pep_{_escape(node)}"
        for each in (folder / "pep", place):
            each.mkdir(parents=True, exist_ok=True)
        known = prosody_nodes.configuration(self.jid(account), node, options)
        (folder / "pep" / name).write_text(known)
        (place / name).with_suffix(".list").write_text(prosody_nodes.items(kept))

    def remember(self, account: str, said: Iterable[Said]) -> None:
        """Have the archive of an account, which was not used yet, begin with what was said."""
        folder = self.directory / "data" / _escape(self.domain) / "archive"
        folder.mkdir(parents=True, exist_ok=True)
        kept = prosody_archive.items(self.jid(account), said)
        (folder / f"{_escape(account)}.list").write_text(kept)

    def shell(self, command: str) -> str:
        """Return what `prosodyctl shell COMMAND` prints."""
        done = subprocess.run(
            ["prosodyctl", "--config", str(self._configuration), "shell", command],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.stdout + done.stderr

    def _command(self) -> Sequence[str]:
        program = shutil.which("prosody") or "/usr/bin/prosody"
        return (program, "--config", str(self._configuration), "-F")

    @property
    def _configuration(self) -> Path:
        return self.directory / "prosody.cfg.lua"

    def _configure(self) -> None:
        directory = self.directory
        modules = "; ".join(f'"{name}"' for name in self._modules)
        https_port = self.https_port if self._https else ""
        text = f"""
run_as_root = true
pidfile = "{directory}/prosody.pid"
plugin_paths = {{ "{_OUR_MODULES}" }}
data_path = "{directory}/data"
certificates = "{directory}/certs"
ssl = {{
  certificate = "{self.certificate}";
  key = "{self.key}";
}}
interfaces = {{ "{HOST}" }}
c2s_ports = {{ {self.port} }}
c2s_direct_tls_ports = {{ {self.direct_tls_port} }}
c2s_direct_tls_interfaces = {{ "{HOST}" }}
s2s_ports = {{ }}
http_ports = {{ {self.http_port} }}
http_interfaces = {{ "{HOST}" }}
{self._unless_set("https_ports", f"{{ {https_port} }}")}
https_interfaces = {{ "{HOST}" }}
{self._unless_set("https_certificate", f'"{self.web_certificate}"')}
proxy65_ports = {{ {self.proxy_port} }}
admin_socket = "{directory}/prosody.sock"
authentication = "internal_hashed"
c2s_require_encryption = true
{self._unless_set("c2s_stanza_size_limit", "4*1024*1024")}
archive_expires_after = "never"
allow_registration = true
modules_enabled = {{ {modules} }}
modules_disabled = {{ "s2s" }}
log = {{ info = "{directory}/prosody.log" }}
{self._settings}
VirtualHost "{self.domain}"
"""
        if self._components:
            host = WEB_HOST if self._https else HOST
            place = f"{host}:{self.https_port if self._https else self.http_port}"
            web = f"{'https' if self._https else 'http'}://{place}/"
            text += _COMPONENTS.format(domain=self.domain, web_host=host, web=web)
        self._configuration.write_text(text)

    def _unless_set(self, name: str, value: str) -> str:
        # Once: Prosody fails over an option that is set twice in a file with a long path.
        return "" if name in self._settings else f"{name} = {value}"


_COMPONENTS = """
Component "conference.{domain}" "muc"
  modules_enabled = {{ "muc_mam"; "muc_moderating" }}
  muc_log_by_default = true
  restrict_room_creation = false
Component "upload.{domain}" "http_file_share"
  http_host = "{web_host}"
  http_external_url = "{web}"
  http_file_share_size_limit = 100*1024*1024
Component "pubsub.{domain}" "pubsub"
  admins = {{ "librarian@{domain}" }}
Component "proxy.{domain}" "proxy65"
  proxy65_address = "127.0.0.1"
"""


def _credentials(password: str) -> str:
    salt = os.urandom(16).hex()
    salted = hashlib.pbkdf2_hmac("sha1", password.encode(), salt.encode(), _ITERATIONS)
    client_key = hmac.digest(salted, b"Client Key", "sha1")
    stored_key = hashlib.sha1(client_key, usedforsecurity=False).hexdigest()
    server_key = hmac.digest(salted, b"Server Key", "sha1").hex()
    return (
        f'return {{ ["salt"] = "{salt}"; ["iteration_count"] = {_ITERATIONS};'
        f' ["stored_key"] = "{stored_key}"; ["server_key"] = "{server_key}"; }};\n'
    )


def _escape(name: str) -> str:
    return "".join(
        char if char.isascii() and char.isalnum() else "".join(f"%{b:02x}" for b in char.encode())
        for char in name
    )
