"""A plugin of Gajim, by which a test does what a user would do, and hears what is shown to one.

Each order is a line of JSON on a socket, which is answered with one.
"""

# mypy: ignore-errors
# It runs in Gajim and the system's Python, whose packages nobody here has.

import json
import os
import socket
import traceback
from pathlib import Path

from gajim.common import app, ged
from gajim.plugins import GajimPlugin
from gi.repository import GLib
from nbxmpp import JID


class Driver(GajimPlugin):
    """Named so that Gajim finds it first: it takes the first name that is a plugin."""

    account = "test"
    events_of_files = (
        "file-completed",
        "file-error",
        "file-hash-error",
        "file-request-error",
        "file-send-error",
        "jingle-disconnected-received",
        "jingle-error-received",
        "jingle-ft-cancelled-received",
    )

    def init(self):
        self._wanted = json.loads(os.environ["DRIVER"])
        self._events = []
        GLib.timeout_add(100, self._set_up)

    def _set_up(self):
        if app.window is None or app.interface is None:
            return True
        for name in self.events_of_files:
            app.ged.register_event_handler(name, ged.GUI2, self._keep(name))
        server = self._server = socket.socket(socket.AF_UNIX)
        server.bind(self._wanted["socket"])
        server.listen()
        GLib.io_add_watch(server.fileno(), GLib.IO_IN, self._serve)
        app.settings.set("use_keyring", False)
        app.settings.set("file_transfers_port", self._wanted["port"])
        user, _, domain = self._wanted["jid"].partition("@")
        app.app.create_account(self.account, user, domain, self._wanted["password"], None, None)
        app.app.enable_account(self.account)
        app.ged.register_event_handler("message-received", ged.GUI2, self._on_message)
        return False

    def _on_message(self, event):
        address = event.additional_data.get_value("gajim", "oob_url")
        self._events.append(["message-received", address or ""])

    def _keep(self, name):
        return lambda event: self._events.append([name, str(getattr(event, "reason", None) or "")])

    def _serve(self, *_):
        connection, _ = self._server.accept()
        with connection, connection.makefile() as lines:
            order = json.loads(lines.readline())
            try:
                answer = {"done": getattr(self, "do_" + order.pop("do"))(**order)}
            except Exception:
                answer = {"error": traceback.format_exc()}
            connection.sendall(json.dumps(answer).encode() + b"\n")
        return True

    def do_events(self):
        return self._events

    def do_can_send(self, jid):
        contact = self._contact(jid)
        taken = [each for each in contact.iter_resources() if str(each.jid) == jid]
        return any(each.supports("urn:xmpp:jingle:apps:file-transfer:5") for each in taken)

    def do_send(self, jid, path):
        window = app.interface.instances["file_transfers"]
        return window.send_file(self.account, self._contact(jid), JID.from_string(jid), path)

    def do_can_upload(self):
        return app.get_client(self.account).get_module("HTTPUpload").available

    def do_upload(self, jid, path):
        upload = app.get_client(self.account).get_module("HTTPUpload")
        upload.send_file(self._contact(jid), Path(path))
        return True

    def _contact(self, jid):
        contacts = app.get_client(self.account).get_module("Contacts")
        return contacts.get_contact(JID.from_string(jid).bare)
