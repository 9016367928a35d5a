"""A small signed document to try the verifier on, with a changed copy and a list in which its signer is revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts, ListFacts, Tampering

SAMPLE_DAY = "2018-06-15"
"""The day on which the sample is to be verified."""
_SIGNED = datetime(2018, 6, 15, 9, 30, tzinfo=timezone(timedelta(hours=7)))
_DAY = timedelta(days=1)


def sample_files(keys: Keys | None = None) -> dict[str, bytes]:
    """Returns the files by name."""
    agency, title, name = "Sở Thông tin và Truyền thông (ví dụ)", "Giám đốc", "Nguyễn Văn Mẫu"
    registry = Holder(Kind.ORGANISATION, "sample agency", agency, "SAMPLE", agency)
    person = Holder(Kind.PERSON, "sample leader", name, "SAMPLE", agency, title)
    since, until = _SIGNED - 400 * _DAY, _SIGNED + 900 * _DAY
    leader, seal = CertificateFacts(person, since, until), CertificateFacts(registry, since, until)
    subject = "V/v gửi, nhận văn bản điện tử có ký số"
    body = "Đề nghị các cơ quan gửi, nhận văn bản điện tử có ký số, không gửi kèm bản giấy."
    listed = ListFacts(7, _SIGNED.replace(hour=0, minute=0), _SIGNED.replace(hour=0, minute=0) + 2 * _DAY)
    good = DeliveryFacts(
        key=0,
        document=Document("125/STTTT-CNTT", SAMPLE_DAY, "SAMPLE", agency, title, name, subject, body),
        leader=leader,
        signed=_SIGNED,
        organisation=seal,
        sealed=_SIGNED + timedelta(hours=1),
        checked=_SIGNED + timedelta(hours=2),
        held_list=listed,
    )
    revoked = replace(good, leader=replace(leader, revoked=_SIGNED - 30 * _DAY), held_list=listed)
    keys = keys or Keys()
    stage = Stage([good], keys)
    received = stage.received(good)
    changed = stage.received(replace(good, tampering=Tampering.CONTENT))
    return {
        **_pdf_files(good, stage),
        "document.json": received.document,
        "changed.json": changed.document,
        "signatures.pem": received.signatures,
        "chain.pem": received.chain,
        "root.crl": received.crls[0],
        "agencies.crl": received.crls[1],
        "revoked.crl": Stage([revoked], keys).received(revoked).crls[1],
    }


def _pdf_files(good: DeliveryFacts, stage: Stage) -> dict[str, bytes]:
    """The same document as a PDF that both have signed, and a copy changed afterwards; nothing without pyHanko."""
    try:
        from sim.exchange.signature.pdf_sample import page_of, sign_pdf, with_a_page_changed
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "pyhanko":
            return {}
        raise
    if good.leader is None or good.organisation is None or good.sealed is None:
        return {}
    page = page_of(good.document)
    signed = sign_pdf(page, "Leader", stage.signer(good.leader), good.signed, stage.stamper(good.signed))
    seal = stage.signer(good.organisation)
    sealed = sign_pdf(signed, "Organisation", seal, good.sealed, stage.stamper(good.sealed))
    return {"document.pdf": sealed, "changed.pdf": with_a_page_changed(sealed)}
