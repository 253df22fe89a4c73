"""What is needed most, place by place: the first screen of help."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from primitivus.commands.help.help import Bound, Row, Section
from primitivus.commands.help.needed_over import OVER
from primitivus.sentences import tr, translated

MOST = 10

# By table of a keymap, the most needed first: a command line and, to be translated, what it is for.
_NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    "insert": (
        ("send", "send what is typed"),
        ("newline", "begin a new line"),
        ("mode normal", "stop writing; keys are commands then"),
        ("mode normal back", "stop writing; keys are commands then"),
        ("complete", "complete a /command, its arguments, or an emoji: :thumb"),
        ("history-previous", "bring back what was sent"),
        ("history-search", "find what was sent by some letters"),
        ("clear-input", "discard what is typed"),
    ),
    "normal.conversations": (
        ("enter", "open the conversation"),
        ("line-down", "go to the next one"),
        ("mark-read", "mark it as read"),
        ("pin", "keep it at the top, or no longer"),
        ("mute", "mute it, or end that"),
        ("close", "close it; its history stays"),
    ),
    "normal.contacts": (
        ("enter", "write to the contact"),
        ("line-down", "go to the next one"),
        ("prompt add", "add somebody"),
        ("accept", "accept a request to see your presence"),
        ("deny", "refuse it"),
        ("prompt rename", "give the contact another name"),
        ("prompt group", "put the contact into a group, or out of it"),
        ("remove", "remove the contact"),
    ),
    "normal.occupants": (
        ("enter", "write to one privately"),
        ("line-down", "go to the next one"),
        ("prompt narrow", "show only nicks that have something in them"),
        ("whois", "show all that is known of one"),
        ("address-occupant", "write to everybody, beginning with a nick"),
        ("ignore", "ignore one"),
        ("cancel", "show all again, or go back"),
    ),
    "normal.messages": (
        ("select", "select a message; the arrows move on"),
        ("enter", "show all about the selected one"),
        ("reply", "answer it"),
        ("edit", "change what you said"),
        ("retract", "take back what you said"),
        ("open", "open its link or file"),
        ("copy", "copy it"),
        ("react +1", "react with a thumb; once more takes it back"),
        ("download", "fetch the file that it brings"),
        ("retry", "send it again"),
        ("discard", "give it up: it is not sent, and gone"),
        ("mode insert", "write a message"),
    ),
    # With nothing typed there; the keys of messages are told where they are for these then.
    "normal.input": (
        ("mode insert", "write a message"),
        ("unread", "go to what is new above"),
        ("mode command", "type a command; Tab completes it"),
        ("select", "select a message, the newest in view"),
        ("reply", "answer the newest of theirs"),
        ("edit", "change what you said last"),
        ("retract", "take back what you said last"),
        ("copy", "copy the newest in view"),
        ("open", "open the newest link or file in view"),
        ("react +1", "react to the newest of theirs with a thumb"),
        ("next-unread", "go to the next unread conversation"),
    ),
    "settings": (
        ("enter", "let it be what is typed, or go on with what is found"),
        ("settings-stop", "type no more; a value stays as it was"),
        ("line-down", "go on among those that are found"),
    ),
    "normal.settings": (
        ("line-down", "go to the next one; all about it stands beside or below"),
        ("setting-next", "try the next value"),
        ("enter", "change it: type a value, or open what is for it"),
        ("setting-undo", "put it back"),
        ("setting-default", "let it be as by default"),
        ("save", "keep what was changed"),
        ("settings-find", "find one by a word"),
        ("settings-leave", "leave; what was changed stays so until you quit"),
        ("cancel", "put all back, and leave"),
    ),
    "normal.home": (
        ("enter", "go to what is marked"),
        ("line-down", "go to the next one"),
        ("answer yes", "agree to what is asked, or take the file"),
        ("answer no", "refuse it, or put the warning away"),
        ("mark-read", "mark the conversation as read"),
        ("peek", "look at it without having read it"),
        ("retry", "send a message that failed again"),
        ("discard", "give it up, or one that waits"),
        ("retry-all", "send all again that failed"),
        ("discard-all", "give all of them up"),
        ("back", "go back to where you were"),
    ),
    "normal.rooms": (
        ("enter", "go there, enter it, or see who invites"),
        ("line-down", "go to the next one"),
        ("answer yes", "enter the room you are invited to"),
        ("answer no", "decline the invitation"),
        ("autojoin toggle", "enter it whenever you connect, or no longer"),
        ("edit-bookmark", "change its name and your nick"),
        ("bookmark", "keep it for all your clients"),
        ("leave", "leave it"),
        ("browse-rooms", "look around at those of your server"),
        ("narrow-list", "find one by words"),
    ),
    "normal.log": (
        ("enter", "go to what it is about, or show all of it"),
        ("line-up", "go to the one before"),
        ("bottom", "go to the newest, and on with what is said"),
        ("narrow-list", "find one by words"),
        ("errors", "show errors alone, or all again"),
        ("copy-entry", "copy it"),
        ("log-entry", "show all of it"),
        ("back", "go back to where you were"),
    ),
    "narrow": (
        ("narrow-open", "go to what is marked"),
        ("line-down", "go on among those that are found"),
        ("narrow-stop", "type no more; those that are found stay alone"),
    ),
    "normal.transfers": (
        ("enter", "go to the message"),
        ("open-transfer", "open the file"),
        ("show-file", "show it in its directory"),
        ("copy-transfer", "copy its address, or where it is"),
        ("accept-file", "take one that is offered"),
        ("pause-transfer", "hold it up, or go on with it"),
        ("resume-transfer", "try it again"),
        ("cancel-transfer", "give it up, with what came of it"),
        ("remove-transfer", "take it off the list"),
    ),
    "normal.post": (
        ("page-down", "read on"),
        ("line-down", "go on, then from comment to comment"),
        ("unread", "go to unread comments above, or below"),
        ("comment", "say something to it"),
        ("reply", "answer the marked comment"),
        ("next-post", "go on to the next one"),
        ("previous-post", "go back to the one before"),
        ("open", "open one of its links"),
        ("copy-link", "copy the link to it, or one of its links"),
        ("copy", "copy what it says"),
        ("prompt share", "write a link to it to somebody"),
        ("like", "like it; once more takes that back"),
        ("their-blog", "show the blog where it stands"),
        ("back", "go back to where you were"),
    ),
    "normal.draft": (
        ("publish-draft", "publish it"),
        ("edit-draft", "write on in your editor"),
        ("delete-draft", "delete it"),
        ("page-down", "read on"),
        ("back", "leave it as a draft"),
    ),
    "normal.timeline": (
        ("enter", "read the post"),
        ("line-down", "go to the next post; the list goes on by itself"),
        ("their-blog", "show the blog of the marked one alone"),
        ("blog-unread", "show only what is unread, or all again"),
        ("prompt blog-search", "find posts by their words, or by a #tag"),
        ("mark-post-read", "have the marked one be read"),
        ("mark-posts-read", "have all of them be read"),
        ("prompt share", "write a link to it to somebody"),
        ("follow", "follow the blog"),
        ("unfollow", "follow it no more"),
        ("followed", "list what you follow"),
        ("reload-posts", "read the list anew"),
    ),
    "normal.unpublished": (
        ("enter", "read the post"),
        ("retry", "publish what has failed once more"),
        ("discard", "give it up"),
        ("edit-post", "change it"),
        ("their-blog", "show the blog where it goes"),
        ("back", "go back to where you were"),
    ),
    "normal": (
        ("mode insert", "write a message"),
        ("mode command", "type a command; Tab completes it"),
        ("next-unread", "go to the next unread conversation"),
        ("join", "enter a room"),
        ("focus next", "go to the next pane"),
    ),
    "command": (
        ("enter", "run the command"),
        ("complete", "complete what is typed, or go through what fits"),
        ("history-previous", "bring back what was typed before"),
        ("cancel", "leave the command line"),
    ),
    "history": (
        ("history-search-take", "take what was found, to be changed or sent"),
        ("history-search", "find what was sent before that"),
        ("history-search forward", "find what was sent after that"),
        ("history-search-stop", "leave; what you had typed stays"),
    ),
    **OVER,
    "global": (
        ("mode command", "type a command; Tab completes it"),
        ("switch", "go to anything by some letters"),
        ("next-unread", "go to the next unread conversation"),
        ("home", "see all that waits for you"),
        ("messages", "see what the program said"),
        ("page-up", "go back in the history"),
        ("contacts", "show or hide the contacts"),
        ("next-notification", "go to requests, then to what is unread"),
        ("help", "this help"),
        ("quit", "leave; the backend stays connected"),
    ),
}


def most_needed(
    bindings: Iterable[Bound],
    tables: Sequence[str],
    is_of_use: Callable[[str], bool] = lambda line: True,
) -> Section:
    """Return the keys that are needed most where these tables of the keymap are in force.

    What isn't `is_of_use` for what is chosen there is left out.
    """
    rows = (row for row in _rows(tuple(bindings), tables) if is_of_use(row.line))
    return Section(tr("Most needed here"), tuple(rows)[:MOST])


def _rows(bindings: Sequence[Bound], tables: Sequence[str]) -> Iterator[Row]:
    keys = {
        bound.line.strip(): bound.keys
        for table in reversed(tables)
        for bound in reversed(bindings)
        if bound.context == table
    }
    told = set()
    for table in tables:
        for line, purpose in _NEEDED.get(table, ()):
            if line in keys and line not in told:
                told.add(line)
                yield Row(keys[line], line, translated(purpose))
