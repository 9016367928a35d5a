"""A PDF that a leader and an organisation have signed: it passes, and whatever is done to it afterwards is told."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner, cms_embedder
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from signed_world import DAY, HOUR, SIGNED, agency, fetched, good, leader, registry

from sim.command import main as program
from sim.exchange.signature import pdf, pdf_reading
from sim.exchange.signature.audit import Stage
from sim.exchange.signature.causes import Cause, Reason
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.pdf import verify_pdf
from sim.exchange.signature.pdf_reading import PdfSignature, PdfUnreadableError, read_pdf
from sim.exchange.signature.pdf_sample import page_of, sign_pdf, with_a_page_changed
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.timestamping import time_stamp
from sim.exchange.signature.verdict import Later, Part, Value, Verdict
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts

AT = SIGNED + 3 * HOUR


def in_this_process(content: bytes) -> list[PdfSignature]:
    """What reading in a process of its own gives, without the second and a half that starting one takes."""
    try:
        return pdf_reading._signatures(content)
    except PdfUnreadableError:
        raise
    except Exception as error:
        raise PdfUnreadableError(str(error)) from error


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "read_pdf", in_this_process)


@dataclass(frozen=True)
class Office:
    """What can be signed with, and what a receiver holds."""

    stage: Stage
    page: bytes
    chain: bytes
    crls: tuple[bytes, ...]

    def by(self, content: bytes, who: CertificateFacts, field: str, hours: int = 0, *, stamped: bool = True) -> bytes:
        at = SIGNED + hours * HOUR
        return sign_pdf(content, field, self.stage.signer(who), at, self.stage.stamper(at) if stamped else None)

    def both(self) -> bytes:
        return self.by(self.by(self.page, leader(), "Leader"), registry(), "Seal", 1)

    def enclosed(self) -> list[x509.Certificate]:
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(self.chain, multiple=True)]

    def judged(self, content: bytes, policy: Policy | None = None) -> Verdict:
        return verify_pdf(content, self.chain, self.crls, AT, policy)


REVOKED = leader(3, revoked=SIGNED - 3 * DAY)


@pytest.fixture(scope="module")
def office(keys: Keys) -> Office:
    held = fetched(AT)
    revoked = replace(good(3, 2), leader=REVOKED, checked=AT, held_list=held)
    deliveries: list[DeliveryFacts] = [replace(good(), checked=AT, held_list=held), good(2, 1), revoked]
    stage = Stage(deliveries, keys)
    received = stage.received(deliveries[0])
    return Office(stage, page_of(good().document), received.chain, received.crls)


@pytest.fixture(scope="module")
def signed(office: Office) -> bytes:
    return office.both()


def causes(verdict: Verdict) -> list[Cause]:
    return [finding.cause for finding in verdict.findings]


def test_leader_then_organisation_pass_and_are_named(office: Office, signed: bytes) -> None:
    verdict = office.judged(signed)
    assert (verdict.value, verdict.findings) == (Value.PASSED, ())
    person, seal = verdict.signers
    assert (person.part, person.name, person.revision) == (Part.LEADER, "Nguyễn Văn Số 1", (2, 3))
    assert (seal.part, seal.agency, seal.revision) == (Part.ORGANISATION, agency(), (3, 3))
    assert (person.stamped, seal.stamped) == (SIGNED, SIGNED + HOUR)
    assert (person.later, seal.later) == (Later.SIGNATURES, Later.NOTHING)


def updated(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with an update behind it that touches no signed byte."""
    out, update = BytesIO(), IncrementalPdfFileWriter(BytesIO(content))
    change(update)
    update.write(out)
    return out.getvalue()


def a_note_on_the_page(update: IncrementalPdfFileWriter) -> None:
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Contents": generic.pdf_string("10 000")}
    note["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (60, 400, 300, 500)))
    made = update.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in note.items()}))
    update.register_annotation(update.root["/Pages"]["/Kids"].raw_get(0), made)


def another_catalogue(update: IncrementalPdfFileWriter) -> None:
    update.root["/OpenAction"] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
    update.update_root()


