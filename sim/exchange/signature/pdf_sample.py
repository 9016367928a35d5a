"""A made-up PDF that a leader and then an organisation have signed, to try the verifier of PDF files on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from sim.exchange.signature.document import Document
from sim.exchange.signature.signed_data import Signer, encode, sign
from sim.exchange.signature.timestamping import time_stamp

_HEX_DIGITS_RESERVED = 32 * 1024
_PAGE_INCHES = (8.27, 11.69)


def page_of(document: Document) -> bytes:
    """Returns a PDF of one page that shows the document."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_PAGE_INCHES)
    above = f"{document.agency}\nSố: {document.number}\n{document.issued}\n\n{document.subject}"
    figure.text(0.1, 0.9, above, va="top", fontsize=12)
    figure.text(0.1, 0.7, document.body, va="top", fontsize=11, wrap=True)
    figure.text(0.6, 0.4, f"{document.title.upper()}\n\n\n{document.signer}", va="top", fontsize=12)
    figure.text(0.1, 0.1, "SIMULATION ONLY", fontsize=9)
    file = BytesIO()
    figure.savefig(file, format="pdf", metadata={"CreationDate": None, "Producer": None, "Creator": None})
    return file.getvalue()


def sign_pdf(content: bytes, field: str, signer: Signer, at: datetime, stamper: Signer | None) -> bytes:
    """Returns the PDF with one more signature, in an update of the file after what was there (ISO 32000-2, 12.8.1)."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    steps = cms_embedder.PdfCMSEmbedder().write_cms(field, writer)
    next(steps)
    filled = SignatureObject(
        timestamp=at, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, bytes_reserved=_HEX_DIGITS_RESERVED
    )
    steps.send(cms_embedder.SigObjSetup(sig_placeholder=filled))
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    whole = output.getvalue()
    covered = whole[: prepared.reserved_region_start] + whole[prepared.reserved_region_end :]
    signed = sign(covered, signer, at)
    if stamper is not None:
        signed = replace(signed, token=time_stamp(signed.signature, at, stamper))
    steps.send(encode(signed))
    return bytes(output.getvalue())


def with_a_page_changed(content: bytes) -> bytes:
    """Returns the PDF with a word written over its page in a later update, which leaves every signed byte as it was."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    resources = DictionaryObject({pdf_name("/Font"): DictionaryObject({pdf_name("/Added"): _helvetica()})})
    text = b"q BT /Added 40 Tf 60 500 Td (10 000 000 000) Tj ET Q"
    stream = writer.add_object(StreamObject(stream_data=text))
    writer.add_stream_to_page(0, stream, resources=resources)
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    return changed.getvalue()


def _helvetica() -> DictionaryObject:
    named = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({pdf_name(key): pdf_name(value) for key, value in named.items()})
