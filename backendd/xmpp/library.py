"""What is used of slixmpp, loaded without what isn't.

As a whole it takes 5 MB more and 40 ms: its clients and plugins, the reader of metadata of packages
that its version asks, and Pygments, where that is installed, for colours in what it logs.
"""

from backendd.api.late import load_late, without

load_late("slixmpp")
with without("pygments"):
    from slixmpp.xmlstream import XMLStream
    from slixmpp.xmlstream.resolver import default_resolver, get_SRV

from slixmpp.util.sasl.client import saslprep  # noqa: E402 - what stands above is for it as well
from slixmpp.util.stringprep_profiles import StringPrepError  # noqa: E402

__all__ = ["StringPrepError", "XMLStream", "default_resolver", "get_SRV", "saslprep"]