@pytest.mark.parametrize(
    "changed",
    [
        with_a_page_changed,
        lambda content: updated(content, a_note_on_the_page),
        lambda content: updated(content, another_catalogue),
        lambda content: content + b"\nmore\n",
        lambda content: content + b"\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
    ],
    ids=["page", "note", "catalogue", "bytes", "object"],
)
def test_what_is_added_after_signing_fails(changed: Callable[[bytes], bytes], office: Office, signed: bytes) -> None:
    verdict = office.judged(changed(signed))
    assert verdict.value is Value.FAILED
    assert causes(verdict)[0] in {Cause.PDF_CHANGED, Cause.PDF_DAMAGED}
    between = changed(office.by(office.page, leader(), "Leader"))
    verdict = office.judged(between, Policy(organisation_required=False))
    assert verdict.value is Value.FAILED, "before the seal"


def test_a_field_filled_in_after_signing_fails(office: Office) -> None:
    """The usual rules of PDF let a form be filled in after signing; then a reader sees what nobody signed."""

    def with_field(update: IncrementalPdfFileWriter) -> None:
        field = {"/FT": pdf_name("/Tx"), "/T": generic.pdf_string("Số tiền"), "/V": generic.pdf_string("10")}
        made = update.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in field.items()}))
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([made])})
        update.root["/AcroForm"] = update.add_object(form)
        update.update_root()

    def filled(update: IncrementalPdfFileWriter) -> None:
        field = update.root["/AcroForm"]["/Fields"][0]
        field["/V"] = generic.pdf_string("1000")
        update.update_container(field)

    form = office.by(office.by(updated(office.page, with_field), leader(), "Leader"), registry(), "Seal", 1)
    assert office.judged(form).value is Value.PASSED
    assert causes(office.judged(updated(form, filled))) == [Cause.PDF_CHANGED] * 2


def test_a_byte_changed_anywhere_fails(office: Office, signed: bytes) -> None:
    draw = random.Random(20180615)
    places = [draw.randrange(len(signed)) for _ in range(12)]
    zeros = re.compile(rb"0{200,}>")
    places += [found.start() + 150 for found in zeros.finditer(signed)]
    for place in places:
        bent = bytearray(signed)
        bent[place] ^= 1
        assert office.judged(bytes(bent)).value is not Value.PASSED, place


