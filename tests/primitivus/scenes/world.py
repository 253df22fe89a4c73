"""A small world for scenes: Juliet's contacts, what they said, their rooms and their blogs."""

from backendd.api.records import Attachment, BlogNode, Enclosure, Occupant
from backendd.core.uris import ItemAddress, encode
from tests.primitivus.fake import MINUTE_US, START_US
from tests.primitivus.fake.account import MICROBLOG

ROMEO = "romeo@example.org"
NURSE = "nurse@example.org"
MERCUTIO = "mercutio@example.org"
BENVOLIO = "benvolio@example.org"
LAURENCE = "laurence@monastery.example"
GARDEN = "garden@conference.example.org"
LIBRARY = "pubsub.example.org"
TALK = f"{MICROBLOG}:comments/basil"
FILES = "https://files.example.org"

PHOTO = Attachment(
    index=0, name="balcony.jpg", mime="image/jpeg", size=3_032_449, url=f"{FILES}/a/balcony.jpg",
    description="The balcony, from below",
)  # fmt: skip
CODE = "```\nfor day in week:\n    water(basil)\n```"
BASIL = (
    "Basil wants warmth more than water. Give it a window that looks south, "
    "and pick from the top.\n\nWhat to do in November:\n\n- bring the pots in\n- water in the "
    "morning\n- leave the seeds to dry"
)
BASIL_XHTML = (
    "<div xmlns='http://www.w3.org/1999/xhtml'><p>Basil wants <strong>warmth</strong> more than "
    "water. Give it a window that looks south, and pick from the top.</p><h2>What to do in "
    "November</h2><ul><li>bring the pots in</li><li>water in the morning</li><li>leave the seeds "
    "to dry; <a href='https://example.org/seeds'>how to store them</a></li></ul></div>"
)


def today(clock):
    """Return a time of 22 November 2026, "10:41", in microseconds."""
    hours, minutes = map(int, clock.split(":"))
    return START_US + ((hours - 10) * 60 + minutes - 36) * MINUTE_US


def days_ago(days, clock):
    return today(clock) - days * 24 * 60 * MINUTE_US


