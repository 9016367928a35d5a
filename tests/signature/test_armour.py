"""Files of certificates and lists as people join, mail and break them: every object is read, or the file is refused."""

from __future__ import annotations

import base64
import random
import time
from dataclasses import replace

import pytest
from asn1crypto import cms, pem
from signed_world import DAY, HOUR, SIGNED, START, fetched, good, leader, played

from sim.exchange.signature.armour import UnreadableError, read_objects
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import Received, judge
from sim.exchange.signature.trust_file import LARGEST_LIST, MOST_LISTS, TrustUnreadableError, read_trust
from sim.exchange.signature.verdict import Value


@pytest.fixture(scope="module")
def revoked(keys: Keys) -> Received:
    """Held: the root's list, a list from before the revocation, and the one that names the leader."""
    early, late = SIGNED + HOUR, SIGNED + 2 * DAY
    facts = leader(revoked=SIGNED - HOUR)
    clean = played(replace(good(), checked=early, held_list=fetched(SIGNED - 2 * DAY), leader=facts), keys)
    case = played(replace(good(), checked=late, held_list=fetched(late), leader=facts), keys)
    return replace(case, crls=(*case.crls, clean.crls[1]))


@pytest.fixture(scope="module")
def blocks(revoked: Received) -> list[bytes]:
    """The three lists as PEM blocks, the revoking one last."""
    root, naming, clean = revoked.crls
    return [pem.armor("X509 CRL", der) for der in (root, clean, naming)]


def verdict_of(case: Received, *files: bytes) -> Value | str:
    try:
        verdict = judge(replace(case, crls=files))
    except TrustUnreadableError as error:
        return f"refused: {error.reason}"
    assert verdict.value is not Value.PASSED
    return "revoked" if verdict.cause is Cause.REVOKED else verdict.value


JOINED = {
    "one after another": b"".join,
    "text between": lambda blocks: b"Danh s\xc3\xa1ch thu h\xe1\xbb\x93i\n".join([b"", *blocks, b""]),
    "openssl's text above": b"        Serial Number: 4A:0F\n    CRL extensions: none\n".join,
    "a fingerprint above": (b"0F" * 32 + b"\n").join,
    "Windows line ends": lambda blocks: b"".join(blocks).replace(b"\n", b"\r\n"),
    "line ends of old Macs": lambda blocks: b"".join(blocks).replace(b"\n", b"\r"),
    "no line ends between": lambda blocks: b"".join(block.strip() for block in blocks),
    "a mark before each": lambda blocks: b"".join(b"\xef\xbb\xbf" + block for block in blocks),
    "blank lines and indents": b"\n\n   ".join,
    "end of file sign of DOS": lambda blocks: b"\x1a".join([*blocks, b""]),
    "UTF-16": lambda blocks: b"".join(blocks).decode().encode("utf-16"),
    "UTF-16 without mark": lambda blocks: b"".join(blocks).decode().encode("utf-16-le"),
    "one line each": lambda blocks: b"\n".join(block.replace(b"\n", b" ") for block in blocks),
    "a header within": lambda blocks: b"".join(one.replace(b"-\n", b"-\nComment: x\n\n", 1) for one in blocks),
    "DER": lambda blocks: b"".join(pem.unarmor(block)[2] for block in blocks),
    "DER lines apart": lambda blocks: b"\r\n".join(pem.unarmor(block)[2] for block in blocks),
    "DER after PEM": lambda blocks: blocks[0] + blocks[1] + pem.unarmor(blocks[2])[2],
    "PEM after DER": lambda blocks: pem.unarmor(blocks[0])[2] + blocks[1] + blocks[2],
    "a bundle": lambda blocks: bundle([pem.unarmor(block)[2] for block in blocks]),
}


def bundle(lists: list[bytes]) -> bytes:
    chosen = [cms.RevocationInfoChoice.load(der) for der in lists]
    data = {
        "version": "v1",
        "digest_algorithms": [],
        "encap_content_info": {"content_type": "data"},
        "crls": cms.RevocationInfoChoices(sorted(chosen, key=lambda one: bytes(one.dump()))),
        "signer_infos": [],
    }
    return pem.armor("PKCS7", cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump())


@pytest.mark.parametrize("name", JOINED)
def test_every_list_of_a_file_counts(name: str, revoked: Received, blocks: list[bytes]) -> None:
    file = JOINED[name](blocks)
    assert len(read_objects(file)) == (1 if name == "a bundle" else 3)
    assert verdict_of(revoked, file) == "revoked"


@pytest.mark.parametrize("name", [name for name in JOINED if name != "a bundle"])
def test_every_certificate_of_a_chain_counts(name: str, revoked: Received, blocks: list[bytes]) -> None:
    """The lists may stand in the file of the chain, before and after the certificates."""
    certificates = [pem.armor("CERTIFICATE", der) for _, _, der in pem.unarmor(revoked.chain, multiple=True)]
    trust = read_trust(JOINED[name]([*certificates, blocks[2]]), [])
    assert (len(trust.roots), len(trust.others), len(trust.crls)) == (1, 1, 1)


