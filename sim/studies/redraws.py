"""How many replications rest on volumes that were drawn again, because a draw could not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.results.words import Words
from sim.studies.journal import Journal

REDRAWN = "volumes_redrawn"
"""In the manifest: simulations whose volumes were drawn again, `of` so many; absent when there is none."""


def redraws_of(journal: Journal, cells: Iterable[str]) -> dict[str, Any]:
    """What the manifest says of them; nothing when every draw held together.

    Raises:
        JournalDamagedError: a row is not what was written.
    """
    from sim.measure.payload import was_redrawn

    found = [was_redrawn(payload) for cell_hash in dict.fromkeys(cells) for _, payload in journal.payloads(cell_hash)]
    return {REDRAWN: {"simulations": sum(found), "of": len(found)}} if any(found) else {}


def redraw_words(manifest: Mapping[str, Any]) -> Words | None:
    """The share of such draws, and where to look; None when every draw held together."""
    if REDRAWN not in manifest:
        return None
    number, of = manifest[REDRAWN]["simulations"], manifest[REDRAWN]["of"]
    share = f"{100 * number / of:.3g}"
    share_vi = share.replace(".", ",")
    return Words(
        f"{number}/{of} lần mô phỏng ({share_vi} %) rút phải số văn bản đi và đến không khớp nhau, đã rút lại số"
        " văn bản; lệnh check nêu tham số nào và khoảng nào khớp",
        f"{number} of {of} simulations ({share} %) drew volumes that cannot hold together, and drew them again; check"
        " names the keys and the range that holds",
    )


def with_note(manifest: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Changes to the manifest: what was found, and a note for the reader of the report."""
    said = redraw_words(found)
    if said is None:
        return {}
    before = redraw_words(manifest)
    kept = [note for note in manifest["notes"] if before is None or note["en"] != f"{before.en}."]
    return {**found, "notes": [*kept, {"vi": f"{said.vi}.", "en": f"{said.en}."}]}
