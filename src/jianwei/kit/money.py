"""Bank records as movements between two: who paid whom, seen from either side's account."""

from __future__ import annotations

from typing import Any

import ibis

from jianwei.kit.model import Tables
from jianwei.kit.words import days_between
from jianwei.records import BankTransaction

OUT = "支|付|出|借|^D$|^d$|OUT|out|^-$"
"""Marks of money leaving; a bank's ledger debits (借) the account of the customer who pays."""


def outgoing(txn: Any) -> Any:
    """Whether a line of an account is money leaving it, by its mark, else by its sign."""
    return ibis.ifelse(txn.direction.length() > 0, txn.direction.re_search(OUT), txn.amount_fen < 0).fill_null(False)


def transactions(lake: Tables) -> Any:
    """``bank_txn`` with both sides known as well as their accounts allow.

    Where a line gives a side by its account alone, or by a name that is nobody's for certain, the key is that of the
    account's holder as any other line tells it, else the account itself (``acct:…``).
    """
    txn = lake[BankTransaction]
    txn = txn.mutate(_own=_account(txn.account), _other=_account(txn.counterparty_account))
    holders = _holders(txn)
    near = holders.select(_own="account", _own_holder="holder")
    far = holders.select(_other="account", _other_holder="holder")
    txn = txn.left_join(near, "_own").drop("_own_right").left_join(far, "_other").drop("_other_right")
    return txn.mutate(
        owner_key=_side(txn.owner_key, txn._own_holder, txn._own),
        counterparty_key=_side(txn.counterparty_key, txn._other_holder, txn._other),
    ).drop("_own", "_other", "_own_holder", "_other_holder")


def _account(number: Any) -> Any:
    """An account's number as one string; null for none, or one printed with a part hidden."""
    plain = number.replace(" ", "").replace("-", "")
    return ibis.ifelse((plain == "") | plain.contains("*"), None, plain)


def _holders(txn: Any) -> Any:
    """``account``, ``holder``: whose an account is, by its own lines, else by others'; left out where they disagree."""
    own = txn.filter(txn._own.notnull() & _known(txn.owner_key)).select(
        account="_own", key="owner_key", own=ibis.literal(True)
    )
    told = txn.filter(txn._other.notnull() & _known(txn.counterparty_key))
    both = own.union(told.select(account="_other", key="counterparty_key", own=ibis.literal(False)))
    each = both.group_by("account").agg(
        own_n=both.key.nunique(where=both.own),
        own_key=both.key.min(where=both.own),
        n=both.key.nunique(),
        key=both.key.min(),
    )
    each = each.mutate(holder=ibis.ifelse(each.own_n == 1, each.own_key, ibis.ifelse(each.n == 1, each.key, None)))
    return each.filter(each.holder.notnull()).select("account", "holder")


def _known(key: Any) -> Any:
    return key.notnull() & ~key.startswith("row:")


def _side(key: Any, holder: Any, account: Any) -> Any:
    return ibis.ifelse(_known(key), key, ibis.coalesce(holder, ibis.literal("acct:") + account, key))


def flows(lake: Tables) -> Any:
    """``src``, ``dst``, ``on``, ``fen``, ``row``: movements once, though both sides' accounts may show them."""
    txn = transactions(lake)
    out = outgoing(txn)
    moves = txn.select(
        src=ibis.ifelse(out, txn.owner_key, txn.counterparty_key),
        dst=ibis.ifelse(out, txn.counterparty_key, txn.owner_key),
        on=txn.at.date(),
        fen=txn.amount_fen.abs(),
        row=txn.row_id,
        account=txn.account.fill_null(""),
        owner=txn.owner_key,
        out=out,
    )
    moves = moves.filter(moves.src.notnull() & moves.dst.notnull())
    # The n-th equal payment of a day in the payer's account and the n-th in the payee's are one.
    same = ["src", "dst", "on", "fen"]
    nth = ibis.row_number().over(ibis.window(group_by=[*same, "out"], order_by=["account", "row"]))
    moves = moves.mutate(nth=nth)
    once = ibis.row_number().over(ibis.window(group_by=[*same, "nth"], order_by=[ibis.desc("out"), "row"]))
    return moves.mutate(once=once).filter(ibis._.once == 0).select(*same, "row")


def idle_balances(lake: Tables, loans: Any, *, days: int) -> Any:
    """For each of ``loans`` (``pair, who, on, fen, row``) the borrower's own money just before: ``idle``, ``balance_row``.

    In each account the lowest balance of the ``days`` before (what was never touched), the loan itself taken off the
    line on which it came in; of several accounts the best filled.
    """
    txn = transactions(lake).filter(lambda t: t.balance_fen.notnull())
    lines = txn.select("owner_key", line_on=txn.at.date(), account=txn.account.fill_null(""), balance="balance_fen",
                       amount=txn.amount_fen.abs(), out=outgoing(txn), balance_row="row_id")  # fmt: skip
    near = loans.inner_join(lines, [("who", "owner_key")])
    gap = days_between(near.on, near.line_on)
    itself = (gap == 0) & ~near.out & (near.amount == near.fen)
    near = near.filter((gap.between(1, days)) | itself).mutate(own=near.balance - ibis.ifelse(itself, near.amount, 0))
    lowest = ibis.window(group_by=["pair", "row", "account"], order_by=[ibis.asc("own"), ibis.asc("balance_row")])
    near = near.mutate(_nth=ibis.row_number().over(lowest)).filter(ibis._._nth == 0).drop("_nth")
    best = ibis.window(group_by=["pair", "row"], order_by=[ibis.desc("own"), ibis.asc("account")])
    near = near.mutate(_nth=ibis.row_number().over(best)).filter(ibis._._nth == 0)
    return near.select("pair", "row", "fen", "balance_row", idle="own")
