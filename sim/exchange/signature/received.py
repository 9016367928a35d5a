"""The auditor's side: what a receiver has before it, bytes and a clock, and the verdict on that alone.

Nothing here can know what the simulation did or what verdict it modelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim.exchange.signature.policy import Policy
from sim.exchange.signature.verdict import Verdict
from sim.exchange.signature.verifier import verify


@dataclass(frozen=True)
class Received:
    """The document and signatures as they arrived, the trusted chain, the lists last fetched, the time, the rules."""

    document: bytes
    signatures: bytes
    chain: bytes
    crls: tuple[bytes, ...]
    at: datetime
    policy: Policy


def judge(received: Received) -> Verdict:
    """Returns the real verdict."""
    case = received
    return verify(case.document, case.signatures, case.chain, case.crls, case.at, case.policy)


def save(received: Received, folder: Path) -> str:
    """Write a case to a new folder; returns the words that verify it again on the command line.

    Raises:
        FileExistsError: the folder is there already.
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True)
    (folder / "document.json").write_bytes(received.document)
    (folder / "signatures.pem").write_bytes(received.signatures)
    (folder / "chain.pem").write_bytes(received.chain)
    words = ["verify", f"{folder}/document.json", "--signature", f"{folder}/signatures.pem"]
    words += ["--chain", f"{folder}/chain.pem"]
    for index, content in enumerate(received.crls):
        (folder / f"list_{index}.crl").write_bytes(content)
        words += ["--crl", f"{folder}/list_{index}.crl"]
    words += [] if received.policy.leader_required else ["--organisation-only"]
    return " ".join([*words, "--at", received.at.isoformat(timespec="seconds")])
