"""What the parameters of commands are: how each is read, resolved and completed.

A command names them as types: a class that is a `Kind` is one itself, `str`, `int` and `bool`
stand for words, numbers and yes or no, a `Literal` for one of its words, `list` for several, and
what may be `None` for what it is otherwise.
"""
