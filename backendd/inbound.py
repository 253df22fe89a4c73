"""The order in which what comes in passes the stages of the features."""

from backendd.features.appearance.inbound import SHOWN
from backendd.features.archive.inbound import FIRST_LOOK, FOLLOW
from backendd.features.attachments.inbound import ADDED, ATTACHED
from backendd.features.attention.inbound import AGAIN, CALLED
from backendd.features.attention.stanza import CALL
from backendd.features.avatars.inbound import PICTURES
from backendd.features.blocking.inbound import BLOCKED, UNBLOCKED
from backendd.features.blog.inbound import WRITTEN
from backendd.features.blog_readers.inbound import ASKED
from backendd.features.carbons.inbound import unwrap
from backendd.features.challenges.inbound import CHALLENGED
from backendd.features.comments.inbound import LIKED
from backendd.features.corrections.inbound import CORRECTED, CORRECTION_REFUSED
from backendd.features.deletion.inbound import DELETED
from backendd.features.delivery.inbound import ANSWERS
from backendd.features.ignoring.inbound import HUSHED, UNHEARD
from backendd.features.invitations.inbound import INVITATION_REFUSED, INVITED
from backendd.features.markers.inbound import DISPLAYED
from backendd.features.mentions.inbound import MENTIONED
from backendd.features.messages.inbound import ERRORS, MATCH, STORE, reads
from backendd.features.messages.payloads import CARRIED, UNKNOWN
from backendd.features.pubsub.inbound import EVENTS
from backendd.features.reactions.inbound import REACTED, REACTION_REFUSED
from backendd.features.receipts.inbound import DELIVERED, RECEIPT
from backendd.features.replies.inbound import QUOTED, REPLIED
from backendd.features.retractions.inbound import BURIED, EMPTIED, RETRACTED, RETRACTION_REFUSED
from backendd.features.retractions.stanza import TOMBSTONES
from backendd.features.room_administration.voice import VOICE
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
from backendd.features.roster.inbound import CONTACT_PRESENCE, PUSHES, SUBSCRIPTIONS
from backendd.features.typing.inbound import CHAT_STATES
from backendd.session.stages import Inbound

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
