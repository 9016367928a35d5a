"""Lists of revoked certificates by RFC 5280, sections 5 and 6.3, and by what is known at the check: each kind of trap.

Lists here are made to measure, most of them to deceive. `None` means that the path is good.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from listed_world import (
    CHECKED,
    DAY,
    HOUR,
    SIGNED,
    UNKNOWN,
    Made,
    Why,
    World,
    certified,
    entry,
    extension,
    key,
    listed,
    name,
)

from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.revocation_list import revocation_list
from sim.exchange.signature.verdict import Finding, Value

BEFORE, AFTER = SIGNED - 2 * HOUR, SIGNED + HOUR
URL = [x509.UniformResourceIdentifier("http://lists.invalid/one.crl")]
OTHER_URL = [x509.UniformResourceIdentifier("http://lists.invalid/other.crl")]


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def reaching_back(since: datetime) -> tuple[x509.ExtensionType, bool]:
    return extension("2.5.29.60", b"\x18\x0f" + since.strftime("%Y%m%d%H%M%SZ").encode())


def signed_again(der: bytes, by: Made, digest: str = "sha256", left_out: Sequence[str] = ()) -> bytes:
    """A list without some of its fields, or signed in another way."""
    content = crl.CertificateList.load(der)["tbs_cert_list"]
    fields = {
        part: content[part] for part in content.native if part not in left_out and content[part].native is not None
    }
    fields["signature"] = algorithm = {"algorithm": f"{digest}_ecdsa"}
    signed = crl.TbsCertList(fields)
    how = ec.ECDSA(hashes.SHA1() if digest == "sha1" else hashes.SHA256())
    whole = {"tbs_cert_list": signed, "signature_algorithm": algorithm, "signature": by.key.sign(signed.dump(), how)}
    again: bytes = crl.CertificateList(whole).dump()
    return again


# what a list says


def test_a_clean_list_in_force_lets_pass_and_its_absence_does_not(world: World) -> None:
    assert world.cause(listed(world.authority)) is None
    assert world.cause() == "crl_missing"


@pytest.mark.parametrize(
    ("at", "why", "expected"),
    [
        (BEFORE, Why.key_compromise, "revoked"),
        (BEFORE, None, "revoked"),
        (SIGNED, Why.superseded, "revoked"),
        (AFTER, Why.key_compromise, None),
        (AFTER, None, None),
        (BEFORE, Why.certificate_hold, "revoked"),
        (BEFORE, Why.remove_from_crl, "revoked"),
    ],
)
def test_a_signer_revoked_by_the_time_of_signing(
    at: datetime, why: Why | None, expected: str | None, world: World
) -> None:
    """With the time of signing proved, a later revocation of the signer changes nothing."""
    assert world.cause(listed(world.authority, entry(world.leaf.serial, at, why), at=CHECKED)) == expected


def test_a_key_that_was_lost_before_it_was_told(world: World) -> None:
    lost = (x509.InvalidityDate(BEFORE), False)
    assert world.cause(listed(world.authority, entry(world.leaf.serial, AFTER, Why.key_compromise, lost))) == "revoked"


def test_the_earliest_of_several_entries_counts(world: World) -> None:
    both = entry(world.leaf.serial, AFTER), entry(world.leaf.serial, BEFORE)
    assert world.cause(listed(world.authority, *both)) == "revoked"
    assert world.cause(listed(world.authority, *both[::-1])) == "revoked"


@pytest.mark.parametrize("at", [SIGNED - 300 * DAY, SIGNED - HOUR, CHECKED + 30 * DAY])
def test_any_authentic_list_that_names_the_signer_counts(at: datetime, world: World) -> None:
    """Past its next update, or published only after the check: what it says of before signing is known."""
    since = min(at, BEFORE) - DAY
    naming = listed(world.authority, entry(world.leaf.serial, since), at=at, number=3)
    assert world.cause(listed(world.authority), naming) == "revoked"


# after expiry


@pytest.mark.parametrize("who", ["signer", "stamper", "authority"])
def test_a_list_of_after_the_expiry_says_nothing(who: str) -> None:
    world = World()
    ended = SIGNED + 30 * DAY
    if who == "authority":
        world.authority = certified("Authority", world.root, authority=True, until=ended)
    leaf = certified("Signer", world.authority, until=ended, stamps=who == "stamper")
    late = SIGNED + 60 * DAY
    root = world.root_list(at=late)
    assert world.cause(listed(world.authority, at=SIGNED), leaf=leaf) is None
    found = world.fault(listed(world.authority, at=late), root_list=root, leaf=leaf, checked=late, stamps=True)
    assert found is not None
    if who == "authority":
        assert found.cause is Cause.CRL_ISSUER_EXPIRED
        return
    assert found.cause is Cause.CRL_AFTER_EXPIRY
    assert Finding(found.cause).value is Value.INDETERMINATE
    for since, expected in ((ended, None), (ended + DAY, "crl_after_expiry")):
        one = listed(world.authority, at=late, more=[reaching_back(since)])
        assert world.cause(one, root_list=root, leaf=leaf, checked=late) == expected
    naming = listed(world.authority, entry(leaf.serial, BEFORE), at=SIGNED)
    assert world.cause(listed(world.authority, at=late), naming, root_list=root, leaf=leaf, checked=late) == "revoked"


def test_an_authority_that_has_expired_is_judged_by_lists_of_before() -> None:
    world = World()
    world.authority = certified("Authority", world.root, authority=True, until=SIGNED + 30 * DAY)
    world.leaf = certified("Signer", world.authority)
    late = SIGNED + 31 * DAY
    last = listed(world.authority, at=SIGNED + 29 * DAY, until=late + DAY)
    assert world.cause(last, root_list=world.root_list(at=late), checked=late) == "crl_after_expiry"
    assert world.cause(last, root_list=world.root_list(at=SIGNED + 29 * DAY, until=late + DAY), checked=late) is None


# who signed the list


def test_a_former_key_that_the_root_has_revoked_signs_no_lists() -> None:
    world = World()
    former = certified("Authority", world.root, authority=True)
    world.others = [former]
    clean = listed(former)
    assert world.cause(clean) is None
    for why, at, expected in (
        (Why.key_compromise, CHECKED, "crl_issuer"),
        (None, CHECKED, "crl_issuer"),
        (Why.superseded, CHECKED, None),
        (Why.superseded, SIGNED - DAY, "crl_issuer"),
    ):
        root = world.root_list(entry(former.serial, at, why))
        assert world.cause(clean, root_list=root) == expected, why


def test_a_stolen_key_is_stolen_under_every_certificate() -> None:
    world = World()
    again = certified("Authority", world.root, authority=True, of=world.authority.key)
    world.others = [again]
    root = world.root_list(entry(again.serial, AFTER, Why.ca_compromise), at=CHECKED)
    assert world.cause(listed(world.authority), root_list=root) == "key_stolen"


def test_a_list_of_the_right_name_by_a_stranger(world: World) -> None:
    stranger = replace(world.authority, key=key())
    assert world.cause(listed(stranger)) == "crl_signature"
    foreign_root = certified("Foreign", authority=True)
    held = World(world.root)
    held.authority, held.leaf = world.authority, world.leaf
    held.others = [certified("Authority", foreign_root, authority=True)]
    assert held.cause(listed(held.others[0])) == "crl_issuer"


def test_a_namesake_that_another_authority_has_certified_signs_no_lists() -> None:
    """An authority of the same root that certifies somebody under the first one's name."""
    world = World()
    other = certified("Other authority", world.root, authority=True)
    namesake = certified("Authority", other)
    world.others = [other, namesake]
    assert world.cause(listed(namesake), listed(other)) == "crl_issuer"
    beside = certified("Authority", world.root)
    world.others = [beside]
    assert world.cause(listed(beside)) is None


