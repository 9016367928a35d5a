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
    AFTER,
    BEFORE,
    CHECKED,
    DAY,
    HOUR,
    OTHER_URL,
    SIGNED,
    UNKNOWN,
    URL,
    Made,
    Why,
    World,
    certified,
    delta,
    entry,
    extension,
    key,
    listed,
    name,
)

from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.revocation_list import revocation_list
from sim.exchange.signature.verdict import Finding, Value


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
