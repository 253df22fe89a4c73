"""XMPP: the stream of one profile, and nothing of what travels on it.

Three lives, one inside the other. A `Stream` lasts as long as the profile is wanted online. In it
a `Binding` is one bound resource with its numbers; it outlives its connections, and the process,
as a `Resumption`. A `Wire` is one connection. Whatever is numbered belongs to a binding: with
another one all earlier numbers are void, and all open questions fail.

What is counted when (XEP-0198)
    in    A stanza has its number when it is parsed, an iq or one too large to keep as well. What
          the server is told to be handled it deletes: so the owner commits a batch together with
          the number of its last stanza, and only a number that is committed is told. If a commit
          fails nothing more is counted, the connection ends, and the server sends again from the
          number that is stored.
    out   Stanzas have numbers in the order in which they are written. What must not be lost is
          in the owner's outbox: there stream and number are committed before the first byte is
          written (`send_batch`), so that after any end what may have arrived is known. The rest
          (`send`) is kept in memory until it is acknowledged, and is lost with the process.
    acks  The server's `h` frees the memory at once; the owner hears of it in order, the newest
          for all before. A number that was never given, or a resumption that names none, makes the
          binding worthless (`Suspect`): it is forgotten rather than guessed at. Where a server
          counts nothing, the answer to a ping says that what was sent before it has arrived.

Who owns which queue
    Inbox     (binding)  what came and is not stored; above a limit the network is held
    Outgoing  (binding)  what was written and is not acknowledged; written again when resumed
    Sender    (stream)   what waits while a batch has the next numbers, and isn't written yet
    Requests  (stream)   questions without an answer, each with its own patience
    Acks      (stream)   acknowledgements that the owner has not stored yet
    Refusals  (stream)   what was in flight when the other side closed; told before the next try

Why in this order
    1.  All of the last connection comes to rest before there is a next: no batch half recorded,
        all stored that came, the number that is asked for on resumption the true one.
    2.  Resumed: what the server has is freed, the rest is written again before anything new, and
        acknowledgements are stored before the owner may repeat anything. It counts only once the
        server has acknowledged on it: one that lost its place in our XML says yes and is deaf.
    3.  Bound anew: the owner stores the new stream before a stanza of it is: two streams have the
        same numbers, and what was in flight on the old one is uncertain from then on.
    4.  An iq is given out only after all that came before it is stored: who has asked for a page
        of the archive finds what belongs to it in the database. One that changes what is stored
        is in the batch itself: of requests those that are `settled`, which are answered after the
        commit; of answers those of a question that has something to `settle`, which is given the
        answer after the commit. Or it would be stored over what came behind it, in whose batch
        it may be. So a commit must never wait for an answer.
    5.  To close, what was written is waited for, what came is stored and acknowledged, and what
        comes after that is ignored: unacknowledged, the server keeps it for the next stream.
"""