def test_a_key_that_is_not_for_lists_signs_none() -> None:
    world = World()
    world.authority = certified("Authority", world.root, authority=True, lists=False)
    world.leaf = certified("Signer", world.authority)
    assert world.cause(listed(world.authority)) == "crl_issuer"


def test_a_signer_does_not_vouch_for_himself() -> None:
    """A holder's certificate with the authority's own name and the right to sign lists."""
    world = World()
    own = certified("Authority", world.authority)
    world.others = [own]
    assert world.cause(listed(own), leaf=own) == "crl_missing"


@pytest.fixture(scope="module")
def delegated() -> World:
    """The signer's certificate says that "Lister" lists it; the authority's says nothing of the kind."""
    world = World()
    lister = certified("Lister", world.root)
    point = x509.DistributionPoint(URL, None, None, [x509.DirectoryName(name("Lister"))])
    world.leaf, world.others = certified("Signer", world.authority, points=[point]), [lister]
    return world


def test_a_delegated_issuer_lists_what_names_it_and_nothing_else(delegated: World) -> None:
    world, lister = delegated, delegated.others[0]
    indirect = listed(lister, scope={"full_name": URL, "indirect_crl": True})
    assert world.cause(indirect) is None
    assert world.cause(listed(lister, scope={"full_name": URL})) == "crl_scope"
    assert world.cause(listed(lister)) == "crl_scope"
    assert world.cause(listed(lister, scope={"full_name": OTHER_URL, "indirect_crl": True})) == "crl_scope"
    plain = certified("Signer", world.authority)
    assert world.cause(indirect, leaf=plain) == "crl_missing"
    partial = world.root_list(scope={"only_contains_user_certs": True})
    assert world.cause(indirect, root_list=partial) == "crl_scope"
    revoked = world.root_list(entry(lister.serial, BEFORE, Why.superseded))
    assert world.cause(indirect, root_list=revoked) == "crl_issuer"


