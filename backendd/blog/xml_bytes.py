"""Bytes of XML files as expat reads them: in what they say that they are written in."""

import codecs
import re
from typing import Final

from backendd.api.errors import InvalidArgument

_DECLARED: Final = re.compile(
    rb"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""", re.ASCII
)
# So much of a file has the line that names its encoding.
_BEGINNING: Final = 1024
_SPACE: Final = b" \t\r\n"
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
# Those of more than one byte, which expat doesn't know.
_MULTIBYTE: Final = frozenset({
    "big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jp", "euc_kr", "gb18030", "gb2312",
    "gbk", "iso2022_jp", "shift_jis",
})  # fmt: skip
# WordPress lets them through, where no XML may have them.
_CONTROLS: Final = bytes(each for each in range(32) if each not in _SPACE)


class XmlBytes:
    """Takes the bytes of a file one after the other.

    `declared` is what it says that it is written in, empty where it says nothing; `encoding` what
    it is once it was taken, None for that.
    """

    def __init__(self) -> None:
        self.declared = ""
        self.encoding: str | None = None
        self._waiting: bytes | None = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._is_wide = False

    def take(self, data: bytes) -> bytes | None:
        """Return what is to be parsed; None as long as more is needed. None is the end of the file.

        InvalidArgument where it isn't written in what it says.
        """
        if self._waiting is not None:
            whole = (self._waiting + data).lstrip(_SPACE)
            if data and len(whole) < _BEGINNING:
                self._waiting = whole
                return None
            self._waiting = None
            self._begin(whole)
            return self._converted(whole, is_end=not data)
        return self._converted(data, is_end=not data)

    def _begin(self, data: bytes) -> None:
        self._is_wide = data.startswith(_WIDE)
        found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
        if found is None:
            return
        self.declared = found[1].decode()
        try:
            known = codecs.lookup(self.declared)
        except LookupError:
            raise InvalidArgument(
                f'the file says to be written in "{self.declared}", which is not known here'
            ) from None
        if known.name in _MULTIBYTE:
            self._decoder = codecs.getincrementaldecoder(known.name)()
            self.encoding = "utf-8"

    def _converted(self, data: bytes, *, is_end: bool) -> bytes:
        if self._decoder is not None:
            try:
                return self._decoder.decode(data, is_end).encode()
            except UnicodeDecodeError:
                raise InvalidArgument(
                    f"the file is not written in {self.declared}, as it says"
                ) from None
        return data if self._is_wide else data.translate(None, _CONTROLS)
