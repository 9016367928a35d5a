"""Signatures, verifications and chains a second on this machine, and what an audit of 250 deliveries costs.

Run: `.venv/bin/python tests/benchmarks/signatures.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "signature")]

from signed_world import HOUR, SIGNED, fetched, good, keys_in, leader, played

from sim.exchange.signature.audit import Stage, audit
from sim.exchange.signature.chain import path_fault
from sim.exchange.signature.document import document_bytes
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import judge
from sim.exchange.signature.signature_file import sign_as_leader
from sim.exchange.signature.trust import signer_certificate_of
from sim.exchange.signature.trust_file import read_trust
from sim.exchange.signature.world import DeliveryFacts
from sim.model.simulate import simulate
from sim.scenario.loading import load

TIMES = 50
DELIVERIES, AGENCIES = 250, 20


def seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def deliveries() -> list[DeliveryFacts]:
    """As many leaders and as many registries as agencies, an hour between deliveries."""
    made = []
    for key in range(DELIVERIES):
        at = SIGNED + key * HOUR
        later = at + 2 * HOUR
        one = good(key % AGENCIES, key)
        made.append(replace(one, signed=at, sealed=at + HOUR, checked=later, held_list=fetched(later)))
    return made


def simulated() -> None:
    """The whole of a plan with and without the default audit; a first run compiles and makes the keys."""
    loaded = load("binh_dinh_2016_2020")
    audited = loaded.scenario.run.audited_deliveries
    found = simulate(loaded, 1, 0, audited=audited).audited
    plain, whole = (seconds(partial(simulate, loaded, 1, 0, audited=n)) for n in (0, audited))
    ratio = whole / plain
    print(f"a replication: {plain:.1f} s; with {found} deliveries audited {whole:.1f} s, {ratio:.3f} times as long")


def main() -> None:
    with TemporaryDirectory() as folder:
        keys = keys_in(Path(folder))
        stage, case = Stage([good()], keys), played(good(), keys)
        signer, stamper, content = stage.signer(leader()), stage.stamper(SIGNED), document_bytes(good().document)
        trust, certificate = read_trust(case.chain, case.crls), signer_certificate_of(signer.certificate)

        def sign_all() -> None:
            for second in range(TIMES):
                sign_as_leader(content, signer, SIGNED.replace(microsecond=second), stamper)

        def check_all() -> None:
            for _ in range(TIMES):
                path_fault(certificate, trust, SIGNED, case.at, Policy())

        def judge_all() -> None:
            for _ in range(TIMES):
                judge(case)

        for what, act in (
            ("signatures with time stamp", sign_all),
            ("chains checked against lists", check_all),
            ("documents verified (two signatures, two time stamps)", judge_all),
        ):
            print(f"{what}: {TIMES / seconds(act):.0f} a second")
        simulated()
        many = deliveries()
        cold, warm = (seconds(lambda: audit(many, keys_in(Path(folder)))) for _ in range(2))
        print(f"audit of {DELIVERIES} deliveries, {2 * AGENCIES} holders: {cold:.1f} s, {warm:.1f} s with keys at hand")


if __name__ == "__main__":
    main()