def test_entries_of_an_indirect_list_belong_to_the_issuer_named_last(delegated: World) -> None:
    world, lister = delegated, delegated.others[0]
    scope = {"full_name": URL, "indirect_crl": True}
    mine = (x509.CertificateIssuer([x509.DirectoryName(name("Authority"))]), True)
    others = (x509.CertificateIssuer([x509.DirectoryName(name("Somebody"))]), True)
    serial = world.leaf.serial
    for entries, expected in (
        ([entry(serial, BEFORE)], None),
        ([entry(serial, BEFORE, Why.superseded, mine)], "revoked"),
        ([entry(1, BEFORE, Why.superseded, mine), entry(serial, BEFORE)], "revoked"),
        ([entry(1, BEFORE, Why.superseded, mine), entry(serial, BEFORE, Why.superseded, others)], None),
    ):
        assert world.cause(listed(lister, *entries, scope=scope)) == expected


def test_an_issuer_named_in_an_entry_of_a_list_that_is_not_indirect(world: World) -> None:
    others = (x509.CertificateIssuer([x509.DirectoryName(name("Somebody"))]), True)
    assert world.cause(listed(world.authority, entry(1, BEFORE, Why.superseded, others))) == "crl_form"


# judged at the check too


@pytest.mark.parametrize(
    ("why", "authority", "stamper", "signer"),
    [
        (Why.key_compromise, "key_stolen", "key_stolen", None),
        (Why.ca_compromise, "key_stolen", "key_stolen", None),
        (Why.aa_compromise, "key_stolen", "key_stolen", None),
        (None, "key_stolen", "key_stolen", None),
        (Why.unspecified, "key_stolen", None, None),
        (Why.privilege_withdrawn, "key_stolen", "key_stolen", None),
        (Why.certificate_hold, "key_stolen", "key_stolen", None),
        (Why.superseded, None, None, None),
        (Why.cessation_of_operation, None, None, None),
        (Why.affiliation_changed, None, None, None),
    ],
)
def test_revoked_after_signing_and_known_at_the_check(
    why: Why | None, authority: str | None, stamper: str | None, signer: str | None, world: World
) -> None:
    """RFC 3161, 4 (1) and (2): a reason that rules a theft out leaves what was signed before; none does not."""
    clean = listed(world.authority)
    root = world.root_list(entry(world.authority.serial, AFTER, why), at=CHECKED)
    found = world.fault(clean, root_list=root)
    assert (found and found.cause.value) == authority
    assert found is None or found.detail == "2018-06-15 04:00:00Z, Authority"
    own = listed(world.authority, entry(world.leaf.serial, AFTER, why), at=CHECKED)
    assert world.cause(own, stamps=True) == stamper
    assert world.cause(own) == signer


def test_a_root_that_names_itself_is_not_believed(world: World) -> None:
    root = world.root_list(entry(world.root.serial, AFTER), at=CHECKED)
    assert world.cause(listed(world.authority), root_list=root) == "key_stolen"


def test_a_stolen_key_fails_with_its_own_words() -> None:
    finding = Finding(Cause.KEY_STOLEN)
    assert (finding.value, finding.reason) == (Value.FAILED, Reason.REVOKED)


def test_a_stamping_key_that_was_stolen_under_another_certificate() -> None:
    world = World()
    first = certified("Stamper", world.authority, stamps=True)
    again = [certified(name, world.authority, stamps=True, of=first.key) for name in ("Stamper", "Stamper anew")]
    world.others = [first]
    for why, expected in ((Why.key_compromise, "key_stolen"), (Why.superseded, None)):
        naming = listed(world.authority, entry(first.serial, AFTER, why), at=CHECKED)
        assert [world.cause(naming, leaf=one, stamps=True) for one in again] == [expected] * 2


