"""Who signed is who the document says had to: absent, doubled, hidden, look-alike, cut and foreign names."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from signed_world import agency, document, good, leader, played, registry

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.document import Document
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import judge
from sim.exchange.signature.signer import document_findings, signer_findings
from sim.exchange.signature.verdict import Part, Value

KEY = ec.derive_private_key(20180615, ec.SECP256R1())
STATED = Document(
    "1/UBND", "2018-06-15", "H1", "Ủy ban nhân dân huyện Mẫu", "Phó Chủ tịch", "Nguyễn Văn Mẫu", "V/v", "Nội dung"
)
PERSON = {"O": STATED.agency, "ID": STATED.agency_id, "T": STATED.title, "CN": STATED.signer}
SEAL = {"O": STATED.agency, "ID": STATED.agency_id, "CN": STATED.agency}
OIDS = {
    "O": NameOID.ORGANIZATION_NAME,
    "ID": NameOID.ORGANIZATION_IDENTIFIER,
    "T": NameOID.TITLE,
    "CN": NameOID.COMMON_NAME,
    "SN": NameOID.SERIAL_NUMBER,
    "UID": NameOID.USER_ID,
    "GN": NameOID.GIVEN_NAME,
    "S": NameOID.SURNAME,
    "P": NameOID.PSEUDONYM,
}


def certificate(
    fields: list[tuple[str, str]], *, in_one_set: bool = False, purposes: list[ObjectIdentifier] | None = None
) -> asn1.Certificate:
    parts = [x509.NameAttribute(OIDS[name], text, _validate=False) for name, text in fields]
    sets = (
        [x509.RelativeDistinguishedName(parts)] if in_one_set else [x509.RelativeDistinguishedName([p]) for p in parts]
    )
    name, start = x509.Name(sets), datetime(2018, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    builder = builder.serial_number(7).not_valid_before(start).not_valid_after(start + timedelta(days=300))
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    der = builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return asn1.Certificate.load(der)


def causes(fields: dict[str, str] | list[tuple[str, str]], part: Part, stated: Document | None = STATED) -> list[Cause]:
    listed = [(name, text) for name, text in fields.items() if text] if isinstance(fields, dict) else fields
    return [finding.cause for finding in signer_findings(certificate(listed), part, stated)]


@pytest.mark.parametrize(
    "written",
    [
        PERSON,
        {**PERSON, "CN": unicodedata.normalize("NFD", STATED.signer), "T": unicodedata.normalize("NFD", STATED.title)},
        {**PERSON, "CN": STATED.signer.upper(), "O": STATED.agency.upper()},
        {**PERSON, "CN": " Nguyễn  Văn\u00a0Mẫu "},
        {**PERSON, "GN": "Văn Mẫu", "S": "Nguyễn", "SN": "IDCVN-001"},
    ],
)
def test_one_person_may_be_written_in_several_ways(written: dict[str, str]) -> None:
    assert causes(written, Part.LEADER) == []


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"CN": "Trần Thị Khác"}, Cause.OTHER_SIGNER),
        ({"CN": ""}, Cause.OTHER_SIGNER),
        ({"CN": "Nguyễn Văn Mẩu"}, Cause.OTHER_SIGNER),
        ({"CN": "Nguyễn Văn Мẫu"}, Cause.OTHER_SIGNER),
        ({"CN": "Ｎguyễn Văn Mẫu"}, Cause.OTHER_SIGNER),
        ({"CN": "Nguyễn Văn Mẫu Em"}, Cause.OTHER_SIGNER),
        ({"CN": "Nguyễn Văn\u200b Mẫu"}, Cause.NAME_UNCLEAR),
        ({"T": "Phó Chủ tịch\u202e"}, Cause.NAME_UNCLEAR),
        ({"T": "Phó Chủ\u3164tịch"}, Cause.NAME_UNCLEAR),
        ({"O": STATED.agency + "\n"}, Cause.NAME_UNCLEAR),
        ({"T": "Chủ tịch"}, Cause.OTHER_TITLE),
        ({"T": ""}, Cause.SIGNER_KIND),
        ({"T": "   "}, Cause.SIGNER_KIND),
        ({"O": "Ủy ban nhân dân huyện Khác"}, Cause.OTHER_AGENCY),
        ({"O": ""}, Cause.OTHER_AGENCY),
        ({"ID": ""}, Cause.OTHER_AGENCY),
        ({"ID": "H10"}, Cause.OTHER_AGENCY),
        ({"ID": "h1"}, Cause.OTHER_AGENCY),
        ({"CN": STATED.agency}, Cause.SIGNER_KIND),
        ({"SN": "VATVN-0100109106"}, Cause.SIGNER_KIND),
    ],
)
def test_another_or_unclear_leader_fails_for_its_reason(changed: dict[str, str], cause: Cause) -> None:
    assert causes({**PERSON, **changed}, Part.LEADER) == [cause]


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"CN": "Lê Văn Chuyên Viên"}, Cause.SIGNER_KIND),
        ({"CN": "Lê Văn Chuyên Viên", "O": "Sở Y tế"}, Cause.SIGNER_KIND),
        ({"T": "Văn thư"}, Cause.SIGNER_KIND),
        ({"GN": "Chuyên Viên"}, Cause.SIGNER_KIND),
        ({"P": "Bút danh"}, Cause.SIGNER_KIND),
        ({"SN": "PNOVN-012345678"}, Cause.SIGNER_KIND),
        ({"UID": "CCCD:012345678901"}, Cause.SIGNER_KIND),
        ({"CN": "Sở Y tế", "O": "Sở Y tế"}, Cause.OTHER_AGENCY),
        ({"ID": ""}, Cause.OTHER_AGENCY),
    ],
)
def test_a_seal_is_the_agencys_own(changed: dict[str, str], cause: Cause) -> None:
    assert causes(SEAL, Part.ORGANISATION) == []
    assert causes({**SEAL, **changed}, Part.ORGANISATION) == [cause]


def test_absent_is_no_text(keys: Keys) -> None:
    for text in ("None", "", " "):
        stated = replace(STATED, agency_id=text, title=text, signer=text, agency=text)
        assert Cause.OTHER_AGENCY in causes({**PERSON, "ID": ""}, Part.LEADER, stated)
        assert Cause.OTHER_AGENCY in causes({**SEAL, "ID": ""}, Part.ORGANISATION, stated)
        assert set(causes({**PERSON, "CN": ""}, Part.LEADER, stated)) >= {Cause.OTHER_SIGNER, Cause.OTHER_TITLE}


@pytest.mark.parametrize("field", ["CN", "T", "O", "ID"])
@pytest.mark.parametrize("first", [True, False])
def test_a_field_given_twice_says_nothing(field: str, first: bool) -> None:
    """Whichever comes first, another title beside the right one could be read by another program."""
    both = [*PERSON.items(), (field, "khác")] if first else [(field, "khác"), *PERSON.items()]
    assert causes(both, Part.LEADER) == [Cause.NAME_UNCLEAR]


def test_fields_in_one_set_are_read_like_fields_in_several() -> None:
    right = certificate([*PERSON.items()], in_one_set=True)
    wrong = certificate([*{**PERSON, "T": "Chủ tịch"}.items()], in_one_set=True)
    assert signer_findings(right, Part.LEADER, STATED) == []
    assert [one.cause for one in signer_findings(wrong, Part.LEADER, STATED)] == [Cause.OTHER_TITLE]


@pytest.mark.parametrize(
    ("purposes", "is_good"),
    [
        ([ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH], True),
        ([ObjectIdentifier("1.3.6.1.5.5.7.3.36")], True),
        ([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION], False),
        ([ExtendedKeyUsageOID.SERVER_AUTH], False),
        ([ExtendedKeyUsageOID.CODE_SIGNING], False),
    ],
)
def test_a_key_for_other_things_signs_no_document(purposes: list[ObjectIdentifier], is_good: bool) -> None:
    found = signer_findings(certificate([*PERSON.items()], purposes=purposes), Part.LEADER, STATED)
    assert [one.cause for one in found] == ([] if is_good else [Cause.SIGNER_KIND])


def test_without_the_document_only_the_kind_counts() -> None:
    """`--any-title` compares nobody's name and asks for no title, yet a seal is no leader and no leader a seal."""
    other = {"O": "Cơ quan", "CN": "Ai đó"}
    assert causes(other, Part.LEADER, None) == []
    assert causes(other, Part.ORGANISATION, None) == [Cause.SIGNER_KIND]
    assert causes(SEAL, Part.ORGANISATION, None) == []
    assert causes(SEAL, Part.LEADER, None) == [Cause.SIGNER_KIND]


