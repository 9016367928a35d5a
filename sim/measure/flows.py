"""Shares of what moves: deliveries between agencies, documents, circulation inside agencies.

A delivery counts in the month its document was issued. Between agencies, a scope of one tier means what that
tier sends within the province; a scope of several means both ends among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import OFFICE, OUTSIDE, REGISTRY_ONLY
from sim.measure.dossiers import DOSSIER_SHARES, dossier_ratio
from sim.measure.ratio import Ratio
from sim.measure.scopes import PROVINCE_TIERS, agencies_of, tiers_of
from sim.model.record import Counts, RunRecord

EXCHANGE = ("exchange_electronic_share", "exchange_electronic_only_share", "exchange_signed_share")
SUBMISSION = "submission_electronic_share"
MINISTRY = "ministry_electronic_share"
DOCUMENTS = "exchange_electronic_document_share"
INTERNAL = ("internal_electronic_share", "internal_online_circulation_share")
DOCUMENT_SHARES = (*EXCHANGE, SUBMISSION, MINISTRY, DOCUMENTS, *INTERNAL)
FLOW_SHARES = (*DOCUMENT_SHARES, *DOSSIER_SHARES)


@dataclass(frozen=True)
class Counting:
    """How a share of deliveries is to be counted."""

    event: str = "accepted"
    exclude_secret: bool = False
    exclude_never_electronic: bool = False
    without_paper: bool = False


def flow_ratio(record: RunRecord, measure: str, scope: str, counting: Counting) -> Ratio:
    """One of `FLOW_SHARES` for a scope.

    Raises:
        ValueError: if the scope does not fit the measure.
    """
    if measure in DOSSIER_SHARES:
        return dossier_ratio(record, measure, scope)
    if measure in INTERNAL:
        return _inside(record, measure, scope)
    if measure == DOCUMENTS:
        return _documents(record, scope)
    if scope.startswith(("agency:", "group:")):
        if measure != EXCHANGE[0] or counting != Counting():
            raise ValueError(f"{measure} is not counted for a single agency, or some, in this way")
        return _agency_exchange(record, scope)
    senders, recipients = ends(measure, scope)
    part = _deliveries(record, senders, recipients, _numerator(measure, counting))
    whole = _deliveries(record, senders, recipients, c.DELIVERIES)
    if counting.exclude_secret:
        whole = whole - _deliveries(record, senders, recipients, c.SECRETS)
    if counting.exclude_never_electronic:
        whole = whole - _deliveries(record, senders, recipients, c.NEVERS)
    return Ratio(part, whole, _by_users(record, np.flatnonzero(np.isin(record.tiers, senders)), whole))


def ends(measure: str, scope: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Tiers that send and tiers that receive what a share of deliveries is about."""
    tiers = tiers_of(scope)
    if measure == SUBMISSION:
        return tuple(t for t in tiers if t != OFFICE), (OFFICE,)
    if measure == MINISTRY:
        return tiers, (OUTSIDE,)
    single = scope.startswith("tier:")
    return tiers, PROVINCE_TIERS if single else tiers


def _numerator(measure: str, counting: Counting) -> int:
    if measure == "exchange_signed_share":
        return c.ACCEPTED_SIGNED
    only = counting.without_paper or measure == "exchange_electronic_only_share"
    if counting.event == "accepted":
        return c.ACCEPTED_ONLY if only else c.ACCEPTED
    return c.SENT_ONLY if only else c.SENT


def _deliveries(record: RunRecord, senders: tuple[int, ...], recipients: tuple[int, ...], what: int) -> Counts:
    block = record.flows[:, list(senders)][:, :, list(recipients)][..., what]
    return np.asarray(block.sum(axis=(1, 2)))


def _by_users(record: RunRecord, agencies: Counts, whole: Counts) -> Counts:
    """The part of `whole` that comes from agencies that use e-office and so report a share of their own."""
    sent = record.agency_flows[:, agencies, c.A_DELIVERIES_OUT]
    using = _uses(record)[:, agencies]
    all_sent = np.maximum(sent.sum(axis=1), 1)
    return np.asarray((whole * (sent * using).sum(axis=1)) // all_sent)


def _uses(record: RunRecord) -> Counts:
    """[month, agency] whether the agency used e-office at the month's start and nobody inspected its reports."""
    rows = np.maximum(np.arange(len(record.months)) - record.first_month, 0)
    states = record.stocks[rows]
    return np.asarray(((states["level"] >= REGISTRY_ONLY) & (states["inspected"] == 0)).astype(np.int64))


def _documents(record: RunRecord, scope: str) -> Ratio:
    mine = agencies_of(record, scope)
    return agency_ratio(record, mine, c.A_ISSUED_ELECTRONIC, c.A_ISSUED)


def _agency_exchange(record: RunRecord, scope: str) -> Ratio:
    mine = agencies_of(record, scope)
    return agency_ratio(record, mine, c.A_ACCEPTED_OUT, c.A_DELIVERIES_OUT)


def _inside(record: RunRecord, measure: str, scope: str) -> Ratio:
    mine = agencies_of(record, scope)
    part = c.A_WHOLLY_ONLINE if measure == INTERNAL[0] else c.A_CIRCULATING
    return agency_ratio(record, mine, part, c.A_HANDLED)


def agency_ratio(record: RunRecord, agencies: Counts, part: int, whole: int, left_out: Sequence[int] = ()) -> Ratio:
    """One count of `AGENCY_FLOWS` over another, less some, added up over agencies."""
    flows = record.agency_flows[:, agencies]
    wholes = flows[..., whole] - flows[..., list(left_out)].sum(axis=-1)
    own = wholes * _uses(record)[:, agencies]
    return Ratio(np.asarray(flows[..., part].sum(axis=1)), np.asarray(wholes.sum(axis=1)), np.asarray(own.sum(axis=1)))
