"""Shares of what moves: no numerator above its denominator, and scopes that mean what they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from measured_runs import Runs
from numpy.typing import NDArray

from sim.exchange import counting as c
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, OUTSIDE, TIERS
from sim.measure.flows import (
    DOCUMENT_SHARES,
    DOCUMENTS,
    EXCHANGE,
    INTERNAL,
    MINISTRY,
    SUBMISSION,
    Counting,
    ends,
    flow_ratio,
)
from sim.measure.scopes import members, tiers_of
from sim.model.record import RunRecord

SCOPES = (
    "all",
    "tier:office",
    "tier:department",
    "tier:district",
    "tier:commune",
    "tier:province",
    "tiers:province+district",
    "tiers:district+commune",
)
WAYS = tuple(
    Counting(event, secret, never, only)
    for event in ("sent", "accepted")
    for secret in (False, True)
    for never in (False, True)
    for only in (False, True)
)


def fits(measure: str, scope: str) -> bool:
    """The Office submits nothing to itself."""
    return not (measure == SUBMISSION and scope == "tier:office")


@pytest.mark.parametrize("scope", SCOPES)
def test_parts_lie_within_wholes_in_every_month(runs: Runs, scope: str) -> None:
    for record in runs.records:
        for measure in DOCUMENT_SHARES:
            for counting in WAYS if fits(measure, scope) else ():
                ratio = flow_ratio(record, measure, scope, counting)
                assert (ratio.part >= 0).all(), (measure, counting)
                assert (ratio.part <= ratio.whole).all(), (measure, counting)
                assert (ratio.self_reported >= 0).all(), (measure, counting)
                assert (ratio.self_reported <= ratio.whole).all(), (measure, counting)


def test_the_runs_have_something_to_measure(runs: Runs) -> None:
    for record in runs.records:
        for measure in DOCUMENT_SHARES:
            share = flow_ratio(record, measure, "all", Counting()).share(record.first_month, len(record.months) - 1)
            assert share is not None
            assert 0.0 < share < 1.0, measure


def unverified(record: RunRecord, scope: str) -> NDArray[np.int64]:
    """Accepted though nobody could tell whether the signature holds, by month."""
    senders, recipients = (np.isin(np.arange(len(TIERS)), tiers) for tiers in ends(EXCHANGE[0], scope))
    return np.asarray(record.flows[:, senders][:, :, recipients][..., c.UNVERIFIED].sum(axis=(1, 2)))


@pytest.mark.parametrize("scope", SCOPES)
def test_stricter_countings_count_less(runs: Runs, scope: str) -> None:
    """Without paper is part of electronic, accepted part of sent, signed part of accepted."""
    for record in runs.records:
        sent = flow_ratio(record, EXCHANGE[0], scope, Counting()).part
        only = flow_ratio(record, EXCHANGE[1], scope, Counting()).part
        signed = flow_ratio(record, EXCHANGE[2], scope, Counting()).part
        accepted = flow_ratio(record, EXCHANGE[0], scope, Counting(event="accepted")).part
        accepted_only = flow_ratio(record, EXCHANGE[0], scope, Counting(event="accepted", without_paper=True)).part
        assert (only <= sent).all()
        assert (accepted <= sent).all()
        assert (accepted_only <= only).all()
        assert (accepted_only <= accepted).all()
        assert (signed <= accepted).all()
        assert (accepted_only <= signed + unverified(record, scope)).all(), "what goes without paper is signed"


def test_in_every_cell_what_is_accepted_was_sent_and_registered(runs: Runs) -> None:
    for record in runs.records:
        flows = record.flows
        assert (flows[..., c.ACCEPTED] <= flows[..., c.SENT]).all()
        assert (flows[..., c.SENT] <= flows[..., c.DELIVERIES] - flows[..., c.SECRETS] - flows[..., c.NEVERS]).all()
        assert (flows[..., c.REGISTERED] <= flows[..., c.DELIVERIES]).all()
        assert (flows[..., c.HANDLED] <= flows[..., c.REGISTERED]).all()
        assert (flows[..., c.ACCEPTED] + flows[..., c.REFUSED] == flows[..., c.ATTEMPTS]).all()


@pytest.mark.parametrize("scope", SCOPES)
def test_leaving_secret_documents_out_never_lowers_a_share(runs: Runs, scope: str) -> None:
    """They are part of the whole and never electronic."""
    lifted = 0
    for record in runs.records:
        span = (record.first_month, len(record.months) - 1)
        for measure in EXCHANGE:
            plan = flow_ratio(record, measure, scope, Counting()).share(*span)
            without = flow_ratio(record, measure, scope, Counting(exclude_secret=True)).share(*span)
            both = flow_ratio(record, measure, scope, Counting(exclude_secret=True, exclude_never_electronic=True))
            if plan is None or without is None:
                continue
            least = both.share(*span)
            assert least is not None
            assert plan <= without <= least
            lifted += plan < without < least
    assert lifted or scope == "tier:office"


def cell(record: RunRecord, senders: tuple[int, ...], recipients: tuple[int, ...], what: int) -> int:
    """One count over counted months, cell by cell."""
    return sum(
        int(record.flows[month, a, b, what])
        for month in range(record.first_month, len(record.months))
        for a in senders
        for b in recipients
    )


INSIDE = (OFFICE, DEPARTMENT, DISTRICT, COMMUNE)


@pytest.mark.parametrize(
    ("measure", "scope", "senders", "recipients"),
    [
        ("exchange_electronic_share", "all", INSIDE, INSIDE),
        ("exchange_electronic_share", "tier:commune", (COMMUNE,), INSIDE),
        ("exchange_electronic_share", "tier:district", (DISTRICT,), INSIDE),
        (
            "exchange_electronic_share",
            "tiers:province+district",
            (OFFICE, DEPARTMENT, DISTRICT),
            (OFFICE, DEPARTMENT, DISTRICT),
        ),
        ("exchange_electronic_share", "tiers:district+commune", (DISTRICT, COMMUNE), (DISTRICT, COMMUNE)),
        (SUBMISSION, "all", (DEPARTMENT, DISTRICT, COMMUNE), (OFFICE,)),
        (SUBMISSION, "tiers:province+district", (DEPARTMENT, DISTRICT), (OFFICE,)),
        (MINISTRY, "all", INSIDE, (OUTSIDE,)),
    ],
)
def test_scopes_cover_the_cells_they_name(
    runs: Runs, measure: str, scope: str, senders: tuple[int, ...], recipients: tuple[int, ...]
) -> None:
    record = runs.records[0]
    ratio = flow_ratio(record, measure, scope, Counting())
    assert ratio.part[record.first_month :].sum() == cell(record, senders, recipients, c.ACCEPTED)
    assert ratio.whole[record.first_month :].sum() == cell(record, senders, recipients, c.DELIVERIES)


def test_tiers_add_up_to_all(runs: Runs) -> None:
    record = runs.records[0]
    parts = [flow_ratio(record, EXCHANGE[0], f"tier:{tier}", Counting()) for tier in TIERS[:OUTSIDE]]
    whole = flow_ratio(record, EXCHANGE[0], "all", Counting())
    np.testing.assert_array_equal(sum(part.part for part in parts), whole.part)
    np.testing.assert_array_equal(sum(part.whole for part in parts), whole.whole)


def test_agencies_add_up_to_tiers(runs: Runs) -> None:
    record = runs.records[0]
    for measure in (*INTERNAL, DOCUMENTS):
        for tier in ("commune", "department"):
            mine = [record.agency_ids[i] for i in members(f"tier:{tier}", record.agency_ids, record.tiers)]
            each = [flow_ratio(record, measure, f"agency:{agency}", Counting()) for agency in mine]
            together = flow_ratio(record, measure, f"tier:{tier}", Counting())
            np.testing.assert_array_equal(sum(one.part for one in each), together.part)
            np.testing.assert_array_equal(sum(one.whole for one in each), together.whole)


def test_scopes_by_name() -> None:
    assert tiers_of("all") == INSIDE
    assert tiers_of("tier:province") == (OFFICE, DEPARTMENT)
    assert tiers_of("tiers:commune+province") == (OFFICE, DEPARTMENT, COMMUNE)
    for wrong in ("", "tier:", "tier", "agency:office", "tier:ward", "group:x"):
        with pytest.raises(ValueError, match=r"names no tier|not in tuple"):
            tiers_of(wrong)
    with pytest.raises(ValueError, match="not in list"):
        members("agency:nobody", ["office"], np.array([OFFICE]))


@pytest.mark.parametrize(
    ("measure", "counting"),
    [(EXCHANGE[1], Counting()), (EXCHANGE[2], Counting()), (EXCHANGE[0], Counting(without_paper=True))],
)
def test_one_agencys_share_is_refused_where_it_is_not_counted(runs: Runs, measure: str, counting: Counting) -> None:
    """An agency's deliveries are counted as sent, all together; anything stricter is refused, not guessed."""
    sent = flow_ratio(runs.records[0], EXCHANGE[0], "agency:dept.0", Counting())
    assert 0 < sent.part.sum() <= sent.whole.sum()
    with pytest.raises(ValueError, match="not counted for a single agency"):
        flow_ratio(runs.records[0], measure, "agency:dept.0", counting)


@pytest.mark.parametrize(("level", "inspected", "everything"), [(1, 0, False), (2, 0, True), (2, 1, False)])
def test_self_reported_is_what_uninspected_users_of_eoffice_send(
    runs: Runs, level: int, inspected: int, everything: bool
) -> None:
    """Below level 2 there is nothing of one's own to report; an inspected agency reports the truth."""
    record = runs.records[0]
    stocks = record.stocks.copy()
    stocks["level"] = level
    stocks["inspected"] = inspected
    changed = replace(record, stocks=stocks)
    for measure in DOCUMENT_SHARES:
        ratio = flow_ratio(changed, measure, "all", Counting())
        np.testing.assert_array_equal(ratio.self_reported, ratio.whole if everything else 0 * ratio.whole)
