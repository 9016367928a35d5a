"""The audit: real verdicts from facts of the world, by a judge that sees bytes and nothing else."""

from __future__ import annotations

import ast
import dataclasses
import random
import shlex
import typing
from dataclasses import replace
from pathlib import Path

import pytest
from signed_world import DAY, HOUR, SIGNED, START, fetched, good, leader, registry

from sim.command import main as program
from sim.exchange.signature import audit as audits
from sim.exchange.signature import received as judging
from sim.exchange.signature.audit import Stage, audit
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import Received, save
from sim.exchange.signature.verdict import Value
from sim.exchange.signature.world import CertificateFacts, DeliveryFacts, Tampering

FOLDER = Path(judging.__file__).parent
OF_THE_WORLD = {"sim.exchange.signature.world", "sim.exchange.signature.audit"}


def drawn(draw: random.Random, key: int) -> DeliveryFacts:
    """A delivery with faults at random, several at once now and then."""
    number = draw.randrange(4)
    signed = SIGNED + draw.randrange(0, 60) * DAY + draw.randrange(8) * HOUR
    leaves: dict[str, object] = {"issued": START + key * HOUR}
    if draw.random() < 0.2:
        leaves["expires"] = signed + draw.choice([-3, 3]) * DAY
    if draw.random() < 0.25:
        leaves["revoked"] = signed + draw.choice([-40, -1, 1]) * DAY
    if draw.random() < 0.1:
        leaves["foreign"] = True
    title = "Phó Chủ tịch" if draw.random() < 0.1 else good().document.title
    checked = signed + draw.choice([2, 30, 90]) * HOUR
    held = None if draw.random() < 0.08 else fetched(checked - draw.choice([0, 0, 0, 30, 80]) * HOUR)
    sealed = None if draw.random() < 0.08 else signed + HOUR
    return replace(
        good(number, key),
        leader=None if draw.random() < 0.05 else leader(number, title, **leaves),
        signed=signed,
        sealed=sealed,
        organisation=registry(number) if sealed else None,
        checked=checked,
        held_list=held,
        stamped=draw.random() > 0.08,
        tampering=draw.choice([Tampering.NOTHING] * 9 + [Tampering.CONTENT, Tampering.SIGNATURE]),
    )


def revoked_in_view(facts: CertificateFacts, one: DeliveryFacts) -> bool:
    held = one.held_list
    return bool(facts.revoked and held and facts.revoked <= held.published and facts.revoked <= one.signed)


def failures(one: DeliveryFacts) -> set[Cause]:
    """What is wrong by the facts, beside what waiting may mend."""
    found = set()
    if not one.stamped and (one.leader or one.organisation):
        found.add(Cause.TIME_STAMP_MISSING)
    if one.organisation is None:
        found.add(Cause.ORGANISATION_MISSING)
    if one.leader is None:
        found.add(Cause.LEADER_MISSING)
        return found | ({Cause.CONTENT_CHANGED} if one.tampering is Tampering.CONTENT and one.organisation else set())
    if one.tampering is Tampering.CONTENT:
        found.add(Cause.CONTENT_CHANGED)
    if one.tampering is Tampering.SIGNATURE:
        found.add(Cause.SIGNATURE_WRONG)
    if one.leader.holder.title != one.document.title:
        found.add(Cause.OTHER_TITLE)
    if one.leader.foreign:
        return found | {Cause.NO_CHAIN}
    if one.leader.expires < one.signed:
        found.add(Cause.EXPIRED)
    elif revoked_in_view(one.leader, one):  # a list past its next update tells too
        found.add(Cause.REVOKED)
    return found


def in_force(one: DeliveryFacts) -> bool:
    held = one.held_list
    return held is not None and held.published <= one.checked <= held.next_update