@pytest.fixture(scope="module", params=[False, True], ids=["own root first", "other root first"])
def crossed(request: pytest.FixtureRequest) -> World:
    """The authority is certified by two trusted roots; `others` has the second certificate."""
    world = World()
    other = certified("Other root", authority=True)
    world.other_roots = [other]
    world.others = [certified("Authority", other, authority=True, of=world.authority.key)]
    if request.param:
        world.authority, world.others = world.others[0], [world.authority]
        world.root, world.other_roots = other, [world.root]
    return world


def test_one_of_two_paths_is_enough(crossed: World) -> None:
    """The signer's own list is by the authority's key on both; what a root says of its path stays with that path."""
    mine = listed(crossed.authority)
    for root in (crossed.root, crossed.other_roots[0]):
        assert crossed.cause(mine, root_list=listed(root, at=SIGNED - DAY)) is None
    assert crossed.cause(mine, root_list=listed(certified("Third", authority=True))) == "crl_missing"
    left = crossed.root_list(entry(crossed.authority.serial, BEFORE, Why.superseded))
    assert crossed.cause(mine, listed(crossed.other_roots[0]), root_list=left) is None


def test_a_key_that_one_of_two_roots_tells_stolen_is_stolen_on_both_paths(crossed: World) -> None:
    mine, other = listed(crossed.authority), crossed.other_roots[0]
    named = crossed.root_list(entry(crossed.authority.serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, listed(other), root_list=named) == "key_stolen"
    second = listed(other, entry(crossed.others[0].serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, second) == "key_stolen"
    stranger = listed(replace(other, key=key()), entry(crossed.others[0].serial, AFTER), at=CHECKED)
    assert crossed.cause(mine, stranger) is None


def test_an_authority_that_is_a_root_too_is_not_believed_once_another_root_tells_its_key_stolen() -> None:
    world = World()
    world.other_roots = [certified("Authority", authority=True, of=world.authority.key)]
    mine = listed(world.authority)
    for why, expected in ((Why.key_compromise, "key_stolen"), (Why.superseded, None)):
        named = world.root_list(entry(world.authority.serial, BEFORE, why))
        assert world.cause(mine, root_list=named) == expected


def test_authorities_that_all_certify_one_another_are_judged_within_bounds() -> None:
    world = World()
    heads = [certified(f"Authority {place}", world.root, authority=True) for place in range(7)]
    world.others = [
        *heads,
        *(certified(one.name.rfc4514_string()[3:], by, authority=True, of=one.key) for one in heads for by in heads),
    ]
    leaf = certified("Signer", heads[0])
    assert world.cause(*(listed(one) for one in heads), leaf=leaf) is None


# lists of changes


def delta(world: World, *entries: x509.RevokedCertificate, **changed: Any) -> bytes:
    return listed(world.authority, *entries, **{"number": 8, "base": 7, **changed})


def test_a_list_of_changes_counts_with_its_base_and_never_alone(world: World) -> None:
    base, naming = listed(world.authority), entry(world.leaf.serial, BEFORE)
    assert world.cause(base, delta(world)) is None
    assert world.cause(delta(world)) == "crl_delta"
    assert world.cause(delta(world, naming)) == "revoked"
    assert world.cause(base, delta(world, naming)) == "revoked"


def test_a_list_of_changes_refreshes_a_base_that_it_fits(world: World) -> None:
    old = listed(world.authority, at=SIGNED - 9 * DAY)
    assert world.cause(old) == "crl_stale"
    assert world.cause(old, delta(world)) is None
    for changed in ({"base": 8, "number": 9}, {"number": 7}, {"scope": {"only_contains_user_certs": True}}):
        assert world.cause(old, delta(world, **changed)) in {"crl_delta", "crl_stale"}
    assert world.cause(old, delta(world, at=SIGNED - 9 * DAY)) == "crl_stale"
    assert world.cause(old, delta(world, more=[UNKNOWN])) == "crl_extension"


@pytest.mark.parametrize(
    ("why", "changed", "expected"),
    [
        (Why.certificate_hold, {}, None),
        (Why.key_compromise, {}, "revoked"),
        (Why.certificate_hold, {"base": 8, "number": 9}, "revoked"),
        (Why.certificate_hold, {"scope": {"only_contains_user_certs": True}}, "revoked"),
    ],
)
def test_only_a_hold_is_lifted_and_only_by_changes_to_that_list(
    why: Why, changed: dict[str, Any], expected: str | None, world: World
) -> None:
    base = listed(world.authority, entry(world.leaf.serial, SIGNED - DAY, why), at=SIGNED - 5 * HOUR)
    lifted = delta(world, entry(world.leaf.serial, SIGNED - HOUR, Why.remove_from_crl), at=SIGNED - HOUR, **changed)
    assert world.cause(base, lifted) == expected


def test_a_hold_that_ended_before_signing_and_one_that_did_not(world: World) -> None:
    held = entry(world.leaf.serial, SIGNED - 3 * DAY, Why.certificate_hold)
    early = listed(world.authority, held, at=SIGNED - 2 * DAY, number=5, until=SIGNED + DAY)
    assert world.cause(early) == "revoked"
    assert world.cause(early, listed(world.authority)) is None
    assert world.cause(early, listed(world.authority, at=CHECKED, number=8)) == "revoked"
    during = listed(world.authority, held, at=SIGNED + HOUR, number=8)
    after = listed(world.authority, at=CHECKED, number=9)
    assert world.cause(during, after) == "revoked"
    assert world.cause(listed(world.authority), during) == "revoked"


# which part a list is about


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"only_contains_user_certs": True}, None),
        ({"only_contains_ca_certs": True}, "crl_scope"),
        ({"only_contains_attribute_certs": True}, "crl_scope"),
        ({"only_some_reasons": frozenset({Why.key_compromise})}, "crl_scope"),
        ({"full_name": URL}, "crl_scope"),
        ({"full_name": [x509.DirectoryName(name("Authority"))]}, None),
        ({"indirect_crl": True}, None),
    ],
)
def test_a_list_of_a_part(scope: dict[str, Any], expected: str | None, world: World) -> None:
    assert world.cause(listed(world.authority, scope=scope)) == expected


