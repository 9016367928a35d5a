"""`--half-width ID=2`: replications until a target's mean, or with `p:ID` its probability, is known that closely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from sim.measure.cells import is_reached, value_of
from sim.measure.payload import decode
from sim.measure.shared_draws import Sharing, sharing_in
from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import target_id
from sim.scenario.suggest import did_you_mean
from sim.scenario.units import UnitError, parse
from sim.studies.journal import Journal
from sim.studies.sequential import MOST, half_widths, replications_wanted, told, within_reach

HALF_WIDTH = "--half-width"
CHANCE = "p:"


@dataclass(frozen=True)
class UntilSure:
    """Half-widths to be met, by target id or `p:` and target id, as shares.

    Attributes:
        wanted: the half-widths.
        sharing: which draws of a calibration replications share.
    """

    wanted: Mapping[str, float]
    sharing: Sharing

    def replications(self, journal: Journal, cell_hash: str, done: int) -> int:
        """How many replications there should be, from what the journal holds of the first `done`."""
        results = self._results(journal, cell_hash, done)
        return replications_wanted(results, self.wanted, self._chances, done, self.sharing(range(done)))

    def standing(self, journal: Journal, cell_hash: str, done: int) -> Words:
        """How close each measure is known, and why it is no closer where that is not what was asked for."""
        results, shared = self._results(journal, cell_hash, done), self.sharing(range(done))
        found = half_widths(results, self._chances, done, shared)
        parts = [f"{name} ±{100 * found[name]:.2f} (≤ {100 * wanted:g})" for name, wanted in self.wanted.items()]
        open_ = {name for name, wanted in self.wanted.items() if found[name] > wanted}
        end = NOTHING
        if open_ and done >= MOST:
            end = Words(f"; dừng ở mức tối đa {MOST}", f"; stopped at the most, {MOST}")
        elif open_ and open_ <= told(results, self._chances, done, shared):
            end = Words(
                f"; dừng vì bảng hiệu chỉnh tương đương {shared.table_worth:.0f} lần rút: chạy thêm hầu như không hẹp"
                " hơn",
                f"; stopped since the calibration is worth {shared.table_worth:.0f} draws: more replications would"
                " hardly narrow it",
            )
        listed = ", ".join(parts)
        return Words(
            f"nửa khoảng tin cậy 95% sau {done} lần chạy, điểm %: {listed}{end.vi}",
            f"95% half-widths after {done} replications, in points: {listed}{end.en}",
        )

    def too_narrow(self, journal: Journal, cell_hash: str, done: int) -> Words | None:
        """What no allowed number of replications can give, as far as the spread seen so far tells; None otherwise."""
        reach = within_reach(self._results(journal, cell_hash, done), self._chances, done, self.sharing(range(done)))
        short = {name: reach[name] for name, wanted in self.wanted.items() if reach.get(name, 0.0) > wanted}
        if not short or done >= MOST:
            return None
        parts = [f"{name}={100 * self.wanted[name]:g} (±{100 * width:.2g})" for name, width in short.items()]
        listed = ", ".join(parts)
        return Words(
            f"{HALF_WIDTH} {listed}: hẹp hơn mức mà {MOST} lần chạy, số nhiều nhất, cho được (trong ngoặc, điểm %) với"
            f" độ phân tán thấy qua {done} lần chạy. Số viết trần là điểm %: 2 là ±2 điểm, 0.05 là một phần hai mươi"
            " của một điểm. Muốn dừng bấm Ctrl-C (kết quả đã có vẫn giữ), rồi gõ lại với số rộng hơn.",
            f"{HALF_WIDTH} {listed}: narrower than {MOST} replications, the most, can give (in brackets, percentage"
            f" points) with the spread seen in {done} replications. A bare number is percentage points: 2 is ±2 points,"
            " 0.05 a twentieth of one point. To stop press Ctrl-C (what is finished is kept) and ask for a wider one.",
        )

    @property
    def _chances(self) -> frozenset[str]:
        return frozenset(name for name in self.wanted if name.startswith(CHANCE))

    def _results(self, journal: Journal, cell_hash: str, done: int) -> dict[str, list[float]]:
        payloads = [(number, payload) for number, payload in journal.payloads(cell_hash) if number < done]
        measured = {number: decode(payload, months=False) for number, payload in payloads}
        results: dict[str, list[float]] = {name: [] for name in self.wanted}
        for number in range(done):
            one = measured.get(number)
            for name, values in results.items():
                target = name.removeprefix(CHANCE)
                if one is None:
                    values.append(nan)
                elif name.startswith(CHANCE):
                    values.append(float(is_reached(one, target)))
                else:
                    value = value_of(one, target)
                    values.append(nan if value is None else value)
        return results


def until_sure(texts: Sequence[str], loaded: LoadedScenario, seed: int) -> UntilSure | None:
    """Read `ID=2 points` and `p:ID=5 %`, for replications of a seed; None without any.

    Raises:
        ScenarioErrors: everything wrong with any of them.
    """
    known = [target.id for target in loaded.scenario.targets]
    names = [*known, *(f"{CHANCE}{one}" for one in known)]
    wanted: dict[str, float] = {}
    errors = []
    for text in texts:
        name, _, written = text.partition("=")
        chance = CHANCE if name.strip().startswith(CHANCE) else ""
        name = chance + target_id(name.strip().removeprefix(CHANCE), loaded.target_numbers)
        if name not in names:
            reason = Words(f"kịch bản không có chỉ tiêu “{shown(name)}”", f'the scenario has no target "{shown(name)}"')
            errors.append(ScenarioError("E-HW-001", HALF_WIDTH, shown(name), reason, did_you_mean(name, names)))
            continue
        try:
            plain = written.strip()
            width = parse(f"{plain} %" if plain.replace(".", "", 1).replace(",", "", 1).isdigit() else plain, "share")
        except UnitError as error:
            errors.append(ScenarioError(error.code, HALF_WIDTH, shown(name), error.reason, error.repair))
            continue
        if width <= 0.0:
            reason = Words("phải lớn hơn 0", "must be greater than 0")
            errors.append(ScenarioError("E-HW-001", HALF_WIDTH, shown(name), reason, NOTHING))
        wanted[name] = width
    if errors:
        raise ScenarioErrors(errors)
    return UntilSure(wanted, sharing_in(loaded, seed)) if wanted else None
