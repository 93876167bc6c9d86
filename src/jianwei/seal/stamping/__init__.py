"""Timestamps of others (RFC 3161) over the published heads of a log: one for a head, none for a file.

``asking`` gets one, ``checking`` tells what one proves, ``local_authority`` gives out worthless ones to try all this with.
Whoever calls keeps the token. A published head without one is no less published; its time rests on the witnesses alone.
"""