def test_points_have_to_meet(world: World) -> None:
    here = certified("Signer", world.authority, points=[x509.DistributionPoint(URL, None, None, None)])
    assert world.cause(listed(world.authority, scope={"full_name": URL}), leaf=here) is None
    assert world.cause(listed(world.authority, scope={"full_name": OTHER_URL}), leaf=here) == "crl_scope"
    users = {"only_contains_user_certs": True}
    assert world.cause(listed(world.authority, scope={**users, "full_name": URL}), leaf=here) is None
    assert world.cause(listed(world.authority, scope=users), leaf=here) == "crl_no_point"
    naming = listed(world.authority, entry(here.serial, BEFORE), scope=users)
    assert world.cause(naming, leaf=here) == "revoked"
    part = x509.DistributionPoint(URL, None, frozenset({Why.key_compromise}), None)
    some = certified("Signer", world.authority, points=[part])
    assert world.cause(listed(world.authority, scope={"full_name": URL}), leaf=some) == "crl_scope"


def test_all_reasons_together_do(world: World) -> None:
    every = {why for why in Why if why not in (Why.unspecified, Why.remove_from_crl)}
    first = frozenset({Why.key_compromise, Why.ca_compromise})
    lists = [listed(world.authority, scope={"only_some_reasons": part}) for part in (first, frozenset(every - first))]
    assert world.cause(*lists) is None
    assert [world.cause(one) for one in lists] == ["crl_scope"] * 2


# what makes a list useless, each with its own words


def test_each_kind_of_useless_list_has_its_own_reason(world: World) -> None:
    by, good = world.authority, listed(world.authority)
    later = Reason.TRY_LATER
    general = Reason.CERTIFICATE_CHAIN_GENERAL_FAILURE
    kinds = {
        "crl_number": (listed(by, number=None, more=[reaching_back(SIGNED)]), general),
        "crl_version": (signed_again(good, by, left_out=["version", "crl_extensions"]), general),
        "crl_open_ended": (signed_again(good, by, left_out=["next_update"]), general),
        "crl_stale": (listed(by, at=SIGNED - 9 * DAY), later),
        "crl_not_yet": (listed(by, at=CHECKED + HOUR), later),
        "crl_delta": (delta(world), later),
        "crl_scope": (listed(by, scope={"only_contains_ca_certs": True}), later),
        "crl_extension": (listed(by, more=[UNKNOWN]), later),
        "crl_weak": (signed_again(good, by, "sha1"), Reason.CRYPTO_CONSTRAINTS_FAILURE_NO_POE),
        "crl_signature": (listed(by, digest=hashes.SHA3_256()), later),
    }
    texts = set()
    for cause, (der, reason) in kinds.items():
        fault = world.fault(der)
        assert fault is not None
        assert fault.cause.value == cause
        finding = Finding(fault.cause)
        assert (finding.reason, finding.value) == (reason, Value.INDETERMINATE)
        texts |= {finding.text("vi"), finding.text("en")}
    assert len(texts) == 2 * len(kinds)


