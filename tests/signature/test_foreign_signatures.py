"""What `openssl cms -sign` writes is read, in every form it has; what is weak, changed or of another's is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import pem
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from odd_cms import STAMP, attribute
from signed_world import SIGNED, good, leader, played, registry
from signing_desk import Desk
from test_openssl import openssl

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.authority import issue
from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.document import document_bytes
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import Received, judge
from sim.exchange.signature.verdict import Part, Value

DOCUMENT = "Văn bản thử\r\n".encode()
ANY_FILE = Policy(title_required=False, organisation_required=False)
_PEM, _DER = serialization.Encoding.PEM, serialization.Encoding.DER


class Bench:
    """A folder with a document, keys and certificates of our authority, where openssl signs."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self.received = played(good(), keys)
        stage = Stage([good()], keys)
        (folder / "document").write_bytes(DOCUMENT)
        (folder / "ca.pem").write_bytes(stage.authority.issuing.certificate.public_bytes(_PEM))
        made: dict[str, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey] = {
            "rsa": keys.key("foreign leader"),
            "weak": keys.key("weak holder", 1024),
            "p256": ec.derive_private_key(2**200 + 7, ec.SECP256R1()),
            "p384": ec.derive_private_key(2**200 + 7, ec.SECP384R1()),
            "p192": ec.derive_private_key(2**150 + 7, ec.SECP192R1()),
            "k256": ec.derive_private_key(2**200 + 7, ec.SECP256K1()),
            "seal": keys.key("foreign seal"),
        }
        for name, key in made.items():
            facts = registry() if name == "seal" else leader()
            certificate = issue(stage.authority, facts.holder, key.public_key(), facts.issued, facts.expires)  # type: ignore[arg-type]
            no_password = serialization.NoEncryption()
            text = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, no_password)
            (folder / f"{name}.key").write_bytes(text)
            (folder / f"{name}.pem").write_bytes(certificate.public_bytes(_PEM))

    def signed(self, *words: str, by: str = "rsa", document: str = "document") -> bytes:
        """What openssl writes, in DER unless `words` say otherwise."""
        whole = ["cms", "-sign", "-binary", "-in", self.folder / document, "-outform", "DER"]
        whole += [word for name in by.split("+") for word in self._signer(name, words)]
        done = openssl(*whole, *(word.replace("FOLDER", str(self.folder)) for word in words if word != "pss"))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _signer(self, name: str, words: tuple[str, ...]) -> list[object]:
        padding = ["-keyopt", "rsa_padding_mode:pss"] if "pss" in words else []
        return ["-signer", self.folder / f"{name}.pem", "-inkey", self.folder / f"{name}.key", *padding]

    def case(self, signatures: bytes, document: bytes = DOCUMENT, policy: Policy = ANY_FILE) -> Received:
        return replace(self.received, document=document, signatures=signatures, policy=policy)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), keys)


