"""Reading the signatures of a PDF (ISO 32000-2, 12.8) with pyHanko, in a process of its own that can be stopped.

A PDF is a graph that its writer drew as he liked. Whatever a hostile one does, the time and memory that reading takes
are bounded from outside, and nothing comes back but the plain records below.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.verdict import Later

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pyhanko.sign.diff_analysis import DiffPolicy

LONGEST_READING_S = 60
LARGEST_MEMORY = 3 * 1024**3
"""Seconds and bytes that the reading of one file may take; a file of 64 MB takes a few seconds and less than 1 GB."""
MOST_SIGNATURES = 32
_LONGEST_REASON = 300
_DEEPEST, _STACK = 40_000, 512 * 1024**2
"""Calls within calls, and bytes for them: a book's list of headings is a chain of some thousand objects."""
_SUBFILTERS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161")
_SHA1_ONLY = ("/adbe.x509.rsa_sha1", "/adbe.pkcs7.sha1")
"""Forms of signatures that are CMS over the bytes of the file, and those that rest on SHA-1 (ISO 32000-2, 12.8.3)."""


class PdfUnreadableError(ValueError):
    """The file cannot be read as a PDF; the message says why, `cause` which kind of reason that is."""

    def __init__(self, reason: str, cause: Cause = Cause.PDF_DAMAGED) -> None:
        super().__init__(reason)
        self.cause = cause

    def __reduce__(self) -> tuple[type[PdfUnreadableError], tuple[str, Cause]]:
        """Returns how it is made anew on the other side of a process."""
        return type(self), (str(self), self.cause)


@dataclass(frozen=True)
class PdfSignature:
    """One signature of a PDF, in the order of signing.

    Attributes:
        field: name of its form field.
        is_time_stamp: whether it is a time stamp over the document, by no person and no agency.
        ranges: the four numbers of its /ByteRange.
        contents: its CMS with the zeros behind it.
        stated: when the PDF says that it was signed (/M); None if it does not.
        revision: which state of the file it signed, from 1, of how many there are.
        revisions: how many states the file has.
        change: what was changed in the file after it and is no part of signing again; empty if nothing was.
        later: what else was added after it.
        fault: why it cannot be judged; empty if it can.
        weak: its form, if that is one of those that rest on SHA-1 and are read no further.
    """

    field: str
    is_time_stamp: bool = False
    ranges: tuple[int, ...] = ()
    contents: bytes = b""
    stated: datetime | None = None
    revision: int = 0
    revisions: int = 0
    change: str = ""
    later: Later = Later.NOTHING
    fault: str = ""
    weak: str = ""


def refuse_without_pyhanko() -> None:
    """Raises ModuleNotFoundError when pyHanko, which the extra `pdf` brings, is not installed."""
    import_module("pyhanko.version")


def read_pdf(content: bytes) -> list[PdfSignature]:
    """Returns the signatures of a PDF; an unsigned one has none.

    Raises:
        PdfUnreadableError: damaged, encrypted, or beyond the limits.
        ModuleNotFoundError: pyHanko, which the extra `pdf` brings, is not installed.
    """
    refuse_without_pyhanko()
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_read_into, args=(sender, content), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(LONGEST_READING_S):
            raise PdfUnreadableError(f"reading it takes longer than {LONGEST_READING_S} s", Cause.PDF_LIMITS)
        read = receiver.recv()
    except EOFError:  # stopped by a limit
        raise PdfUnreadableError("reading it takes more time or memory than it may", Cause.PDF_LIMITS) from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(read, PdfUnreadableError):
        raise read
    return list(read)


