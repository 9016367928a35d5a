"""Every fault that the simulation can inject, played out with real certificates: the verdict and its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from signed_world import DAY, HOUR, LISTS, SECOND, SIGNED, START, fetched, good, leader, played, registry

from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import judge
from sim.exchange.signature.verdict import Part, Value
from sim.exchange.signature.world import DeliveryFacts, Tampering

Make = Callable[[DeliveryFacts], DeliveryFacts]
FAULTS: dict[str, tuple[Make, Part, Cause, Reason]] = {
    "content changed": (
        lambda one: replace(one, tampering=Tampering.CONTENT),
        Part.LEADER,
        Cause.CONTENT_CHANGED,
        Reason.HASH_FAILURE,
    ),
    "stated title changed": (
        lambda one: replace(one, tampering=Tampering.TITLE),
        Part.LEADER,
        Cause.CONTENT_CHANGED,
        Reason.HASH_FAILURE,
    ),
    "signature changed": (
        lambda one: replace(one, tampering=Tampering.SIGNATURE),
        Part.LEADER,
        Cause.SIGNATURE_WRONG,
        Reason.SIG_CRYPTO_FAILURE,
    ),
    "file cut": (
        lambda one: replace(one, tampering=Tampering.FILE),
        Part.DOCUMENT,
        Cause.MALFORMED,
        Reason.FORMAT_FAILURE,
    ),
    "time stamp of another": (
        lambda one: replace(one, tampering=Tampering.STAMP_MOVED),
        Part.LEADER_STAMP,
        Cause.TIME_STAMP_OF_OTHER,
        Reason.HASH_FAILURE,
    ),
    "no time stamp": (
        lambda one: replace(one, stamped=False),
        Part.LEADER_STAMP,
        Cause.TIME_STAMP_MISSING,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "leader did not sign": (
        lambda one: replace(one, leader=None),
        Part.LEADER,
        Cause.LEADER_MISSING,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "registry did not sign": (
        lambda one: replace(one, organisation=None, sealed=None),
        Part.ORGANISATION,
        Cause.ORGANISATION_MISSING,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "former title": (
        lambda one: replace(one, leader=leader(title="Phó Chủ tịch Ủy ban nhân dân huyện")),
        Part.LEADER,
        Cause.OTHER_TITLE,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "leader of another agency": (
        lambda one: replace(one, leader=leader(2)),
        Part.LEADER,
        Cause.OTHER_AGENCY,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "seal of another agency": (
        lambda one: replace(one, organisation=registry(2)),
        Part.ORGANISATION,
        Cause.OTHER_AGENCY,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "seal in the leader's place": (
        lambda one: replace(one, leader=registry()),
        Part.LEADER,
        Cause.SIGNER_KIND,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "leader in the seal's place": (
        lambda one: replace(one, organisation=leader()),
        Part.ORGANISATION,
        Cause.SIGNER_KIND,
        Reason.SIG_CONSTRAINTS_FAILURE,
    ),
    "foreign chain": (
        lambda one: replace(one, leader=leader(foreign=True)),
        Part.LEADER,
        Cause.NO_CHAIN,
        Reason.NO_CERTIFICATE_CHAIN_FOUND,
    ),
    "leader's certificate expired": (
        lambda one: replace(one, leader=leader(expires=SIGNED - SECOND)),
        Part.LEADER,
        Cause.EXPIRED,
        Reason.EXPIRED,
    ),
    "agency's certificate expired": (
        lambda one: replace(one, organisation=registry(expires=SIGNED + HOUR - SECOND)),
        Part.ORGANISATION,
        Cause.EXPIRED,
        Reason.EXPIRED,
    ),
    "not yet valid": (
        lambda one: replace(one, leader=leader(issued=SIGNED + SECOND)),
        Part.LEADER,
        Cause.NOT_YET_VALID,
        Reason.NOT_YET_VALID,
    ),
    "revoked": (
        lambda one: replace(one, leader=leader(revoked=SIGNED - 3 * DAY)),
        Part.LEADER,
        Cause.REVOKED,
        Reason.REVOKED,
    ),
    "no list ever fetched": (
        lambda one: replace(one, held_list=None),
        Part.LEADER_STAMP,
        Cause.CRL_MISSING,
        Reason.TRY_LATER,
    ),
    "stale list": (
        lambda one: replace(one, held_list=fetched(SIGNED - 9 * DAY)),
        Part.LEADER_STAMP,
        Cause.CRL_STALE,
        Reason.TRY_LATER,
    ),
    "list from the future": (
        lambda one: replace(one, held_list=fetched(SIGNED + 9 * DAY)),
        Part.LEADER_STAMP,
        Cause.CRL_NOT_YET,
        Reason.TRY_LATER,
    ),
    "checked before it was signed": (
        lambda one: replace(one, checked=SIGNED - SECOND, held_list=fetched(SIGNED - SECOND)),
        Part.LEADER_STAMP,
        Cause.TIME_STAMP_LATE,
        Reason.TIMESTAMP_ORDER_FAILURE,
    ),
    "sealed before it was signed": (
        lambda one: replace(one, sealed=SIGNED - HOUR),
        Part.ORGANISATION_STAMP,
        Cause.TIME_STAMP_EARLY,
        Reason.TIMESTAMP_ORDER_FAILURE,
    ),
}


def test_nothing_wrong_passes(keys: Keys) -> None:
    verdict = judge(played(good(), keys))
    assert verdict.findings == ()
    assert (verdict.value, verdict.reason, verdict.cause) == (Value.PASSED, None, None)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_for_its_reason(name: str, keys: Keys) -> None:
    make, part, cause, reason = FAULTS[name]
    verdict = judge(played(make(good()), keys))
    first = verdict.findings[0]
    assert (first.part, first.cause, first.reason) == (part, cause, reason)
    later = Value.INDETERMINATE if reason is Reason.TRY_LATER else Value.FAILED
    assert verdict.value is later


def test_every_reason_has_plain_words_in_both_languages() -> None:
    from sim.exchange.signature.verdict import PARTS

    assert set(PARTS) == set(Part)
    for words in [*(cause.words for cause in Cause), *PARTS.values()]:
        assert words.vi != words.en
        assert words.vi.isascii() is False


def test_a_failure_is_told_before_what_is_only_indeterminate(keys: Keys) -> None:
    both = replace(good(), held_list=None, tampering=Tampering.CONTENT)
    verdict = judge(played(both, keys))
    assert {finding.value for finding in verdict.findings} == {Value.FAILED, Value.INDETERMINATE}
    assert verdict.value is Value.FAILED


@pytest.mark.parametrize(
    ("name", "soft", "hard"),
    [("no list ever fetched", True, False), ("stale list", True, False), ("revoked", False, False)],
)
def test_hard_or_soft_fail_decides_about_what_is_indeterminate_only(
    name: str, soft: bool, hard: bool, keys: Keys
) -> None:
    verdicts = []
    for hard_fail, accepted in ((False, soft), (True, hard)):
        policy = Policy(hard_fail=hard_fail)
        verdict = judge(played(replace(FAULTS[name][0](good()), policy=policy), keys))
        assert policy.accepts(verdict) is accepted
        verdicts.append(verdict)
    assert verdicts[0] == verdicts[1]


def test_rules_that_ask_for_less(keys: Keys) -> None:
    """Each rule left out lets pass what only that rule stopped."""
    for name, policy in (
        ("registry did not sign", Policy(organisation_required=False)),
        ("no time stamp", Policy(time_stamp_required=False)),
        ("former title", Policy(title_required=False)),
    ):
        assert judge(played(replace(FAULTS[name][0](good()), policy=policy), keys)).value is Value.PASSED


def test_without_time_stamp_the_time_of_the_check_counts(keys: Keys) -> None:
    """A certificate that expired between signing and check fails then, and passes with a time stamp."""
    lapsed = replace(good(), leader=leader(expires=SIGNED + HOUR))
    unstamped = replace(lapsed, stamped=False, policy=Policy(time_stamp_required=False))
    assert judge(played(lapsed, keys)).value is Value.PASSED
    assert judge(played(unstamped, keys)).cause is Cause.EXPIRED


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_each_edge_to_the_second(seconds: int, keys: Keys) -> None:
    """Valid from the first to the last second; revoked from the very second; a list in force to its last second."""
    step = seconds * SECOND
    begins = judge(played(replace(good(), leader=leader(issued=SIGNED + step)), keys))
    assert begins.cause is (Cause.NOT_YET_VALID if seconds > 0 else None)
    ends = judge(played(replace(good(), leader=leader(expires=SIGNED + step)), keys))
    assert ends.cause is (Cause.EXPIRED if seconds < 0 else None)
    later = replace(good(), held_list=fetched(SIGNED + 2 * DAY), checked=SIGNED + 2 * DAY)
    revoked = judge(played(replace(later, leader=leader(revoked=SIGNED + step)), keys))
    assert revoked.cause is (None if seconds > 0 else Cause.REVOKED)
    listed = good().held_list
    assert listed is not None
    runs_out = judge(played(replace(good(), checked=listed.next_update + step), keys))
    assert runs_out.cause is (Cause.CRL_STALE if seconds > 0 else None)
    published = judge(played(replace(later, checked=fetched(later.checked).published + step), keys))
    assert published.cause is (Cause.CRL_NOT_YET if seconds < 0 else None)


def test_a_revocation_is_unknown_until_the_next_list(keys: Keys) -> None:
    """Revoked after the list in hand was published: believed still; with the next list, no more."""
    listed = fetched(SIGNED + 2 * HOUR)
    revoked = leader(revoked=listed.published + HOUR)
    assert listed.published + HOUR < SIGNED
    held = replace(good(), leader=revoked)
    assert judge(played(held, keys)).value is Value.PASSED
    tomorrow = listed.published + DAY
    again = replace(held, checked=tomorrow, held_list=fetched(tomorrow))
    assert judge(played(again, keys)).cause is Cause.REVOKED


def test_lists_are_numbered_from_the_first_publication() -> None:
    assert LISTS.number(START - SECOND) == 0
    assert [LISTS.number(START + step) for step in (0 * DAY, DAY - SECOND, DAY)] == [1, 1, 2]
    assert LISTS.next_update(1) == START + DAY + 12 * HOUR