def test_hidden_letters_in_what_the_document_states_are_told() -> None:
    assert document_findings(STATED) == []
    for field in ("signer", "title", "agency", "agency_id"):
        for text in ("\u2066" + getattr(STATED, field), "a" * 1001):
            assert [one.cause for one in document_findings(replace(STATED, **{field: text}))] == [Cause.NAME_UNCLEAR]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bình Định",  # 53 letters, 70 bytes
        "Ban Quản lý dự án đầu tư xây dựng các công trình nông nghiệp và phát triển nông thôn tỉnh Bình Định",
    ],
)
def test_names_longer_than_a_field_pass_and_are_still_compared(name: str, keys: Keys) -> None:
    long = "Người đứng đầu " * 7
    who = replace(leader().holder, agency=name, title=long, name=long)
    seal = replace(registry().holder, agency=name, name=name)
    stated = replace(document(), agency=name, title=long, signer=long)
    case = replace(
        good(), document=stated, leader=replace(leader(), holder=who), organisation=replace(registry(), holder=seal)
    )
    verdict = judge(played(case, keys))
    assert (verdict.value, verdict.findings) == (Value.PASSED, ())
    assert [one.agency for one in verdict.signers] == [name[:64].strip()] * 2
    other = replace(case, document=replace(stated, agency="Sở " + name))
    assert judge(played(other, keys)).cause is Cause.OTHER_AGENCY


def test_a_verdict_says_who_signed_and_when(keys: Keys) -> None:
    case = good()
    person, seal = judge(played(case, keys)).signers
    assert (person.part, person.name, person.title) == (Part.LEADER, "Nguyễn Văn Số 1", document().title)
    assert (seal.part, seal.name, seal.agency_id) == (Part.ORGANISATION, agency(), "H1")
    assert (person.claimed, person.stamped) == (case.signed, case.signed)
    assert seal.stamped == case.sealed
