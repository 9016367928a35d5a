"""The rows of the table of provinces, from what they say of themselves at the end."""

from __future__ import annotations

from sim.results.country_tables import CountryProvinceRow
from sim.studies.country import CountryRun


def province_rows(ran: CountryRun) -> list[CountryProvinceRow]:
    """One row a province, in the country's order."""
    found = []
    for row, totals in zip(ran.country.provinces, ran.totals, strict=True):
        paper, linked, mail = totals.to_provinces
        found.append(
            CountryProvinceRow(
                province_id=row.province_id,
                name_vi=row.name_vi,
                name_en=row.name_en,
                population=row.population,
                districts=row.districts,
                communes=row.communes,
                agencies=totals.agencies,
                deliveries=totals.deliveries,
                inside=totals.inside,
                inside_electronic=totals.inside_electronic,
                from_centre=totals.from_centre,
                to_centre=totals.to_centre,
                from_provinces=totals.from_provinces,
                to_provinces_linked=linked,
                to_provinces_mail=mail,
                to_provinces_paper=paper,
                fingerprint=totals.fingerprint,
            )
        )
    return found