FORMS: dict[str, tuple[str, ...]] = {
    "CAdES": ("-cades",),
    "CAdES in BER": ("-cades", "-stream", "-indef"),
    "RSA PSS": ("-cades", "pss"),
    "RSA PSS, SHA-512": ("-cades", "pss", "-md", "sha512"),
    "attached": ("-cades", "-nodetach"),
    "attached in BER": ("-cades", "-nodetach", "-stream", "-indef"),
    "SHA-384": ("-cades", "-md", "sha384"),
    "SHA-512": ("-cades", "-md", "sha512"),
    "named by key identifier": ("-cades", "-keyid"),
    "authority enclosed": ("-cades", "-certfile", "FOLDER/ca.pem"),
    "without CAdES attributes": (),
    "without signed attributes": ("-noattr",),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_and_a_changed_document_refused(form: str, bench: Bench) -> None:
    signature = bench.signed(*FORMS[form])
    assert judge(bench.case(signature)).findings == ()
    changed = judge(bench.case(signature, DOCUMENT + b" "))
    assert changed.reason is (Reason.SIG_CRYPTO_FAILURE if form.endswith("signed attributes") else Reason.HASH_FAILURE)


@pytest.mark.parametrize(("by", "digest"), [("p256", "sha256"), ("p384", "sha384"), ("p384", "sha256")])
def test_elliptic_curves(by: str, digest: str, bench: Bench) -> None:
    signature = bench.signed("-cades", "-md", digest, by=by)
    assert judge(bench.case(signature)).findings == ()
    assert judge(bench.case(signature, b"another")).reason is Reason.HASH_FAILURE


@pytest.mark.parametrize(
    ("by", "digest", "detail"),
    [
        ("rsa", "sha1", "sha1, rsa 2048"),
        ("rsa", "md5", "md5, rsa 2048"),
        ("weak", "sha256", "sha256, rsa 1024"),
        ("p192", "sha256", "sha256, ec secp192r1"),
        ("k256", "sha256", "sha256, ec secp256k1"),
    ],
)
def test_the_weak_is_refused_for_being_weak(by: str, digest: str, detail: str, bench: Bench) -> None:
    signature = bench.signed("-cades", "-md", digest, by=by)
    verdict = judge(bench.case(signature))
    assert (verdict.reason, verdict.cause) == (Reason.CRYPTO_CONSTRAINTS_FAILURE, Cause.WEAK_ALGORITHM)
    assert verdict.findings[0].detail == detail
    assert {finding.cause for finding in verdict.findings} == {Cause.WEAK_ALGORITHM}
    assert judge(bench.case(signature, policy=replace(ANY_FILE, weak_allowed=True))).value is Value.PASSED


ARMOURS: dict[str, Callable[[bytes], bytes]] = {
    "CMS": lambda der: pem.armor("CMS", der),
    "PKCS7": lambda der: pem.armor("PKCS7", der),
    "PKCS #7": lambda der: pem.armor("PKCS #7 SIGNED DATA", der),
    "Windows": lambda der: pem.armor("CMS", der).replace(b"\n", b"\r\n"),
    "old Mac": lambda der: pem.armor("CMS", der).replace(b"\n", b"\r"),
    "byte order mark": lambda der: b"\xef\xbb\xbf" + pem.armor("CMS", der),
    "UTF-16": lambda der: pem.armor("CMS", der).decode().encode("utf-16"),
    "no last line end": lambda der: pem.armor("CMS", der).rstrip(),
    "text around": lambda der: b"Subject: /CN=Person\n\n" + pem.armor("CMS", der) + b"\nKy ngay 15/6\n",
    "one long line": lambda der: b"-----BEGIN CMS-----\n%s\n-----END CMS-----" % base64.b64encode(der),
    "word": lambda der: b"leader\n" + pem.armor("CMS", der),
    "word, Windows": lambda der: b"\xef\xbb\xbfleader\r\n\r\n" + pem.armor("CMS", der).replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("armour", ARMOURS)
def test_an_armour_is_read(armour: str, bench: Bench) -> None:
    assert judge(bench.case(ARMOURS[armour](bench.signed("-cades")))).findings == ()


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "label": lambda text: text.replace(b"CMS", b"CERTIFICATE"),
    "no end": lambda text: text.replace(b"-----END CMS-----", b""),
    "no begin": lambda text: text.replace(b"-----BEGIN CMS-----", b""),
    "four dashes": lambda text: text.replace(b"-----BEGIN CMS-----", b"----BEGIN CMS-----"),
    "two ends": lambda text: text + b"-----END CMS-----\n",
    "letters": lambda text: text.replace(b"\nMI", b"\n*I", 1),
    "behind": lambda text: text + b"\x00\x01",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_block_beside_a_good_one_is_not_left_out(kind: str, bench: Bench) -> None:
    text = pem.armor("CMS", bench.signed("-cades"))
    assert judge(bench.case(text + text)).findings == ()
    verdict = judge(bench.case(text + BROKEN[kind](text)))
    assert verdict.reason is Reason.FORMAT_FAILURE


def test_two_signers_in_one_are_both_judged(bench: Bench) -> None:
    both = bench.signed("-cades", by="rsa+p256")
    assert [signer.part for signer in judge(bench.case(both)).signers] == [Part.LEADER, Part.LEADER]
    assert judge(bench.case(both)).findings == ()
    half = bench.signed("-cades", by="rsa+weak")
    assert {finding.cause for finding in judge(bench.case(half)).findings} == {Cause.WEAK_ALGORITHM}
    other = bench.signed("-cades", by="p256")
    (bench.folder / "other").write_bytes(b"another document")
    wrong = bench.signed("-cades", by="rsa", document="other")
    for file in (other + wrong, wrong + other, pem.armor("CMS", wrong) + pem.armor("PKCS7", other)):
        assert judge(bench.case(file)).reason is Reason.HASH_FAILURE


def test_leader_and_organisation_are_told_by_their_certificates(bench: Bench) -> None:
    """Both beside each other over the document, in one CMS, or joined DER in either order."""
    rules = Policy(title_required=False)
    one, seal = bench.signed("-cades"), bench.signed("-cades", by="seal")
    for file in (bench.signed("-cades", by="seal+rsa"), one + seal, seal + one):
        verdict = judge(bench.case(file, policy=rules))
        assert verdict.findings == ()
        assert [signer.part for signer in verdict.signers] == [Part.LEADER, Part.ORGANISATION]
    assert judge(bench.case(one, policy=rules)).cause is Cause.ORGANISATION_MISSING
    assert judge(bench.case(seal, policy=rules)).cause is Cause.LEADER_MISSING


def test_a_certificate_left_out_is_found_in_the_chain_or_missed(bench: Bench) -> None:
    bare = bench.signed("-cades", "-nocerts")
    assert judge(bench.case(bare)).cause is Cause.CERTIFICATE_MISSING
    case = bench.case(bare)
    known = replace(case, chain=case.chain + (bench.folder / "rsa.pem").read_bytes())
    assert judge(known).findings == ()


def test_an_authority_enclosed_helps_and_is_never_trusted(bench: Bench) -> None:
    """The chain file without the issuing authority: found in the signature; without the root: nothing helps."""
    case = bench.case(bench.signed("-cades", "-certfile", "FOLDER/ca.pem"))
    root, issuing = (pem.armor("CERTIFICATE", der) for _, _, der in pem.unarmor(case.chain, multiple=True))
    assert judge(replace(case, chain=root)).findings == ()
    assert judge(replace(case, chain=issuing)).cause is Cause.NO_CHAIN
    assert judge(replace(bench.case(bench.signed("-cades")), chain=root)).cause is Cause.NO_CHAIN


def test_a_document_of_the_exchange_asks_for_the_attributes_and_the_stamp(bench: Bench) -> None:
    """What is enough for any file is not for an official document; the reason names what is missing."""
    content = document_bytes(good().document)
    (bench.folder / "official").write_bytes(content)
    policy = Policy(organisation_required=False)
    missing = {"-cades": [], "": ["signing-certificate"], "-noattr": ["signed attributes"]}
    for word, names in missing.items():
        signature = bench.signed(*([word] if word else []), document="official")
        for rules in (policy, replace(policy, title_required=False)):
            verdict = judge(bench.case(signature, content, rules))
            assert verdict.reason is Reason.SIG_CONSTRAINTS_FAILURE
            found = [one.detail for one in verdict.findings if one.cause is Cause.ATTRIBUTE_MISSING]
            assert found == names
            assert Cause.TIME_STAMP_MISSING in [one.cause for one in verdict.findings]


def test_openssl_finds_our_seal_over_document_and_leader(bench: Bench, tmp_path: Path) -> None:
    blocks = [der for _, _, der in pem.unarmor(bench.received.signatures, multiple=True)]
    for der, content in zip(blocks, (bench.received.document, bench.received.document + blocks[0]), strict=True):
        (tmp_path / "cms").write_bytes(der)
        (tmp_path / "content").write_bytes(content)
        (tmp_path / "chain.pem").write_bytes(bench.received.chain)
        words = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", tmp_path / "cms"]
        words += ["-CAfile", tmp_path / "chain.pem", "-purpose", "any"]
        words += ["-attime", int(SIGNED.timestamp()), "-content"]
        assert openssl(*words, tmp_path / "content").returncode == 0
        assert openssl(*words, bench.folder / "document").returncode != 0


@pytest.mark.parametrize(
    ("digest", "options", "cause"),
    [
        ("sha256", "", None),
        ("sha512", "ordering = yes\naccuracy = secs:1, millisecs:500\ntsa_name = yes\n", None),
        ("sha256", "ess_cert_id_chain = yes\n", None),
        ("sha256", "ess_cert_id_alg = sha1\n", None),
        ("sha1", "", Cause.WEAK_ALGORITHM),
    ],
)
def test_a_time_stamp_of_openssl(
    digest: str, options: str, cause: Cause | None, bench: Bench, keys: Keys, tmp_path: Path
) -> None:
    """Its service stamps with the machine's clock, so only what does not hang on the time is looked at."""
    desk = Desk(keys)
    service = desk.service
    no_password = serialization.NoEncryption()
    (tmp_path / "tsa.key").write_bytes(service.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, no_password))
    (tmp_path / "tsa.pem").write_bytes(pem.armor("CERTIFICATE", service.certificate))
    (tmp_path / "tsa.conf").write_text(
        f"[tsa]\ndefault_tsa = t\n[t]\nserial = {tmp_path}/serial\nsigner_digest = sha256\n"
        f"default_policy = 1.2.3.4\ndigests = sha1, sha256, sha512\n{options}"
    )
    one = desk.odd()
    (tmp_path / "value").write_bytes(one.value())
    asked = ["ts", "-query", "-data", tmp_path / "value", f"-{digest}", "-cert", "-out", tmp_path / "query"]
    assert openssl(*asked).returncode == 0
    reply = ["ts", "-reply", "-config", tmp_path / "tsa.conf", "-queryfile", tmp_path / "query", "-token_out"]
    reply += ["-signer", tmp_path / "tsa.pem", "-inkey", tmp_path / "tsa.key", "-out", tmp_path / "token"]
    reply += ["-chain", bench.folder / "ca.pem"]
    done = openssl(*reply)
    assert done.returncode == 0, done.stderr
    token = (tmp_path / "token").read_bytes()
    case = replace(
        desk.received,
        signatures=replace(one, unsigned=[attribute(STAMP, token)]).der(),
        policy=replace(ANY_FILE, title_required=True),
        at=datetime(2090, 1, 1, tzinfo=UTC),
    )
    found = {finding.cause for finding in judge(case).findings if finding.part is Part.LEADER_STAMP}
    assert found == {Cause.EXPIRED, *([cause] if cause else [])}
