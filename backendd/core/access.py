"""Who may see what is in a node (XEP-0060 4.5)."""

from backendd.api.values import Value
from backendd.api.words import AccessModel, PublishModel
from backendd.core import text
from backendd.core.fields import Form
from backendd.core.pubsub import Options

MODEL = "pubsub#access_model"
PUBLISH_MODEL = "pubsub#publish_model"
GROUPS = "pubsub#roster_groups_allowed"


class Access(Value):
    """Who may see a node: `groups` of contacts for `roster`, `members` for `whitelist`.

    For `authorize` they are those who were let in, as far as that is known.

    `writers` are those who may see a whitelisted one because they write there.
    """

    model: AccessModel | str = "open"
    groups: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()

    @property
    def options(self) -> Options:
        """The options of a node that say so."""
        groups = {"roster_groups_allowed": self.groups} if self.model == "roster" else {}
        return {"access_model": self.model} | groups

    @property
    def of_readers(self) -> "Access":
        """Who may see what belongs to the node, where they write nothing but comments."""
        everybody = dict.fromkeys((*self.members, *self.writers))
        # Nobody should have to be let in to the comments on each entry.
        model = "whitelist" if self.model == "authorize" else self.model
        return Access(model, self.groups, tuple(everybody))


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
