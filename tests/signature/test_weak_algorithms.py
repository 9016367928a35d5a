"""SHA-1, MD5 and short keys are refused, unless the rules allow the past."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from signed_world import SIGNED, START, good, leader, played

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.authority import issue
from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.document import document_bytes
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import Received, judge
from sim.exchange.signature.signature_file import Signatures, write_signatures
from sim.exchange.signature.signed_data import Signer, sign
from sim.exchange.signature.timestamping import time_stamp
from sim.exchange.signature.verdict import Value

HISTORY = Policy(weak_allowed=True, organisation_required=False)
TODAY = Policy(organisation_required=False)


def signed_with(keys: Keys, digest: str, bits: int) -> Received:
    stage, facts = Stage([good()], keys), leader()
    key = keys.key("weak holder", bits)
    certificate = issue(stage.authority, facts.holder, key.public_key(), facts.issued, facts.expires)
    signer = Signer(certificate.public_bytes(serialization.Encoding.DER), key)
    content = document_bytes(good().document)
    signed = sign(content, signer, SIGNED, digest=digest)
    stamped = replace(signed, token=time_stamp(signed.signature, SIGNED, stage.stamper(SIGNED)))
    return replace(played(good(), keys), signatures=write_signatures(Signatures(stamped)))


@pytest.mark.parametrize(("digest", "bits"), [("sha1", 2048), ("md5", 2048), ("sha256", 1024), ("sha256", 2047)])
def test_the_weak_pass_only_as_history(digest: str, bits: int, keys: Keys) -> None:
    case = signed_with(keys, digest, bits)
    verdict = judge(replace(case, policy=TODAY))
    assert (verdict.value, verdict.reason) == (Value.FAILED, Reason.CRYPTO_CONSTRAINTS_FAILURE)
    assert verdict.cause is Cause.WEAK_ALGORITHM
    assert judge(replace(case, policy=HISTORY)).value is Value.PASSED


@pytest.mark.parametrize("digest", ["sha384", "sha512"])
def test_stronger_digests_pass(digest: str, keys: Keys) -> None:
    assert judge(replace(signed_with(keys, digest, 2048), policy=TODAY)).value is Value.PASSED


def test_a_certificate_lives_five_years_at_most(keys: Keys) -> None:
    stage, facts = Stage([good()], keys), leader()
    key = keys.key("weak holder").public_key()
    for until in (START, START.replace(year=2022)):
        with pytest.raises(ValueError, match="five years"):
            issue(stage.authority, facts.holder, key, START, until)
    assert issue(stage.authority, facts.holder, key, START, START.replace(year=2021)).serial_number > 0
