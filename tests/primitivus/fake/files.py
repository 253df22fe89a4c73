"""The interface Files."""

import os

from backendd.api.errors import NotAllowed, UnknownTransfer
from backendd.api.names import FILES

_OVER = ("done", "failed", "cancelled")


class FakeFiles:
    """The interface Files of an account, whose transfers go as far as a test says."""

    max_upload_size = 100 * 1024 * 1024

    def __init__(self, account):
        self.account = account

    async def upload_service(self):
        return "upload.example.org", self.max_upload_size

    async def send(self, peer, path, *, method="auto", token="", description="", encrypted=False):
        self.account.descriptions.append(description)
        self.account.encrypted.append(encrypted)
        return self._begin("SendFile", peer, path.rpartition("/")[2], path)

    async def send_handle(
        self, peer, file, name, *, method="auto", token="", description="", encrypted=False
    ):
        self.account.descriptions.append(description)
        self.account.encrypted.append(encrypted)
        size = os.fstat(file.fileno()).st_size
        self.account.handed.append(os.pread(file.fileno(), size, 0))
        return self._begin("SendHandle", peer, name, "")

    async def send_album(self, peer, paths, text, *, token="", encrypted=False, draft=""):
        self.account.albums.append(text)
        self._end_draft(peer, draft)
        self.account.encrypted.append(encrypted)
        named = [(each.rpartition("/")[2], each) for each in paths]
        return [self._begin("SendAlbum", peer, name, path) for name, path in named]

    async def send_album_handles(
        self, peer, files, names, text, *, token="", encrypted=False, draft=""
    ):
        self.account.albums.append(text)
        self._end_draft(peer, draft)
        self.account.encrypted.append(encrypted)
        for file in files:
            size = os.fstat(file.fileno()).st_size
            self.account.handed.append(os.pread(file.fileno(), size, 0))
        return [self._begin("SendAlbumHandles", peer, name, "") for name in names]

    def _end_draft(self, peer, draft):
        if self.account.has_draft(peer, draft):
            self.account.converse(peer, draft="")

    async def accept(self, id, directory):
        self.account.calls.append(("AcceptFile", id, directory))
        self._refuse("AcceptInto" if directory else "AcceptFile")
        self._answer(id, state="queued", path=directory)

    async def accept_handle(self, id, file):
        self.account.calls.append(("AcceptHandle", id))
        self._answer(id, state="queued")

    async def reject(self, id):
        self.account.calls.append(("RejectFile", id))
        self._answer(id, state="cancelled", error=("NotAllowed", "you cancelled it"))

    async def download(self, message_id, attachment, directory):
        self.account.calls.append(("Download", message_id, attachment, directory))
        self._refuse("DownloadInto" if directory else "Download")
        return self._fetch(message_id)

    async def download_handle(self, message_id, attachment, file):
        self.account.calls.append(("DownloadHandle", message_id, attachment))
        return self._fetch(message_id)

    async def list(self):
        self.account.require_unlocked()
        return list(self.account.transfers.values())

    async def wait(self, ids, timeout_ms):
        return [self._require(id) for id in ids]

    async def cancel(self, id):
        if self._require(id).state in _OVER:
            raise NotAllowed("this transfer is over")
        self.account.transfer(id=id, state="cancelled", error=("NotAllowed", "you cancelled it"))

    async def pause(self, id):
        self._require(id)
        self.account.transfer(id=id, state="paused")

    async def resume(self, id):
        self._require(id)
        self.account.transfer(id=id, state="queued", error=("", ""))

    async def remove(self, id):
        self._require(id)
        del self.account.transfers[id]
        self.account.emit(FILES, "Removed", [id])

    async def set_path(self, id, path):
        self._require(id)
        self.account.transfer(id=id, path=path)

    def _begin(self, call, peer, name, path):
        self.account.calls.append((call, peer, path or name))
        self._refuse(call)
        return self.account.transfer(peer=peer, name=name, path=path, state="queued").id

    def _answer(self, id, **changes):
        if self._require(id).state != "offered":
            raise NotAllowed("this transfer waits for no answer of yours")
        self.account.transfer(id=id, **changes)

    def _refuse(self, call):
        if call in self.account.file_refusals:
            raise self.account.file_refusals[call]

    def _fetch(self, message_id):
        known = {"direction": "in", "state": "queued", "message_id": message_id}
        return self.account.transfer(**known).id

    def _require(self, id):
        if id not in self.account.transfers:
            raise UnknownTransfer(f"there is no transfer {id}")
        return self.account.transfers[id]