class World:
    """Makes more and more of it; `account` is the one of the scripted backend."""

    def __init__(self, account):
        self.account = account

    def people(self):
        know = self.account.know
        know(ROMEO, name="Romeo", show="online", status="under the balcony", groups=["Verona"],
             more={"blog": True})  # fmt: skip
        know(NURSE, name="Nurse", show="away", groups=["family"])
        know(MERCUTIO, name="Mercutio", show="dnd", status="rehearsing", groups=["Verona"])
        know(BENVOLIO, name="Benvolio", show="", groups=["Verona"])
        know(LAURENCE, name="Friar Laurence", show="xa", more={"blog": True})
        return self

    def says(self, peer, clock, body, *, out=False, days=0, **known):
        known = {"time": days_ago(days, clock), "tell": False, **known}
        known.setdefault("state", "displayed" if out else "read")
        message = self.account.message(peer, body, out=out, **known)
        kind = known.get("kind", "chat")
        self.account.record(peer, kind=kind)
        return message

    def talk(self):
        """Have talked with Romeo, with all that a message can be."""
        says = self.says
        says(ROMEO, "21:05", "good night", days=1)
        says(ROMEO, "21:06", "good night, good night!", days=1, out=True)
        asked = says(ROMEO, "10:02", "shall I bring the basil in? it was cold last night")
        says(ROMEO, "10:04", "yes, and *water it* before noon: `water(basil)`", out=True,
             more={"reply_to": asked.id, "quote": asked.body, "quote_sender": ROMEO})  # fmt: skip
        says(ROMEO, "10:05", f"like this?\n{CODE}",
             more={"reactions": {"👍": [self.account.jid], "🌱": [self.account.jid]},
                   "reactions_own": {"👍": self.account.jid, "🌱": self.account.jid}})  # fmt: skip
        says(ROMEO, "10:07", "the friar wrote about it: https://example.org/basil#november",
             more={"edited": True})  # fmt: skip
        says(ROMEO, "10:09", PHOTO.url, more={"attachments": [PHOTO]})
        says(ROMEO, "10:12", "beautiful. at nine?", out=True, state="delivered")
        return self

    def others(self):
        """Have talked with others, too."""
        says = self.says
        says(NURSE, "09:15", "your mother asks for you", state="unread")
        says(NURSE, "09:16", "she waits in the hall", state="unread")
        says(MERCUTIO, "22:40", "the rehearsal was a farce", days=2)
        says(LAURENCE, "16:20", "the seeds are dry, come and fetch them", days=6)
        return self

    def garden(self):
        """Be in a room."""
        account, says = self.account, self.says
        said = {"kind": "room", "type": "message"}
        says(GARDEN, "11:02", "the first frost is announced for tonight",
             sender=f"{GARDEN}/benvolio", **said)  # fmt: skip
        says(GARDEN, "11:04", "who has a fleece to lend?", sender=f"{GARDEN}/romeo", **said)
        says(GARDEN, "11:05", "two of them, by the gate", out=True, state="delivered",
             sender=f"{GARDEN}/juliet", **said)  # fmt: skip
        says(GARDEN, "11:09", "juliet: can you cover the lemons as well?",
             sender=f"{GARDEN}/mercutio", more={"mention": True}, **said)  # fmt: skip
        says(GARDEN, "11:10", "/me carries the pots in", sender=f"{GARDEN}/romeo", **said)
        account.enter(GARDEN, "juliet", name="Garden", subject=(
            "What grows, and when to water it · seeds are swapped on Sundays at the gate"
        ), subject_by="laurence")  # fmt: skip
        for nick, show, role, affiliation in (
            ("benvolio", "online", "participant", "member"),
            ("laurence", "xa", "moderator", "admin"),
            ("mercutio", "dnd", "participant", "none"),
            ("romeo", "online", "participant", "member"),
            ("tybalt", "away", "visitor", "none"),
        ):
            account.appear(
                GARDEN,
                Occupant(nick=nick, show=show, role=role, affiliation=affiliation,
                         occupant_id=f"id-{nick}"),
            )  # fmt: skip
        account.converse(GARDEN, kind="room", name="Garden", notify="mentions", joined=True)
        return self

    def blogs(self):
        """Follow some blogs; the post on basil is talked about."""
        account = self.account
        for service, node, name in (
            (LAURENCE, "", ""), (LIBRARY, "news", "News of the library"), (ROMEO, "", ""),
        ):  # fmt: skip
            account.follow(service, node, **({"name": name} if name else {}))
        write, at = self.wrote, days_ago
        write(ROMEO, "walls", title="On walls", body="Stony limits cannot hold love out.",
              published=at(9, "20:00"), tags=["love"])  # fmt: skip
        write(LIBRARY, "hours", at(3, "12:00"), node="news", author=NURSE,
              title="Open on Sundays until Christmas", body="From ten to four.")  # fmt: skip
        write(
            LAURENCE, "basil", title="Basil in November", body=BASIL, xhtml=BASIL_XHTML,
            author_name="Friar Laurence", published=at(1, "08:30"), tags=["garden", "herbs"],
            comments_service=LAURENCE, comments_node=TALK, unread=True,
            more={"comments": 3, "likes": 4, "liked": True},
        )  # fmt: skip
        write(LIBRARY, "books", node="news", title="New books: herbals and atlases",
              body="Eleven herbals, and an atlas of the stars.", author=NURSE, unread=True,
              published=at(0, "09:00"), tags=["books"])  # fmt: skip
        post = encode(ItemAddress(LAURENCE, MICROBLOG, "basil"))
        for id, text, who, parent, clock in (
            ("one", "mine died on the balcony last year", ROMEO, "", "09:10"),
            ("two", "was it watered in the evening? the night is cold then", LAURENCE, "one",
             "09:31"),
            ("three", "how are the seeds to be kept?", self.account.jid, "", "10:20"),
        ):  # fmt: skip
            more = {"commented": post, "commented_title": "Basil in November", "heart": False}
            more |= {"parent": parent} if parent else {}
            write(LAURENCE, id, node=TALK, body=text, author=who, more=more,
                  published=days_ago(1, clock))  # fmt: skip
        return self

    def wrote(self, service, id, published, **known):
        return self.account.write(service, id, published=published, updated=published, **known)

    def album(self):
        """Have a post of pictures."""
        files = [
            Enclosure(url=f"{FILES}/w/{name}", mime="image/jpeg", title=name, size=size)
            for name, size in (("gate.jpg", 2_310_000), ("lemons.jpg", 1_840_000), ("pots.jpg", 0))
        ]
        self.wrote(
            ROMEO, "album", title="The garden before the frost", attachments=files,
            body="Three pictures of Saturday.", published=days_ago(1, "17:45"),
        )  # fmt: skip
        return self

    def groups(self):
        """Have blogs at a service, to be found."""
        self.account.nodes[LIBRARY] = [
            BlogNode(service=LIBRARY, node="news", title="News of the library",
                     description="What is new on the shelves"),
            BlogNode(service=LIBRARY, node="lectures", title="Lectures", access="whitelist"),
        ]  # fmt: skip
        return self

    def transfers(self):
        """Have files in each state."""
        move = self.account.transfer
        move(name="balcony.jpg", peer=ROMEO, direction="in", state="offered", size=3_032_449)
        move(name="sonnets.pdf", peer=ROMEO, state="running", size=12_400_000, done=7_700_000)
        move(name="song.ogg", peer=MERCUTIO, direction="in", state="paused", size=4_000_000,
             done=1_000_000, method="jingle")  # fmt: skip
        move(name="map of the hidden garden behind the monastery.png", peer=LAURENCE,
             state="failed", size=900_000,
             error=("TooLarge", "the server takes files of at most 512 kB"))  # fmt: skip
        move(name="seeds.csv", peer=LAURENCE, direction="in", state="done", size=2_048,
             path="/home/juliet/Downloads/seeds.csv")  # fmt: skip
        move(name="lemons.jpg", peer=NURSE, state="queued", size=1_840_000)
        return self

    def unsent(self):
        """Have a message that could not be sent, and one that waits."""
        why = ("NotAllowed", "this person takes messages from contacts alone")
        self.says(BENVOLIO, "12:20", "is the gate locked?", out=True, state="failed", error=why)
        self.says(LAURENCE, "12:31", "I come on Monday", out=True, state="pending")
        return self

    def asked(self):
        """Have requests that wait for an answer."""
        self.account.ask("paris@example.org", "a friend of your father's")
        self.account.invite("ball@conference.example.org", NURSE, reason="masks are worn")
        self.account.ask_to_read("rosaline@example.org", service=self.account.jid)
        return self

    def all(self):
        return self.people().talk().others().garden().blogs()