def test_a_critical_part_of_somebody_elses_entry_spoils_the_list(world: World) -> None:
    """RFC 5280, 5.3: such a list is of no use for any certificate; a good one beside it is."""
    spoilt = listed(world.authority, entry(1, BEFORE, Why.superseded, UNKNOWN))
    assert world.cause(spoilt) == "crl_extension"
    assert world.cause(spoilt, listed(world.authority)) is None
    naming = listed(world.authority, entry(world.leaf.serial, BEFORE, Why.superseded, UNKNOWN))
    assert world.cause(naming, listed(world.authority)) == "crl_extension"


def test_no_list_is_read_through_before_its_signature_is_found_right(world: World) -> None:
    """Half a million entries by a stranger: their names are not looked at; the authority's own take some seconds."""
    one = crl.CertificateList.load(listed(world.authority, entry(2**127, BEFORE)))
    content = one["tbs_cert_list"]
    entries = content["revoked_certificates"].dump()
    single = entries[2:] if entries[1] < 0x80 else entries[3:]
    many = single * (15_000_000 // len(single))
    whole = content.dump().replace(entries, b"\x30\x83" + len(many).to_bytes(3) + many)
    fields = whole[whole.index(b"\x02\x01\x01") :]
    signed = b"\x30\x83" + len(fields).to_bytes(3) + fields
    tail = one["signature_algorithm"].dump() + one["signature"].dump()
    huge = b"\x30\x83" + (len(signed) + len(tail)).to_bytes(3) + signed + tail
    started = time.process_time()
    read = revocation_list(huge)
    assert world.cause(huge) == "crl_signature"
    assert "_read" not in vars(read)
    assert time.process_time() - started < 2


def test_a_reason_of_two_bytes_is_none(world: World) -> None:
    """Read by its first byte, 1025 would be "superseded", which rules a theft out."""
    long = extension("2.5.29.21", b"\x0a\x02\x04\x01")
    naming = listed(world.authority, entry(world.leaf.serial, AFTER, None, long), at=CHECKED)
    assert world.cause(naming, stamps=True) == "crl_form"


# roots that restrict themselves


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"path_length": 0}, "path_too_long"),
        ({"path_length": 1}, None),
        ({"more": [(x509.PolicyConstraints(0, None), True)]}, "profile"),
    ],
)
def test_what_a_root_says_of_its_paths_counts(changed: dict[str, Any], expected: str | None) -> None:
    world = World(certified("Root", authority=True, **changed))
    assert world.cause(listed(world.authority)) == expected


# odd keys


def test_odd_keys_of_authorities_are_a_verdict_and_no_error() -> None:
    weak, kinds = "weak_algorithm", {}
    kinds["RSA of 1024 bits"] = (rsa.generate_private_key(65537, 1024), hashes.SHA256(), {}, weak)
    kinds["DSA"] = (dsa.generate_private_key(2048), hashes.SHA256(), {}, weak)
    kinds["P-384"] = (ec.generate_private_key(ec.SECP384R1()), hashes.SHA384(), {}, None)
    strong = rsa.generate_private_key(65537, 2048)
    kinds["RSA"] = (strong, hashes.SHA256(), {}, None)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    kinds["RSA-PSS"] = (strong, hashes.SHA256(), {"rsa_padding": pss}, None)
    found = {}
    for kind, (own, digest, how, _) in kinds.items():
        world = World()
        world.authority = certified("Authority", world.root, authority=True, of=own)
        world.leaf = certified("Signer", world.authority, digest=digest, signed_how=how)
        found[kind] = world.cause(listed(world.authority, digest=digest))
    assert found == {kind: expected for kind, (*_, expected) in kinds.items()}


def test_an_edwards_key_in_the_chain_is_no_error() -> None:
    world = World()
    odd = ed25519.Ed25519PrivateKey.generate()
    builder = x509.CertificateBuilder().subject_name(name("Authority")).issuer_name(world.root.name)
    builder = builder.public_key(odd.public_key()).serial_number(5).not_valid_before(SIGNED).not_valid_after(CHECKED)
    world.others = [Made(builder.sign(world.root.key, hashes.SHA256()), odd)]
    assert world.cause(listed(world.authority)) is None
