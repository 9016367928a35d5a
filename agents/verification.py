"""The receiver's check of a signature: what is wrong with it, what cannot be told, and what its agency makes of that.

The check is modelled from the facts; a sample of deliveries is afterwards signed and verified for real, from bytes
alone, and must get the same verdict (`sim.model.signature_audit`). Times count in whole seconds, as certificates do.
"""

from sim.engine.clock import SECOND_MS
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import (
    CHANGED_AFTER,
    CONTENT_CHANGED,
    DRAW_AUDIT,
    FAILED,
    FOREIGN_CHAIN,
    FORGOTTEN_SEAL,
    INDETERMINATE,
    NO_FAULT,
    NO_STAMP,
    OTHER_TITLE,
    OUTSIDE,
    PASSED,
    REVOKED,
    SEAL_MISSING,
    STAMP_MISSING,
    UNVERIFIED,
)
from sim.exchange.links import transfer_ms
from sim.exchange.state import World

SOUND = -1


@njit
def latest_list_ms(w: World, now: int) -> int:
    """When the list of revoked certificates that is now the newest was published."""
    interval = w.rules[0].list_interval_ms
    return int(now // interval * interval)


@njit
def verify_work_ms(w: World, j: int, now: int) -> float:
    """Machine time of a verification, and of fetching a newer list over the agency's line when there is one."""
    job = w.jobs[j]
    rules = w.rules[0]
    if w.documents[job.document].signed == 0:
        return 0.0
    work = rules.verify_ms
    a = w.agencies[job.recipient]
    if a.list_held_ms < latest_list_ms(w, now) and rules.list_reachable == 1:
        work += transfer_ms(int(rules.list_octets), 1.0, w.stations[a.downlink].rate_bps)
    return float(work)


@njit
def check_signature(w: World, j: int, now: int) -> int:
    """What is found wrong, `UNVERIFIED` if it cannot be told and the agency takes no such document, or `SOUND`.

    A fault of signing for which it was refused before is mended; what lies in a certificate no registry can mend.
    """
    job = w.jobs[j]
    d = w.documents[job.document]
    job.verified = 0
    if d.signed == 0 or w.agencies[d.sender].tier == OUTSIDE:
        job.verified = d.signed
        return SOUND
    _fetch_list(w, job.recipient, now)
    fault = NO_FAULT if job.mended == 1 else d.fault
    in_force = _list_in_force(w, job.recipient, now)
    wrong = _wrong(fault, d.former == 1 and d.digital == 1, d.foreign == 1)
    if wrong == OTHER_TITLE and in_force and 0 <= d.leader_revoked_ms <= w.agencies[job.recipient].list_held_ms:
        wrong = REVOKED
    verdict = PASSED
    if wrong != SOUND:
        verdict = FAILED
    elif not in_force:
        verdict = INDETERMINATE
    _choose_for_audit(w, j, fault, verdict, now)
    if verdict == INDETERMINATE and w.agencies[job.recipient].hard_fail == 1:
        return UNVERIFIED
    job.verified = 1 if verdict == PASSED else 0
    return wrong


@njit
def _wrong(fault: int, former: bool, foreign: bool) -> int:
    if fault == CHANGED_AFTER:
        return CONTENT_CHANGED
    if fault == FORGOTTEN_SEAL:
        return SEAL_MISSING
    if fault == NO_STAMP:
        return STAMP_MISSING
    if former:
        return OTHER_TITLE
    return FOREIGN_CHAIN if foreign else SOUND


@njit
def _fetch_list(w: World, agency: int, now: int) -> None:
    """The newest list, if its publisher can be reached and the agency's own line is up."""
    a = w.agencies[agency]
    if w.rules[0].list_reachable == 1 and w.stations[a.downlink].up == 1:
        a.list_held_ms = latest_list_ms(w, now)


@njit
def _list_in_force(w: World, agency: int, now: int) -> bool:
    """Is there a list, and has it not passed its next update?"""
    held = w.agencies[agency].list_held_ms
    until = held + w.rules[0].list_interval_ms + w.rules[0].list_grace_ms
    return bool(held >= 0 and now // SECOND_MS <= until // SECOND_MS)


@njit
def _choose_for_audit(w: World, j: int, fault: int, verdict: int, now: int) -> None:
    """Keep the facts of this verification if its luck is among the lowest so far: a sample that no order changes."""
    job = w.jobs[j]
    places = w.audits.shape[0]
    u = uniform(w.rules[0].luck, job.key, DRAW_AUDIT, job.attempts)
    if places == 0 or u >= w.rules[0].audit_share:
        return
    row = w.tally[0].audited
    if row < places:
        w.tally[0].audited += 1
    else:
        row = _highest(w)
        if u >= w.audits[row].luck:
            return
    d = w.documents[job.document]
    a = w.audits[row]
    a.luck = u
    a.key = job.key
    a.sender = d.sender
    a.leader = d.leader
    a.digital = d.digital
    a.fault = fault
    a.former = d.former
    a.foreign = d.foreign
    a.leader_generation = d.leader_generation
    a.seal_generation = d.seal_generation
    a.signed_ms = d.signed_ms
    a.sealed_ms = d.issued_ms
    a.list_published_ms = w.agencies[job.recipient].list_held_ms
    a.list_until_ms = a.list_published_ms + w.rules[0].list_interval_ms + w.rules[0].list_grace_ms
    a.checked_ms = now
    a.hard_fail = w.agencies[job.recipient].hard_fail
    a.verdict = verdict


@njit
def _highest(w: World) -> int:
    highest = 0
    for row in range(w.audits.shape[0]):
        if w.audits[row].luck > w.audits[highest].luck:
            highest = row
    return highest