def _read_into(sender: Connection, content: bytes) -> None:
    """What the process does: it sends the records, or the reason why there are none."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    sys.setrecursionlimit(_DEEPEST)
    threading.stack_size(_STACK)
    reading = threading.Thread(target=_send_signatures, args=(sender, content))
    reading.start()
    reading.join()


def _send_signatures(sender: Connection, content: bytes) -> None:
    try:
        sender.send(_signatures(content))
    except PdfUnreadableError as error:
        sender.send(error)
    except (MemoryError, RecursionError) as error:
        sender.send(PdfUnreadableError(type(error).__name__, Cause.PDF_LIMITS))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here is the file's doing, and is told as that
        sender.send(PdfUnreadableError(f"{type(error).__name__}: {error}"[:_LONGEST_REASON]))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_READING_S, LONGEST_READING_S))


def _signatures(content: bytes) -> list[PdfSignature]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(BytesIO(content), strict=True)
    if reader.encrypted:
        raise PdfUnreadableError("it is encrypted", Cause.PDF_ENCRYPTED)
    if reader.xrefs.hybrid_xrefs_present:
        raise PdfUnreadableError("it has two tables of its objects, which may tell two programs different things")
    found = []
    for number, (name, _, field) in enumerate(enumerate_sig_fields(reader, filled_status=True)):
        if number == MOST_SIGNATURES:
            raise PdfUnreadableError(f"it has more than {MOST_SIGNATURES} signatures", Cause.PDF_LIMITS)
        found.append(_signature(reader, str(name), field))
    return sorted(found, key=lambda one: one.revision)


def _signature(reader: Any, name: str, field: Any) -> PdfSignature:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        form = str(field.get_object()["/V"].get_object().get("/SubFilter"))
        if form in _SHA1_ONLY:
            return PdfSignature(name, weak=form)
        if form not in _SUBFILTERS:
            return PdfSignature(name, fault=f"its form {form} is not read")
        embedded = EmbeddedPdfSignature(reader, field, name)
        change, later = _changes(embedded)
        return PdfSignature(
            name,
            is_time_stamp=form == "/ETSI.RFC3161",
            ranges=tuple(int(number) for number in embedded.byte_range),
            contents=bytes(embedded.pkcs7_content),
            stated=_stated(embedded),
            revision=embedded.signed_revision + 1,
            revisions=reader.xrefs.total_revisions,
            change=change,
            later=later,
        )
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - one signature that cannot be read must not hide the others
        return PdfSignature(name, fault=f"{type(error).__name__}: {error}"[:_LONGEST_REASON])


def _stated(embedded: Any) -> datetime | None:
    from pyhanko.pdf_utils.generic import parse_pdf_date

    stated = embedded.sig_object.get("/M")
    try:
        moment = parse_pdf_date(stated) if stated is not None else None
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment is not None and moment.tzinfo else None


def _changes(embedded: Any) -> tuple[str, Later]:
    """What was changed later that counts as a change, and what else was added.

    Further signatures, time stamps, metadata and data that help to verify are no change. Filling in other form fields
    changes what a reader sees; it counts as none only where the signature itself permits it (DocMDP, ISO 32000-2,
    12.8.2.2).
    """
    from pyhanko.sign.diff_analysis import SuspiciousModification
    from pyhanko.sign.fields import MDPPerm

    permitted = embedded.docmdp_level in (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE)
    embedded.compute_integrity_info(diff_policy=_rules(fields_may_be_filled=permitted))
    found = embedded.diff_result
    if isinstance(found, SuspiciousModification):
        return str(found) or "a change", Later.NOTHING
    if not embedded.summarise_integrity_info()["docmdp_ok"]:
        return "a change that the signature does not permit", Later.NOTHING
    if embedded.signed_revision + 1 == embedded.reader.xrefs.total_revisions:
        return "", Later.NOTHING
    return "", Later.SIGNATURES if found.changed_form_fields else Later.HELPS


def _rules(*, fields_may_be_filled: bool) -> DiffPolicy:
    from pyhanko.sign import diff_analysis as diff

    usual = diff.DEFAULT_DIFF_POLICY
    if fields_may_be_filled:
        return usual
    signing = diff.FormUpdatingRule(field_rules=[diff.SigFieldCreationRule(), diff.SigFieldModificationRule()])
    return diff.StandardDiffPolicy(global_rules=usual.global_rules, form_rule=signing)
