"""The features, and the orders in which they take part."""

from backendd.features.activity.feature import FEATURE as ACTIVITY
from backendd.features.appearance.feature import FEATURE as APPEARANCE
from backendd.features.appearance.inbound import SHOWN
from backendd.features.archive.feature import FEATURE as ARCHIVE
from backendd.features.archive.inbound import FIRST_LOOK, FOLLOW
from backendd.features.attachments.feature import FEATURE as ATTACHMENTS
from backendd.features.attachments.inbound import ADDED, ATTACHED
from backendd.features.attention.feature import FEATURE as ATTENTION
from backendd.features.attention.inbound import AGAIN, CALLED
from backendd.features.attention.stanza import CALL
from backendd.features.avatars.feature import FEATURE as AVATARS
from backendd.features.avatars.inbound import PICTURES
from backendd.features.blocking.feature import FEATURE as BLOCKING
from backendd.features.blocking.inbound import BLOCKED, UNBLOCKED
from backendd.features.blog.feature import FEATURE as BLOG
from backendd.features.blog.inbound import WRITTEN
from backendd.features.blog_administration.feature import FEATURE as BLOG_ADMINISTRATION
from backendd.features.blog_discovery.feature import FEATURE as BLOG_DISCOVERY
from backendd.features.blog_drafts.feature import FEATURE as BLOG_DRAFTS
from backendd.features.blog_files.feature import FEATURE as BLOG_FILES
from backendd.features.blog_publishing.feature import FEATURE as BLOG_PUBLISHING
from backendd.features.blog_readers.feature import FEATURE as BLOG_READERS
from backendd.features.blog_readers.inbound import ASKED
from backendd.features.bookmarks.feature import FEATURE as BOOKMARKS
from backendd.features.carbons.feature import FEATURE as CARBONS
from backendd.features.carbons.inbound import unwrap
from backendd.features.challenges.feature import FEATURE as CHALLENGES
from backendd.features.challenges.inbound import CHALLENGED
from backendd.features.commands.feature import FEATURE as COMMANDS
from backendd.features.comments.feature import FEATURE as COMMENTS
from backendd.features.comments.inbound import LIKED
from backendd.features.configuration.feature import FEATURE as CONFIGURATION
from backendd.features.corrections.feature import FEATURE as CORRECTIONS
from backendd.features.corrections.inbound import CORRECTED, CORRECTION_REFUSED
from backendd.features.deletion.feature import FEATURE as DELETION
from backendd.features.deletion.inbound import DELETED
from backendd.features.delivery.feature import FEATURE as DELIVERY
from backendd.features.delivery.inbound import ANSWERS
from backendd.features.directories.feature import FEATURE as DIRECTORIES
from backendd.features.discussions.feature import FEATURE as DISCUSSIONS
from backendd.features.downloads.feature import FEATURE as DOWNLOADS
from backendd.features.frontends.feature import FEATURE as FRONTENDS
from backendd.features.history.feature import FEATURE as HISTORY
from backendd.features.ignoring.feature import FEATURE as IGNORING
from backendd.features.ignoring.inbound import HUSHED, UNHEARD
from backendd.features.invitations.feature import FEATURE as INVITATIONS
from backendd.features.invitations.inbound import INVITATION_REFUSED, INVITED
from backendd.features.jingle.feature import FEATURE as JINGLE
from backendd.features.markers.feature import FEATURE as MARKERS
from backendd.features.markers.inbound import DISPLAYED
from backendd.features.mentions.feature import FEATURE as MENTIONS
from backendd.features.mentions.inbound import MENTIONED
from backendd.features.messages.feature import FEATURE as MESSAGES
from backendd.features.messages.inbound import ERRORS, MATCH, STORE, reads
from backendd.features.messages.payloads import CARRIED, UNKNOWN
from backendd.features.nicknames.feature import FEATURE as NICKNAMES
from backendd.features.notifications.feature import FEATURE as NOTIFICATIONS
from backendd.features.presence.feature import FEATURE as PRESENCE
from backendd.features.pubsub.feature import FEATURE as PUBSUB
from backendd.features.pubsub.inbound import EVENTS
from backendd.features.reactions.feature import FEATURE as REACTIONS
from backendd.features.reactions.inbound import REACTED, REACTION_REFUSED
from backendd.features.read_state.feature import FEATURE as READ_STATE
from backendd.features.receipts.feature import FEATURE as RECEIPTS
from backendd.features.receipts.inbound import DELIVERED, RECEIPT
from backendd.features.registration.feature import FEATURE as REGISTRATION
from backendd.features.replies.feature import FEATURE as REPLIES
from backendd.features.replies.inbound import QUOTED, REPLIED
from backendd.features.retractions.feature import FEATURE as RETRACTIONS
from backendd.features.retractions.inbound import BURIED, EMPTIED, RETRACTED, RETRACTION_REFUSED
from backendd.features.retractions.stanza import TOMBSTONES
from backendd.features.room_administration.feature import FEATURE as ROOM_ADMINISTRATION
from backendd.features.room_administration.voice import VOICE
from backendd.features.rooms.feature import FEATURE as ROOMS
from backendd.features.rooms.inbound import (
    CHANGES,
    FROM_OUTSIDE,
    IN_NO_ROOM,
    NAMED,
    OCCUPANTS,
    OURSELVES,
    STAYS,
    SUBJECTS,
)
from backendd.features.roster.feature import FEATURE as ROSTER
from backendd.features.roster.inbound import CONTACT_PRESENCE, PUSHES, SUBSCRIPTIONS
from backendd.features.search.feature import FEATURE as SEARCH
from backendd.features.services.feature import FEATURE as SERVICES
from backendd.features.storage.feature import FEATURE as STORAGE
from backendd.features.transfers.feature import FEATURE as TRANSFERS
from backendd.features.typing.feature import FEATURE as TYPING
from backendd.features.typing.inbound import CHAT_STATES
from backendd.features.uploads.feature import FEATURE as UPLOADS
from backendd.features.vcards.feature import FEATURE as VCARDS
from backendd.session.stages import Inbound

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