def test_the_audit_agrees_with_the_facts(keys: Keys) -> None:
    """Facts are judged here by a few comparisons, there by cryptography; every cause must be met at least once."""
    draw = random.Random(20180615)
    deliveries = [drawn(draw, key) for key in range(150)]
    met: set[Cause] = set()
    for one, audited in zip(deliveries, audit(deliveries, keys), strict=True):
        assert audited.key == one.key
        expected = failures(one)
        causes = {finding.cause for finding in audited.verdict.findings if finding.value is Value.FAILED}
        assert expected <= causes, one
        follows = {Cause.CONTENT_CHANGED, Cause.TIME_STAMP_OF_OTHER} if Cause.SIGNATURE_WRONG in expected else set()
        assert causes <= expected | follows, one
        if not expected:
            assert audited.verdict.value is (Value.PASSED if in_force(one) else Value.INDETERMINATE)
        met |= {finding.cause for finding in audited.verdict.findings}
    wanted = {Cause.CRL_MISSING, Cause.CRL_STALE, Cause.REVOKED, Cause.EXPIRED, Cause.NO_CHAIN, Cause.OTHER_TITLE}
    wanted |= {Cause.LEADER_MISSING, Cause.ORGANISATION_MISSING, Cause.TIME_STAMP_MISSING}
    assert wanted | {Cause.CONTENT_CHANGED, Cause.SIGNATURE_WRONG} <= met


def test_the_judge_is_given_bytes_a_time_and_rules_only() -> None:
    taken = typing.get_type_hints(judging.judge)
    assert taken.keys() == {"received", "return"}
    assert taken["received"] is Received
    held = {field.name: typing.get_type_hints(Received)[field.name] for field in dataclasses.fields(Received)}
    assert set(held) == {"document", "signatures", "chain", "crls", "at", "policy"}
    assert [held[name] for name in ("document", "signatures", "chain")] == [bytes] * 3
    assert held["crls"] == tuple[bytes, ...]
    assert {field.name for field in dataclasses.fields(Policy)} & {"fault", "verdict", "expected", "tampering"} == set()


def test_nothing_the_judge_imports_knows_the_world() -> None:
    """Followed from module to module: the facts and the play of them are never reached."""
    reached, waiting = set(), ["sim.exchange.signature.received"]
    while waiting:
        module = waiting.pop()
        if module in reached or not module.startswith("sim.exchange.signature"):
            continue
        reached.add(module)
        file = FOLDER.parents[2].joinpath(*module.split(".")).with_suffix(".py")
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        waiting += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    assert len(reached) >= 10
    assert not reached & OF_THE_WORLD


def test_equal_certificates_are_one_and_a_holder_has_one_key(keys: Keys) -> None:
    older = leader(1, "Phó Chủ tịch")
    stage = Stage([good(1), replace(good(1), leader=older), good(2)], keys)
    now, before, other = (stage.signer(facts) for facts in (leader(1), older, leader(2)))
    assert now.certificate != before.certificate
    assert now.key.public_key() == before.key.public_key()
    assert now.key.public_key() != other.key.public_key()


def test_a_saved_case_gives_the_same_verdict_on_the_command_line(
    keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = replace(good(), tampering=Tampering.CONTENT)
    for name, one, code in (("good", good(), 0), ("changed", changed, 5)):
        words = save(Stage([one], keys).received(one), tmp_path / name)
        assert program.main([*shlex.split(words), "--lang", "en"]) == code
        assert ("PASSED" in capsys.readouterr().out) is (code == 0)
        with pytest.raises(FileExistsError):
            save(Stage([one], keys).received(one), tmp_path / name)


def test_two_tales_of_one_certificate_are_refused(keys: Keys) -> None:
    other = replace(good(key=1), leader=leader(revoked=SIGNED))
    with pytest.raises(ValueError, match="one certificate"):
        audit([good(), other], keys)


def test_a_time_without_zone_is_refused(keys: Keys) -> None:
    with pytest.raises(ValueError, match="time zone"):
        audit([replace(good(), signed=SIGNED.replace(tzinfo=None))], keys)
    assert audits.audit([], keys) == []
