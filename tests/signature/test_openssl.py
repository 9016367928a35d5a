"""An independent judge: the `openssl` program agrees about our chains, lists, signatures and time stamps."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import pem
from cryptography import x509
from signed_world import DAY, HOUR, SIGNED, fetched, good, leader, played

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.keys import MARK, Keys
from sim.exchange.signature.received import Received
from sim.exchange.signature.signature_file import read_signatures
from sim.exchange.signature.world import CertificateFacts


def openssl(*words: object) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("openssl")
    assert program is not None, "the program openssl is needed: apt-get install openssl"
    return subprocess.run([program, *map(str, words)], capture_output=True, check=False)


class Case:
    """One case laid out in files."""

    def __init__(self, received: Received, folder: Path) -> None:
        self.folder = folder
        roots = [der for _, _, der in pem.unarmor(received.chain, multiple=True)]
        for name, der in zip(("root.pem", "issuing.pem"), roots, strict=True):
            (folder / name).write_bytes(pem.armor("CERTIFICATE", der))
        (folder / "lists.pem").write_bytes(b"".join(pem.armor("X509 CRL", der) for der in received.crls))
        (folder / "document").write_bytes(received.document)
        (folder / "signatures.pem").write_bytes(received.signatures)
        message = read_signatures(received.signatures)[0].message
        self.leader = message.signers[0]
        (folder / "leader.pem").write_bytes(pem.armor("CERTIFICATE", message.certificates[0]))

    def verified(self, at: datetime) -> bool:
        words = ["verify", "-x509_strict", "-crl_check_all", "-attime", int(at.timestamp())]
        words += ["-CAfile", self.folder / "root.pem", "-untrusted", self.folder / "issuing.pem"]
        return openssl(*words, "-CRLfile", self.folder / "lists.pem", self.folder / "leader.pem").returncode == 0


def test_our_chain_passes_strictly(keys: Keys, tmp_path: Path) -> None:
    case = Case(played(good(), keys), tmp_path)
    assert case.verified(SIGNED + 2 * HOUR)
    assert not case.verified(SIGNED + 20 * DAY), "the list is stale by then"


def test_the_revoked_is_refused(keys: Keys, tmp_path: Path) -> None:
    revoked = replace(good(), leader=leader(revoked=SIGNED - 5 * DAY), held_list=fetched(SIGNED))
    assert not Case(played(revoked, keys), tmp_path).verified(SIGNED + HOUR)


def test_the_signature_is_a_cms_that_others_read(keys: Keys, tmp_path: Path) -> None:
    case = Case(played(good(), keys), tmp_path)
    words = ("cms", "-verify", "-inform", "PEM", "-in", tmp_path / "signatures.pem", "-binary", "-noverify")
    assert openssl(*words, "-content", tmp_path / "document").returncode == 0
    (tmp_path / "changed").write_bytes((tmp_path / "document").read_bytes() + b" ")
    assert openssl(*words, "-content", tmp_path / "changed").returncode != 0
    assert len(case.leader.tokens) == 1


def test_the_time_stamp_is_one_of_rfc_3161(keys: Keys, tmp_path: Path) -> None:
    case = Case(played(good(), keys), tmp_path)
    (tmp_path / "token").write_bytes(case.leader.tokens[0])
    (tmp_path / "value").write_bytes(case.leader.signature)
    words = ["ts", "-verify", "-token_in", "-in", tmp_path / "token", "-CAfile", tmp_path / "root.pem"]
    words += ["-untrusted", tmp_path / "issuing.pem", "-attime", int(SIGNED.timestamp())]
    assert openssl(*words, "-data", tmp_path / "value").returncode == 0
    assert openssl(*words, "-data", tmp_path / "document").returncode != 0


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ORGANISATION])
def test_certificates_say_that_all_is_simulated(kind: Kind, keys: Keys) -> None:
    title = "Chủ tịch" if kind is Kind.PERSON else ""
    holder = Holder(kind, "h", "Nguyễn Thị Ước Mơ", "H1", "Ủy ban nhân dân xã Ân Hảo Đông", title)
    facts = CertificateFacts(holder, SIGNED - DAY, SIGNED + DAY)
    signer = Stage([replace(good(), leader=facts)], keys).signer(facts)
    certificate = x509.load_der_x509_certificate(signer.certificate)
    assert MARK in certificate.subject.rfc4514_string()
    assert MARK in certificate.issuer.rfc4514_string()
    assert "Ước Mơ" in certificate.subject.rfc4514_string()


def test_the_same_facts_give_the_same_bytes(keys: Keys) -> None:
    assert played(good(), keys) == played(good(), keys)