PAYLOADS = (*TOMBSTONES, *CARRIED, CALL, VOICE, *UNKNOWN)
"""What a message may say beside a body. Of several the first counts, so `UNKNOWN` comes last."""

INBOUND = Inbound(
    unwrap=(unwrap,),
    read=reads(PAYLOADS),
    messages=(
        IN_NO_ROOM,
        FOLLOW,
        FROM_OUTSIDE,
        REACTION_REFUSED,
        INVITATION_REFUSED,
        CORRECTION_REFUSED,
        RETRACTION_REFUSED,
        ERRORS,  # they go no further, as what the next one takes
        CHALLENGED,
        ASKED,
        EVENTS,
        WRITTEN,
        LIKED,
        SUBJECTS,
        CHANGES,
        OURSELVES,  # by which nick we say what another client of ours said
        STAYS,  # who is there, before others are held against the author
        NAMED,  # who was there
        BURIED,  # what is here, by the archive that has it no more
        MATCH,  # a copy of what is here goes no further
        # Here what is encrypted is opened: once, since its copies have ended above.
        RETRACTED,  # what else it says stands in for it
        HUSHED,  # of who is ignored nothing counts but what they take back
        DELIVERED,
        DISPLAYED,
        REACTED,  # takes away the text that stands in for reactions
        CHAT_STATES,  # who says nothing else goes on typing
        ADDED,  # takes away what only says where a file is
        QUOTED,  # takes away what an answer quotes
        AGAIN,
        INVITED,
        DELETED,
        FIRST_LOOK,  # what lies below one is left there
        STORE,
        UNHEARD,  # what is stored of who is ignored speaks to nobody
        BURIED,  # what is stored only as the place of a message
        REPLIED,  # before what would have it be another message
        MENTIONED,
        SHOWN,
        ATTACHED,
        CALLED,
        RECEIPT,
        EMPTIED,  # of all that stages before have kept of it
        CORRECTED,  # last: then the message may be another's text
    ),
    presence=(CONTACT_PRESENCE, PICTURES, SUBSCRIPTIONS, OCCUPANTS),
    iqs=(PUSHES, BLOCKED, UNBLOCKED, ANSWERS),
)
