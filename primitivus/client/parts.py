"""The list of the parts that features take in an account."""

from collections.abc import Callable

from primitivus.client.banned import BannedPart
from primitivus.client.blocking import Blocking
from primitivus.client.blog_access import BlogAccessPart
from primitivus.client.blog_titles import BlogTitlesPart
from primitivus.client.blogs import BlogsPart
from primitivus.client.challenges import ChallengesPart
from primitivus.client.comment_drafts import CommentDraftsPart
from primitivus.client.comments import CommentsPart
from primitivus.client.days import Days
from primitivus.client.discussions import DiscussionsPart
from primitivus.client.home import HomePart
from primitivus.client.ignoring import IgnoringPart
from primitivus.client.invitations import InvitationsPart
from primitivus.client.kept_files import KeptFilesPart
from primitivus.client.part import Access, Part
from primitivus.client.partners import PartnersPart
from primitivus.client.post_drafts import PostDraftsPart
from primitivus.client.posts import PostsPart
from primitivus.client.publishing import PublishingPart
from primitivus.client.reader_requests import ReaderRequestsPart
from primitivus.client.retractions import Retractions
from primitivus.client.room_service import RoomServicePart
from primitivus.client.rooms import RoomsPart
from primitivus.client.roster import Contacts
from primitivus.client.search import Search
from primitivus.client.services import ServicesPart
from primitivus.client.transfers import TransfersPart

PARTS: tuple[Callable[[Access], Part], ...] = (
    Contacts,
    Blocking,
    RoomsPart,
    RoomServicePart,
    PartnersPart,
    BannedPart,
    IgnoringPart,
    InvitationsPart,
    ChallengesPart,
    Search,
    Days,
    HomePart,
    Retractions,
    ServicesPart,
    TransfersPart,
    PostsPart,
    CommentsPart,
    CommentDraftsPart,
    DiscussionsPart,
    BlogsPart,
    PostDraftsPart,
    KeptFilesPart,
    PublishingPart,
    BlogAccessPart,
    BlogTitlesPart,
    ReaderRequestsPart,
)
"""What they fetch is asked for in this order, behind the conversations."""
