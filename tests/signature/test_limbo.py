"""Cases of x509-limbo: what NIST's suite lacks, such as edges of validity, roots, and chains that lead in circles.

Only cases about lists of revoked certificates bring lists; the others are judged without, which no document ever is.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.chain import path_fault
from sim.exchange.signature.held_lists import Fault
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.revocation_list import revocation_list
from sim.exchange.signature.trust import Trust, certificate_of

CASES = json.loads((Path(__file__).parent / "limbo_documents.json").read_text(encoding="utf-8"))
WHEN_ANY_TIME = datetime(2024, 1, 1, tzinfo=UTC)


def der(text: str) -> bytes:
    content: bytes = pem.unarmor(text.encode())[2]
    return content


def judged(case: dict[str, Any]) -> Fault | None:
    at = datetime.fromisoformat(case["validation_time"]) if case["validation_time"] else WHEN_ANY_TIME
    depth = case["max_chain_depth"]
    policy = Policy() if depth is None else Policy(most_intermediates=depth)
    try:
        trust = Trust(
            tuple(certificate_of(der(one)) for one in case["trusted_certs"]),
            tuple(certificate_of(der(one)) for one in case["untrusted_intermediates"]),
            tuple(revocation_list(der(one)) for one in case["crls"]),
        )
        signer = certificate_of(der(case["peer_certificate"]))
    except ValueError as error:
        return Fault(Cause.MALFORMED, note=str(error))
    return path_fault(signer, trust, at, at, policy, lists_required=bool(case["crls"]))


def test_the_cases_are_complete() -> None:
    assert (len(CASES["core"]), len(CASES["fail_closed"])) == (74, 54)
    assert sum(case["expected_result"] == "FAILURE" for case in CASES["fail_closed"]) == 38


@pytest.mark.parametrize("case", CASES["core"], ids=[case["id"] for case in CASES["core"]])
def test_core_is_decided_rightly(case: dict[str, Any]) -> None:
    fault = judged(case)
    assert (fault is None) is (case["expected_result"] == "SUCCESS"), fault


@pytest.mark.parametrize("case", CASES["fail_closed"], ids=[case["id"] for case in CASES["fail_closed"]])
def test_what_is_not_understood_is_refused(case: dict[str, Any]) -> None:
    """Constraints on names and policies: a valid chain may be refused for them, an invalid one must be."""
    if case["expected_result"] == "FAILURE":
        assert judged(case) is not None
    else:
        judged(case)
