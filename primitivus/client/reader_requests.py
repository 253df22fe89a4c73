"""Who wants to read a blog of an account, as the backend tells it."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.contract import Blog
from backendd.api.names import BLOG
from backendd.api.records import ReaderRequest
from primitivus.client.unanswered import UnansweredPart
from primitivus.model.questions.reader_requests import ReaderQuestion, ReaderRequests


class ReaderRequestsPart(UnansweredPart[Blog, ReaderRequest, ReaderRequests]):
    """Follows who wants to read one of an account."""

    contract: ClassVar[type[Blog]] = Blog
    signal: ClassVar[tuple[str, str]] = (BLOG, "ReaderRequestsChanged")
    record: ClassVar[type[ReaderRequest]] = ReaderRequest
    question: ClassVar[type[ReaderQuestion]] = ReaderQuestion

    async def listed(self) -> Sequence[ReaderRequest]:
        return await self.calls.reader_requests()
