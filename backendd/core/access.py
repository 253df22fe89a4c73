"""Who may see what is in a node (XEP-0060 4.5)."""

from typing import Literal

from backendd.api import text
from backendd.api.values import Value
from backendd.api.words import AccessModel, PublishModel
from backendd.core.fields import Form
from backendd.core.pubsub import Options

MODEL = "pubsub#access_model"
PUBLISH_MODEL = "pubsub#publish_model"
GROUPS = "pubsub#roster_groups_allowed"


class Access(Value):
    """Who may see a node: `groups` of contacts for `roster`, `members` for `whitelist`.

    For `authorize` they are those who were let in, as far as that is known.

    `writers` are those who may see a whitelisted one because they write there. `publish_model` says
    who may write, where that follows from who may see it.
    """

    model: AccessModel | str = "open"
    groups: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    publish_model: PublishModel | Literal[""] = ""

    @property
    def options(self) -> Options:
        """The options of a node that say so."""
        groups = {"roster_groups_allowed": self.groups} if self.model == "roster" else {}
        writing = {"publish_model": self.publish_model} if self.publish_model else {}
        return {"access_model": self.model} | groups | writing

    @property
    def role(self) -> Literal["member", "publisher"]:
        """What those are at the node who are named (XEP-0060 4.1)."""
        return "publisher" if self.publish_model == "publishers" else "member"

    @property
    def of_readers(self) -> "Access":
        """Who may see what belongs to the node, and write there: comments, and that they like it.

        Services let everybody write where that is open to all, also those who may not see it. So
        whoever is named writes because of that.
        """
        everybody = dict.fromkeys((*self.members, *self.writers))
        # Nobody should have to be let in to the comments on each entry.
        model = "whitelist" if self.model == "authorize" else self.model
        publish_model: PublishModel = "publishers" if model == "whitelist" else "open"
        return Access(model, self.groups, tuple(everybody), publish_model=publish_model)


class Writers(Value):
    """Who may write in a node beside its owners (XEP-0060 4.5): `members` are named as such."""

    model: PublishModel | str = "publishers"
    members: tuple[str, ...] = ()


def model(form: Form) -> str:
    """Return the model that the configuration of a node has."""
    return text.clean_line(form.value(MODEL), limit=100) or "open"


def publish_model(form: Form) -> str:
    """Return the model of who may write that the configuration of a node has."""
    return text.clean_line(form.value(PUBLISH_MODEL), limit=100) or "publishers"
