"""The features, and the orders in which they take part; `inbound` has that of what comes in."""

from backendd.features.activity.feature import FEATURE as ACTIVITY
from backendd.features.appearance.feature import FEATURE as APPEARANCE
from backendd.features.archive.feature import FEATURE as ARCHIVE
from backendd.features.attachments.feature import FEATURE as ATTACHMENTS
from backendd.features.attention.feature import FEATURE as ATTENTION
from backendd.features.avatars.feature import FEATURE as AVATARS
from backendd.features.blocking.feature import FEATURE as BLOCKING
from backendd.features.blog.feature import FEATURE as BLOG
from backendd.features.blog_administration.feature import FEATURE as BLOG_ADMINISTRATION
from backendd.features.blog_discovery.feature import FEATURE as BLOG_DISCOVERY
from backendd.features.blog_drafts.feature import FEATURE as BLOG_DRAFTS
from backendd.features.blog_files.feature import FEATURE as BLOG_FILES
from backendd.features.blog_publishing.feature import FEATURE as BLOG_PUBLISHING
from backendd.features.blog_readers.feature import FEATURE as BLOG_READERS
from backendd.features.bookmarks.feature import FEATURE as BOOKMARKS
from backendd.features.carbons.feature import FEATURE as CARBONS
from backendd.features.challenges.feature import FEATURE as CHALLENGES
from backendd.features.commands.feature import FEATURE as COMMANDS
from backendd.features.comments.feature import FEATURE as COMMENTS
from backendd.features.configuration.feature import FEATURE as CONFIGURATION
from backendd.features.corrections.feature import FEATURE as CORRECTIONS
from backendd.features.deletion.feature import FEATURE as DELETION
from backendd.features.delivery.feature import FEATURE as DELIVERY
from backendd.features.directories.feature import FEATURE as DIRECTORIES
from backendd.features.discussions.feature import FEATURE as DISCUSSIONS
from backendd.features.downloads.feature import FEATURE as DOWNLOADS
from backendd.features.frontends.feature import FEATURE as FRONTENDS
from backendd.features.history.feature import FEATURE as HISTORY
from backendd.features.ignoring.feature import FEATURE as IGNORING
from backendd.features.invitations.feature import FEATURE as INVITATIONS
from backendd.features.jingle.feature import FEATURE as JINGLE
from backendd.features.markers.feature import FEATURE as MARKERS
from backendd.features.mentions.feature import FEATURE as MENTIONS
from backendd.features.messages.feature import FEATURE as MESSAGES
from backendd.features.nicknames.feature import FEATURE as NICKNAMES
from backendd.features.notifications.feature import FEATURE as NOTIFICATIONS
from backendd.features.presence.feature import FEATURE as PRESENCE
from backendd.features.pubsub.feature import FEATURE as PUBSUB
from backendd.features.reactions.feature import FEATURE as REACTIONS
from backendd.features.read_state.feature import FEATURE as READ_STATE
from backendd.features.receipts.feature import FEATURE as RECEIPTS
from backendd.features.registration.feature import FEATURE as REGISTRATION
from backendd.features.replies.feature import FEATURE as REPLIES
from backendd.features.retractions.feature import FEATURE as RETRACTIONS
from backendd.features.room_administration.feature import FEATURE as ROOM_ADMINISTRATION
from backendd.features.rooms.feature import FEATURE as ROOMS
from backendd.features.roster.feature import FEATURE as ROSTER
from backendd.features.search.feature import FEATURE as SEARCH
from backendd.features.services.feature import FEATURE as SERVICES
from backendd.features.storage.feature import FEATURE as STORAGE
from backendd.features.transfers.feature import FEATURE as TRANSFERS
from backendd.features.typing.feature import FEATURE as TYPING
from backendd.features.uploads.feature import FEATURE as UPLOADS
from backendd.features.vcards.feature import FEATURE as VCARDS

FEATURES = (
    FRONTENDS,
    ROSTER,
    BLOCKING,
    CARBONS,
    ARCHIVE,
    PUBSUB,
    TYPING,
    RECEIPTS,
    MARKERS,
    READ_STATE,
    REACTIONS,
    REPLIES,
    MENTIONS,
    CORRECTIONS,
    ATTENTION,
    APPEARANCE,
    RETRACTIONS,
    ATTACHMENTS,
    MESSAGES,
    PRESENCE,
    ACTIVITY,
    ROOMS,
    BOOKMARKS,
    INVITATIONS,
    ROOM_ADMINISTRATION,
    IGNORING,
    NICKNAMES,
    AVATARS,
    VCARDS,
    HISTORY,
    DELETION,
    SEARCH,
    SERVICES,
    CHALLENGES,
    COMMANDS,
    REGISTRATION,
    DIRECTORIES,
    BLOG,
    COMMENTS,
    DISCUSSIONS,
    BLOG_FILES,
    BLOG_PUBLISHING,
    BLOG_DRAFTS,
    BLOG_ADMINISTRATION,
    BLOG_READERS,
    BLOG_DISCOVERY,
    TRANSFERS,
    UPLOADS,
    JINGLE,
    DOWNLOADS,
    DELIVERY,
    STORAGE,
    CONFIGURATION,
    NOTIFICATIONS,
)

CONTRIBUTORS = tuple(each for feature in FEATURES for each in feature.contributors)
"""What they add to the records of messages."""

OWNERS = {kind: owner for feature in FEATURES for kind, owner in feature.owns.items()}
"""Whose business each kind of reference is."""

OUTBOUND = (
    ROOMS,
    BLOG_PUBLISHING,
    COMMENTS,
    CORRECTIONS,
    REPLIES,
    ATTACHMENTS,
    APPEARANCE,
    TYPING,
    RECEIPTS,
    MARKERS,
)
"""What an outgoing stanza gets, in this order: first what waits for a room, last what encrypts."""

SETUP = (
    # First that nobody looks; and before presence (RFC 6121 2.2) brings what would overtake them.
    (FRONTENDS, ROSTER, BLOCKING, AVATARS, CARBONS, ARCHIVE, JINGLE),
    (PRESENCE,),
    (ROOMS, BOOKMARKS),  # who is there has to know that we are here
    (
        DELIVERY,  # last, for it sends what the archive proved to be missing
        NICKNAMES,
        READ_STATE,
        TRANSFERS,
        DOWNLOADS,
        BLOG_PUBLISHING,
        BLOG_ADMINISTRATION,
        BLOG_READERS,
        BLOG,
        COMMENTS,
    ),
)
"""What is due on a stream, group after group. Service discovery is with the first."""
