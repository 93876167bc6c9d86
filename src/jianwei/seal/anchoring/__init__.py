"""Heads of a log written now and then into a chain of others: optional, once an hour, one transaction a log.

What it adds to the witnesses: whoever keeps the chain holds a size and a root that the office cannot take back. Only
32 bytes of each go there. A chain that is down or slow delays nothing; the next hour anchors the newer head.

- ``anchor.sol`` the contract; ``anchor.json`` what ``compile.mjs`` made of it. ``chain`` writes and checks.
"""