@pytest.mark.parametrize("wider", [(0, 2), (2, 0), (0, -64), (-64, 0)])
def test_a_gap_that_is_not_the_signature_fails(wider: tuple[int, int], office: Office, signed: bytes) -> None:
    """A signature over other ranges than all but itself: signed so by its own signer, it still covers no document."""
    last = list(re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", signed))[-1]
    first, length, second, rest = map(int, last.groups())
    ranges = b"/ByteRange [%d %d %d %d]" % (first, length - wider[0], second + wider[1], rest - wider[1])
    moved = signed[: last.start()] + ranges.ljust(len(last[0])) + signed[last.end() :]
    assert len(moved) == len(signed)
    assert Cause.PDF_COVERAGE in causes(office.judged(moved))


def a_time_stamp_over_all(content: bytes, office: Office, added: bytes = b"") -> bytes:
    """The file with a time stamp over all of it, and over what is `added`, which it does not have."""
    steps = cms_embedder.PdfCMSEmbedder().write_cms("Stamp", IncrementalPdfFileWriter(BytesIO(content)))
    next(steps)
    steps.send(cms_embedder.SigObjSetup(sig_placeholder=DocumentTimestamp(bytes_reserved=32 * 1024)))
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    whole = output.getvalue()
    covered = whole[: prepared.reserved_region_start] + whole[prepared.reserved_region_end :]
    at = SIGNED + 2 * HOUR
    steps.send(time_stamp(covered + added, at, office.stage.stamper(at)))
    return bytes(output.getvalue())


def test_a_time_stamp_over_the_whole_file_is_judged_and_allowed(office: Office, signed: bytes) -> None:
    verdict = office.judged(a_time_stamp_over_all(signed, office))
    assert (verdict.findings, verdict.signers[1].later) == ((), Later.HELPS)
    of_another = office.judged(a_time_stamp_over_all(signed, office, b"x"))
    assert [(one.part, one.cause) for one in of_another.findings] == [(Part.DOCUMENT_STAMP, Cause.TIME_STAMP_OF_OTHER)]


@pytest.mark.parametrize(
    ("sign", "policy", "expected"),
    [
        (lambda o: o.page, Policy(), [Cause.LEADER_MISSING, Cause.ORGANISATION_MISSING]),
        (lambda o: o.by(o.page, leader(), "A"), Policy(), [Cause.ORGANISATION_MISSING]),
        (lambda o: o.by(o.page, leader(), "A"), Policy(organisation_required=False), []),
        (lambda o: o.by(o.page, registry(), "A"), Policy(), [Cause.LEADER_MISSING]),
        (lambda o: o.by(o.page, registry(), "A"), Policy(leader_required=False), []),
        (lambda o: o.by(o.by(o.page, registry(), "A"), leader(), "B", 1), Policy(), [Cause.TIME_STAMP_EARLY]),
        (lambda o: o.by(o.by(o.page, leader(2), "A"), registry(), "B", 1), Policy(), [Cause.OTHER_AGENCY]),
        (lambda o: o.by(o.by(o.page, leader(), "A"), leader(), "B", 1), Policy(), [Cause.ORGANISATION_MISSING]),
        (lambda o: o.by(o.both(), registry(2), "C", 2), Policy(), []),
        (lambda o: o.by(o.by(o.page, leader(), "A", 1), registry(), "B"), Policy(), [Cause.TIME_STAMP_EARLY]),
        (
            lambda o: o.by(o.by(o.page, leader(), "A", stamped=False), registry(), "B", 1),
            Policy(),
            [Cause.TIME_STAMP_MISSING],
        ),
        (lambda o: o.by(o.by(o.page, REVOKED, "A"), registry(3), "B", 1), Policy(), [Cause.REVOKED]),
        (lambda o: o.by(o.by(o.both(), REVOKED, "C", 2), registry(3), "D", 3), Policy(), [Cause.REVOKED]),
    ],
)
def test_who_has_signed_in_which_order(
    sign: Callable[[Office], bytes], policy: Policy, expected: list[Cause], office: Office
) -> None:
    assert causes(office.judged(sign(office), policy)) == expected


def by_another_program(content: bytes, office: Office, who: CertificateFacts, field: str, hours: int) -> bytes:
    """Signed by pyHanko itself in the form of PAdES, with its own time stamp (ETSI EN 319 142-1)."""
    at = SIGNED + hours * HOUR
    signer, service = office.stage.signer(who), office.stage.stamper(at)
    registry_of = SimpleCertificateStore()
    registry_of.register_multiple(office.enclosed())
    stamper = DummyTimeStamper(x509.Certificate.load(service.certificate), private(service.key), fixed_dt=at)
    made = SimpleSigner(x509.Certificate.load(signer.certificate), private(signer.key), registry_of)
    described = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    out = PdfSigner(described, made, timestamper=stamper).sign_pdf(IncrementalPdfFileWriter(BytesIO(content)))
    return bytes(out.getvalue())


def private(key: rsa.RSAPrivateKey) -> PrivateKeyInfo:
    der, pkcs8, bare = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return PrivateKeyInfo.load(key.private_bytes(der, pkcs8, bare))


def test_what_another_program_signed_passes(office: Office) -> None:
    first = by_another_program(office.page, office, leader(), "Leader", 0)
    both = by_another_program(first, office, registry(), "Seal", 1)
    verdict = office.judged(both)
    assert (verdict.value, verdict.findings) == (Value.PASSED, ())
    assert verdict.signers[1].stamped == SIGNED + HOUR
    assert office.judged(with_a_page_changed(both)).value is Value.FAILED


TAIL = "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n"


def nested(opening: bytes, closing: bytes) -> bytes:
    start = b"%PDF-1.7\n1 0 obj\n" + opening * 50_000 + b"0" + closing * 50_000 + b"\nendobj\n"
    return start + TAIL.format(len(start)).encode()


def with_headings(office: Office, number: int) -> bytes:
    """A file in which each of many objects leads to the next, as the headings of a long document do, signed by both."""

    def chained(update: IncrementalPdfFileWriter) -> None:
        before: generic.PdfObject = generic.NumberObject(0)
        for _ in range(number):
            before = update.add_object(generic.DictionaryObject({pdf_name("/Next"): before}))
        update.root["/Outlines"] = before
        update.update_root()

    page = updated(office.page, chained)
    return office.by(office.by(page, leader(), "Leader"), registry(), "Seal", 1)


def lengths_without_end(signed: bytes) -> bytes:
    """A CMS of values that say nowhere how long they are; some readers take ever longer over each within another."""
    contents = re.search(rb"/Contents <([0-9A-F]+)>", signed)
    assert contents is not None
    odd = (b"\x30\x80" * 4000).hex().upper().encode()
    return signed.replace(contents[1], odd.ljust(len(contents[1]), b"0"))


def test_hostile_files_are_told(office: Office, signed: bytes) -> None:
    stated = rb"/Prev \d+"
    hostile = {
        "empty": b"",
        "no PDF": b"PK\x03\x04" * 100,
        "cut": signed[: len(signed) // 2],
        "cut at its end": signed[:-40],
        "dictionaries": nested(b"<</A ", b">>"),
        "a table of a thousand million": re.sub(rb"xref\n0 \d+", b"xref\n0 999999999", signed),
        "a table that leads to itself": re.sub(stated, b"/Prev %d" % signed.rindex(b"xref\n"), signed),
        "two tables": re.sub(stated, lambda found: b"/XRefStm 15 " + found[0], signed),
        "a range of words": re.sub(rb"/ByteRange \[0", b"/ByteRange [(0)", signed),
        "a range without end": re.sub(rb"/ByteRange \[0 \d+", b"/ByteRange [0 99999999999999999999", signed),
    }
    for name, content in hostile.items():
        began = time.monotonic()
        verdict = office.judged(content)
        assert verdict.value is Value.FAILED, name
        assert verdict.reason in {Reason.FORMAT_FAILURE, Reason.HASH_FAILURE}, (name, verdict)
        assert time.monotonic() - began < 20, name


@pytest.mark.parametrize("form", [b"/adbe.pkcs7.sha1", b"/adbe.x509.rsa_sha1"])
def test_forms_of_sha_1_are_refused_for_being_weak(form: bytes, office: Office, signed: bytes) -> None:
    older = signed.replace(b"/adbe.pkcs7.detached", form.ljust(len(b"/adbe.pkcs7.detached")))
    assert len(older) == len(signed)
    assert causes(office.judged(older)) == [Cause.WEAK_ALGORITHM] * 2


def test_reading_is_stopped_at_its_limits(office: Office, signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, where depth, memory and time have an end."""
    monkeypatch.setattr(pdf, "read_pdf", read_pdf)
    assert office.judged(signed).value is Value.PASSED
    assert office.judged(with_headings(office, 2000)).value is Value.PASSED
    assert causes(office.judged(nested(b"[", b"]"))) == [Cause.PDF_LIMITS]
    assert causes(office.judged(lengths_without_end(signed)))[0] is Cause.MALFORMED
    monkeypatch.setattr(pdf_reading, "LONGEST_READING_S", 0.1)
    assert causes(office.judged(signed)) == [Cause.PDF_LIMITS]


def test_an_encrypted_file_is_told_as_that(office: Office) -> None:
    out, copied = BytesIO(), writer.copy_into_new_writer(pdf_reading_of(office.page))
    copied.encrypt(owner_pass="mật khẩu")  # noqa: S106 - any will do
    copied.write(out)
    assert causes(office.judged(out.getvalue())) == [Cause.PDF_ENCRYPTED]


def pdf_reading_of(content: bytes) -> writer.PdfHandler:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(content))


def test_the_sample_tells_a_good_pdf_from_a_changed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert program.main(["verify", "--sample", "sample"]) == 0
    capsys.readouterr()
    held = ["--chain", "sample/chain.pem", "--crl", "sample/root.crl", "--crl", "sample/agencies.crl"]
    for name, code, value in (("document.pdf", 0, "passed"), ("changed.pdf", 5, "failed")):
        words = ["verify", f"sample/{name}", *held, "--at", "2018-06-15"]
        assert program.main([*words, "--json"]) == code
        answer = json.loads(capsys.readouterr().out)
        assert (answer["value"], len(answer["signers"])) == (value, 2)
        assert "signer_names" in answer["not_checked"]
        assert program.main([*words, "--lang", "vi"]) == code
        assert "phiên bản 2/" in capsys.readouterr().out


def test_without_pyhanko_the_line_that_installs_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyhanko").mkdir()
    stub = 'raise ModuleNotFoundError("No module named pyhanko", name="pyhanko")\n'
    (tmp_path / "pyhanko" / "__init__.py").write_text(stub)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from sim.command.main import main\n"
        "if __name__ == '__main__': sys.exit(main())\n"
    )
    words = ["verify", "a.pdf", "--chain", "a.pdf", "--at", "2018-06-15", "--lang", "en"]
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 6, ran.stderr
    assert 'pip install "pyhanko' in ran.stderr
