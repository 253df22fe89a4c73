"""D-Bus as it is served: the XML-driven dispatcher, the object tree, callers, bursts.

It stands on the level of messages (`api/link.py`): the XML files say what there is, and each member
is a coroutine function of exactly one of the objects that are exported (`binding`), found and
checked when they are. So a feature may serve a part of an interface, and options of another's
method (`further`).
"""
