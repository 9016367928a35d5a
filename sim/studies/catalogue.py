"""The options that a plan does not have, as a run keeps them: what may be tried, and what it is stated to cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario
from sim.studies.spec import RunSpec


def options_there_are(spec: RunSpec, loaded: LoadedScenario) -> dict[str, dict[str, Any]]:
    """Options beside those laid over the plan by name: titles, what they are against, million VND for this plan."""
    laid, decision = {Path(name).stem for name in spec.options}, loaded.scenario.plan.decision
    found = {}
    for one in list_scenarios():
        if one.kind != "option" or one.name in laid or one.proposal is None:
            continue
        is_stated = one.proposal.is_costed and one.proposal.stated_for in ("", decision)
        cost = one.proposal.total() if is_stated else None
        against = list(one.proposal.against)
        costs = one.proposal.costs if is_stated else ()
        paid = dict.fromkeys(row.title for row in costs if not row.in_simulation)  # the rest is what the title says
        found[one.name] = {
            "vi": one.title.vi,
            "en": one.title.en,
            "against": against,
            "cost_million_vnd": cost,
            "paid_for": {"vi": ", ".join(title.vi for title in paid), "en": ", ".join(title.en for title in paid)},
            "adds_to_plan": any(row.in_simulation for row in costs),
        }
    return found