BROKEN = {
    "cut in the last block": (lambda blocks: b"".join(blocks)[:-60], "block 3"),
    "cut in the last BEGIN": (lambda blocks: blocks[0] + blocks[1] + b"-----BEG", "BEGIN or END line is broken"),
    "cut in the middle": (lambda blocks: blocks[0] + blocks[2][:-30] + blocks[1], "block 2"),
    "dash lost in BEGIN": (lambda blocks: blocks[0] + blocks[1] + blocks[2][1:], "broken"),
    "small letters": (lambda blocks: blocks[0] + blocks[2].replace(b"BEGIN X509", b"begin x509"), "broken"),
    "no BEGIN line": (lambda blocks: blocks[0] + blocks[2].partition(b"\n")[2], "broken"),
    "neither line": (lambda blocks: blocks[0] + b"\n".join(blocks[2].splitlines()[1:-1]), "broken"),
    "long dashes of Word": (lambda blocks: blocks[0] + blocks[2].replace(b"-----", b"\xe2\x80\x94"), "broken"),
    "quoted in a mail": (lambda blocks: blocks[0] + b"> " + blocks[2].replace(b"\n", b"\n> "), "block 2"),
    "other END": (lambda blocks: blocks[0] + blocks[2].replace(b"END X509 CRL", b"END CRL"), "block 2"),
    "empty block": (lambda blocks: b"-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n" + blocks[2], "block 1"),
    "UTF-16 after UTF-8": (lambda blocks: blocks[0] + blocks[2].decode().encode("utf-16"), "neither PEM nor DER"),
    "DER after text": (lambda blocks: b"list:\n" + pem.unarmor(blocks[2])[2], "neither PEM nor DER"),
    "DER cut": (lambda blocks: pem.unarmor(blocks[0])[2] + pem.unarmor(blocks[2])[2][:-1], "DER object"),
    "a key": (lambda blocks: blocks[0] + blocks[2].replace(b"X509 CRL", b"PRIVATE KEY"), "PRIVATE KEY"),
    "trusted": (lambda blocks: blocks[0].replace(b"X509 CRL", b"TRUSTED CERTIFICATE"), "TRUSTED CERTIFICATE"),
    "nothing": (lambda _: b"\n \n", "neither PEM"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_refused_by_its_place(name: str, revoked: Received, blocks: list[bytes]) -> None:
    make, place = BROKEN[name]
    with pytest.raises(TrustUnreadableError, match=place) as caught:
        judge(replace(revoked, crls=(make(blocks),)))
    assert caught.value.why.vi != caught.value.why.en


def test_a_certificate_among_the_lists_is_refused_by_its_place(revoked: Received, blocks: list[bytes]) -> None:
    with pytest.raises(TrustUnreadableError, match=r"crl 1: block 2 .*--chain"):
        judge(replace(revoked, crls=(blocks[0], blocks[1] + revoked.chain)))


def test_no_joining_or_breaking_turns_a_revoked_signer_into_a_passed_one(
    revoked: Received, blocks: list[bytes]
) -> None:
    """Lists shuffled, joined in every way, with rubbish between, and sometimes broken: revoked, or refused."""
    draw = random.Random(13)
    outcomes = []
    for _ in range(100):
        some = draw.sample(blocks, 3)
        file = JOINED[draw.choice([*JOINED][:-1])](some)
        if draw.random() < 0.5:
            at, length = draw.randrange(len(file)), draw.choice([1, 1, 2, 10, 70])
            put = draw.choice([b"", b"\0", b"\n", b"-----", b"-----BEGIN ", b"\xef\xbb\xbf", b"0\x82", b"xyz\n"])
            file = file[:at] + put + file[at + length * draw.randrange(2) :]
        outcomes.append(str(verdict_of(revoked, file)).partition(":")[0])
    assert outcomes.count("revoked") > 40
    assert outcomes.count("refused") > 15


def test_limits_are_told_and_no_file_takes_long(revoked: Received, blocks: list[bytes]) -> None:
    started = time.process_time()
    with pytest.raises(TrustUnreadableError, match="more than 1000 objects"):
        judge(replace(revoked, crls=(blocks[0] * (MOST_LISTS + 1),)))
    with pytest.raises(TrustUnreadableError, match="20 MB"):
        judge(replace(revoked, crls=(pem.armor("X509 CRL", bytes(LARGEST_LIST + 1)),)))
    deep = base64.encodebytes(b"\x30\x80" * 5000)
    with pytest.raises(TrustUnreadableError, match="block 1"):
        judge(replace(revoked, crls=(b"-----BEGIN X509 CRL-----\n" + deep + b"-----END X509 CRL-----\n",)))
    for noise in (b"-" * 2_000_000, b"BEGIN " * 300_000, b"-----B\n" * 300_000, b"A\n" * 1_000_000, b" \n" * 1_000_000):
        with pytest.raises(UnreadableError):
            read_objects(noise)
    assert time.process_time() - started < 20


def test_the_chain_of_the_sample_world_is_read(revoked: Received) -> None:
    assert read_trust(revoked.chain, []).roots[0].not_valid_after > START
