"""A small world of agencies and leaders with certificates, all of it in simulated time; keys are made once per run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Holder, Kind
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.received import Received
from sim.exchange.signature.revocation import Publication
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts, ListFacts

START = datetime(2016, 1, 4, tzinfo=UTC)
SIGNED = datetime(2018, 6, 15, 3, 20, 5, tzinfo=UTC)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
LISTS = Publication(START, DAY, grace=12 * HOUR)
TITLE = "Chủ tịch Ủy ban nhân dân huyện"


def agency(number: int = 1) -> str:
    return f"Ủy ban nhân dân huyện số {number}"


def leader(number: int = 1, title: str = TITLE, **changed: object) -> CertificateFacts:
    holder = Holder(Kind.PERSON, f"person {number}", f"Nguyễn Văn Số {number}", f"H{number}", agency(number), title)
    return replace(CertificateFacts(holder, START, START + 1800 * DAY), **changed)


def registry(number: int = 1, **changed: object) -> CertificateFacts:
    holder = Holder(Kind.ORGANISATION, f"agency {number}", agency(number), f"H{number}", agency(number))
    return replace(CertificateFacts(holder, START, START + 1800 * DAY), **changed)


def document(number: int = 1) -> Document:
    subject = "V/v báo cáo tình hình ứng dụng công nghệ thông tin"
    name, body = f"Nguyễn Văn Số {number}", "Kính gửi: Ủy ban nhân dân tỉnh"
    return Document("125/UBND-VX", "2018-06-15", f"H{number}", agency(number), TITLE, name, subject, body)


def fetched(at: datetime) -> ListFacts:
    """The list a receiver holds that fetched at `at`."""
    number = LISTS.number(at)
    return ListFacts(number, LISTS.published(number), LISTS.next_update(number))


def good(number: int = 1, key: int = 0) -> DeliveryFacts:
    """A delivery with nothing wrong: signed, sealed an hour later, checked an hour after that."""
    return DeliveryFacts(
        key=key,
        document=document(number),
        leader=leader(number),
        signed=SIGNED,
        organisation=registry(number),
        sealed=SIGNED + HOUR,
        checked=SIGNED + 2 * HOUR,
        held_list=fetched(SIGNED + 2 * HOUR),
    )


def played(delivery: DeliveryFacts, keys: Keys) -> Received:
    """What the receiver of one delivery has before it."""
    return Stage([delivery], keys).received(delivery)


def keys_in(folder: Path) -> Keys:
    return Keys(folder / "keys")
