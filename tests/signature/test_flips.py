"""No bit can be changed and nothing left out: in the document, the signatures, the chain or a list."""

from __future__ import annotations

import base64
import random
from dataclasses import replace

import pytest
from asn1crypto import pem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from signed_world import DAY, SIGNED, good, played

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import Received, judge
from sim.exchange.signature.signature_file import read_signatures
from sim.exchange.signature.trust_file import TrustUnreadableError
from sim.exchange.signature.verdict import Value

SOME = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PLACES = st.floats(0, 1, exclude_max=True)


@pytest.fixture(scope="module")
def received(keys: Keys) -> Received:
    case = played(good(), keys)
    assert judge(case).value is Value.PASSED
    return case


def bent(content: bytes, place: float) -> bytes:
    """One bit turned, at a share of the way through."""
    at = int(place * len(content) * 8)
    turned = bytearray(content)
    turned[at // 8] ^= 1 << (at % 8)
    return bytes(turned)


def certificates(chain: bytes) -> list[bytes]:
    return [der for _, _, der in pem.unarmor(chain, multiple=True)]


def armoured(ders: list[bytes]) -> bytes:
    return b"".join(pem.armor("CERTIFICATE", der) for der in ders)


def is_refused(case: Received) -> bool:
    try:
        return judge(case).value is not Value.PASSED
    except TrustUnreadableError:
        return True


@SOME
@given(PLACES)
def test_a_bit_of_the_document(received: Received, place: float) -> None:
    assert judge(replace(received, document=bent(received.document, place))).cause is Cause.CONTENT_CHANGED


@SOME
@given(PLACES)
def test_a_bit_of_the_file_of_signatures(received: Received, place: float) -> None:
    """A line end may become another letter of the text around; nothing of what it holds may become another thing."""
    file = bent(received.signatures, place)
    verdict = judge(replace(received, signatures=file))
    assert verdict.value is Value.FAILED or read_signatures(file) == read_signatures(received.signatures)


@SOME
@given(PLACES, st.sampled_from([0, 1]))
def test_a_bit_within_one_signature(received: Received, place: float, which: int) -> None:
    """Under the PEM text, so that nearly every change is well formed outside."""
    blocks = received.signatures.split(b"-----BEGIN CMS-----\n")
    text, end = blocks[which + 1].split(b"\n-----END")
    lines = base64.encodebytes(bent(base64.b64decode(text), place)).replace(b"\n", b"")
    lines = b"\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
    blocks[which + 1] = lines + b"\n-----END" + end
    assert judge(replace(received, signatures=b"-----BEGIN CMS-----\n".join(blocks))).value is Value.FAILED


@SOME
@given(PLACES, st.sampled_from([0, 1]))
def test_a_bit_of_a_trusted_certificate(received: Received, place: float, which: int) -> None:
    ders = certificates(received.chain)
    ders[which] = bent(ders[which], place)
    assert is_refused(replace(received, chain=armoured(ders)))


@SOME
@given(PLACES, st.sampled_from([0, 1]))
def test_a_bit_of_a_list(received: Received, place: float, which: int) -> None:
    crls = list(received.crls)
    crls[which] = bent(crls[which], place)
    assert is_refused(replace(received, crls=tuple(crls)))


@SOME
@given(st.integers(0, 20_000), st.binary(max_size=40))
def test_noise_in_the_signatures_is_a_verdict_and_no_error(received: Received, cut: int, noise: bytes) -> None:
    """Damaged, or a whole signature is missing; only text between the signatures may be anything."""
    file = received.signatures
    for case in (file[:cut], file[:cut] + noise + file[cut:], noise):
        verdict = judge(replace(received, signatures=case))
        if verdict.value is Value.PASSED:
            assert read_signatures(case) == read_signatures(file)
        else:
            assert verdict.cause in (Cause.MALFORMED, Cause.LEADER_MISSING, Cause.ORGANISATION_MISSING)


@SOME
@given(st.binary(max_size=200))
def test_noise_for_a_list_or_a_chain_is_told_as_such(received: Received, noise: bytes) -> None:
    with pytest.raises(TrustUnreadableError, match="crl 2"):
        judge(replace(received, crls=(*received.crls, noise)))
    with pytest.raises(TrustUnreadableError, match="chain"):
        judge(replace(received, chain=noise))


def test_a_huge_length_is_refused_at_once(received: Received) -> None:
    huge = base64.b64encode(b"\x30\x84\xff\xff\xff\xff\x02\x01\x01")
    file = b"leader\n-----BEGIN CMS-----\n" + huge + b"\n-----END CMS-----\n"
    assert judge(replace(received, signatures=file)).cause is Cause.MALFORMED
    nested = base64.b64encode(b"\x30\x80" * 5000)
    lines = b"\n".join(nested[at : at + 64] for at in range(0, len(nested), 64))
    file = b"leader\n-----BEGIN CMS-----\n" + lines + b"\n-----END CMS-----\n"
    assert judge(replace(received, signatures=file)).cause is Cause.MALFORMED


def test_order_does_not_matter_and_unrelated_things_do_no_harm(received: Received, keys: Keys) -> None:
    other = played(replace(good(2), signed=SIGNED - 200 * DAY, sealed=SIGNED - 200 * DAY), keys)
    ders = certificates(received.chain)
    for chain in (armoured(ders[::-1]), armoured([*ders, *certificates(other.chain)])):
        for crls in (received.crls[::-1], (*other.crls, *received.crls)):
            assert judge(replace(received, chain=chain, crls=crls)).value is Value.PASSED


@pytest.mark.parametrize("which", [0, 1])
def test_a_list_left_out_is_indeterminate(received: Received, which: int) -> None:
    crls = tuple(one for index, one in enumerate(received.crls) if index != which)
    assert judge(replace(received, crls=crls)).value is Value.INDETERMINATE


@pytest.mark.parametrize("which", [0, 1])
def test_a_certificate_left_out_breaks_the_chain(received: Received, which: int) -> None:
    ders = [der for index, der in enumerate(certificates(received.chain)) if index != which]
    assert judge(replace(received, chain=armoured(ders))).cause is Cause.NO_CHAIN


def test_a_document_of_no_known_form_needs_the_rule_on_titles_left_out(keys: Keys) -> None:
    from sim.exchange.signature.audit import Stage
    from sim.exchange.signature.signature_file import sign_as_leader, write_signatures

    delivery = good()
    assert delivery.leader is not None
    stage = Stage([delivery], keys)
    file = b"%PDF-1.7 anything"
    signer, stamper = stage.signer(delivery.leader), stage.stamper(SIGNED)
    signatures = write_signatures(sign_as_leader(file, signer, SIGNED, stamper))
    policy = Policy(organisation_required=False)
    case = replace(stage.received(delivery), document=file, signatures=signatures, policy=policy)
    assert judge(case).cause is Cause.DOCUMENT_FORM
    assert judge(replace(case, policy=replace(policy, title_required=False))).value is Value.PASSED


@pytest.mark.nightly
@pytest.mark.parametrize("part", ["signatures", "chain", "crls"])
def test_fuzz_of_some_minutes(part: str, received: Received) -> None:
    """Bytes turned, cut out, doubled under the armour: refused or told unreadable, never passed, never an error."""
    draw = random.Random(part)
    ders: list[bytes]
    if part == "signatures":
        ders = [der for _, _, der in pem.unarmor(received.signatures, multiple=True)]
        assert file_of(ders) == received.signatures
    else:
        ders = certificates(received.chain) if part == "chain" else list(received.crls)
    for _ in range(4000):
        changed = list(ders)
        which = draw.randrange(len(ders))
        changed[which] = mangled(ders[which], draw)
        if changed == ders:
            continue
        if part == "crls":
            assert is_refused(replace(received, crls=tuple(changed)))
        elif part == "chain":
            assert is_refused(replace(received, chain=armoured(changed)))
        else:
            assert is_refused(replace(received, signatures=file_of(changed)))


def file_of(ders: list[bytes]) -> bytes:
    """The file of signatures around such contents."""
    texts = [base64.b64encode(der) for der in ders]
    blocks = [b"\n".join(text[at : at + 64] for at in range(0, len(text), 64)) for text in texts]
    named = zip((b"leader", b"organisation"), blocks, strict=True)
    return b"".join(b"%s\n-----BEGIN CMS-----\n%s\n-----END CMS-----\n" % pair for pair in named)


def mangled(content: bytes, draw: random.Random) -> bytes:
    """A few changes of the kinds that break parsers."""
    for _ in range(draw.randrange(1, 4)):
        at, length = draw.randrange(len(content)), draw.choice([1, 1, 1, 2, 4, 16])
        piece = content[at : at + length]
        content = draw.choice(
            [
                content[:at] + draw.randbytes(len(piece)) + content[at + length :],
                content[:at] + content[at + length :],
                content[:at] + piece + content[at:],
                content[:at] + b"\x84\xff\xff\xff\xff" + content[at + length :],
                content[:at] + b"\x30\x80" * length + content[at:],
            ]
        )
    return content
