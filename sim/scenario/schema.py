"""What a planner may write in a scenario: the shape of every section.

A scenario is frozen once loaded. Unknown keys are errors. Every number is a quantity with a unit, a
range, a basis (`plan`, `reported`, `derived`, `assumed`) and a source; the values themselves live in
the TOML and CSV files under `scenarios/`, never here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.results.words import Words
from sim.scenario.dossier_schema import Dossiers
from sim.scenario.network_schema import Network, Post, Signatures
from sim.scenario.office_schema import Calendar, Documents, Matrix, People, Seasons, Volumes
from sim.scenario.plan_schema import (
    Budget,
    Changeover,
    ExtraLine,
    Group,
    Horizon,
    LeftOut,
    Mandate,
    Move,
    Plan,
    PurchaseTerms,
    Reporting,
    Rollout,
    Target,
    Title,
)
from sim.scenario.quantity import Section, Share
from sim.scenario.start_schema import Adoption, Baseline, Calibration, Equipment, ReportedCount, Start


class Run(Section):
    """How the answer is computed."""

    seed: Annotated[int, Words("Hạt giống ngẫu nhiên", "Seed of the random numbers")] = Field(ge=0, lt=2**63)
    replications: Annotated[int, Words("Số lần mô phỏng", "Replications")] = Field(ge=1, le=10_000)
    required_probability: Annotated[
        Share, Words("Xác suất yêu cầu để coi là đạt được", "Probability required for “reachable”")
    ]
    audited_deliveries: Annotated[
        int, Words("Số lượt gửi được ký và kiểm tra thật", "Deliveries signed and verified for real")
    ] = Field(ge=0, le=100_000)
    """Verified deliveries of each replication that are really signed and verified, at most; 0: none."""
    audited_share: Annotated[
        float, Words("Tỷ lệ lượt gửi được xét để kiểm tra thật", "Share of deliveries they are chosen among")
    ] = Field(gt=0.0, le=1.0)
    """Those are chosen by key among this share of all verified deliveries."""
    thinning: Annotated[
        int, Words("Cứ bao nhiêu văn bản, hồ sơ thì mô phỏng một", "One in so many documents and dossiers is simulated")
    ] = Field(ge=1, le=1000)
    """1: all. In a thinned world nobody waits for hands that are busy; people, money and orders are the same."""

    @property
    def audits(self) -> int:
        """Deliveries of one replication that are really signed and verified, at most: as few as the world is thin."""
        return self.audited_deliveries // self.thinning


class Scenario(Section):
    """One province, one plan, one set of assumptions."""

    schema_version: Literal[1] = Field(alias="schema")
    name: str
    title: Title
    plan: Plan
    horizon: Horizon
    agencies: Annotated[str, Words("Bảng các cơ quan", "Table of the agencies")]
    """CSV of the agencies, under `scenarios/`."""
    calendar: Calendar
    volumes: Volumes
    matrix: Matrix
    seasons: Seasons
    documents: Documents
    people: People
    network: Network
    post: Post
    signatures: Signatures
    start: Start
    calibration: Calibration = Calibration()
    equipment: Equipment
    adoption: Adoption
    dossiers: Dossiers
    budget: Budget
    purchases: dict[str, dict[str, PurchaseTerms]] = Field(default_factory=dict)
    """What the table of purchases says, by line and kind, and what was set over it."""
    reporting: Reporting
    mandates: tuple[Mandate, ...]
    targets: tuple[Target, ...]
    groups: tuple[Group, ...] = ()
    moves: tuple[Move, ...] = ()
    rollouts: tuple[Rollout, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    extra_lines: tuple[ExtraLine, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    counts: tuple[ReportedCount, ...] = ()
    changeover: Changeover = Changeover()
    run: Run
