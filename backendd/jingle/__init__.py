"""Files from peer to peer: Jingle sessions (XEP-0166, 0234) and the ways their bytes take.

`peers.Peers` is what a profile has of it: it offers files, hears offers, and answers the iqs of
both. Under it a `dialog.Dialog` is a session with somebody, by the rules of `session.Session`, and
a `talk.Talk` what is said of one file in it, by those of `negotiation.Negotiation`;
`sending` and `receiving` are a file's way through it, over `bytestreams` (XEP-0260) or, where
those lead nowhere, `in_band` (XEP-0261). Nothing here knows the stream, the store or the disk:
each is handed in as one of the Protocols of `ports`.
"""
