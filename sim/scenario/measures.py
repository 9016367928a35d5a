"""Names that a target may use: measures, scopes and readings."""

from __future__ import annotations

DOSSIER_MEASURES: tuple[str, ...] = (
    "dossier_online_share",
    "dossier_unassisted_online_share",
    "dossier_offered_online_share",
    "business_registration_online_share",
    "investment_certificate_online_share",
    "dossier_linked_share",
    "dossier_returned_share",
    "dossier_on_time_share",
    "dossier_recorded_on_time_share",
)
"""Shares of one-stop dossiers, which a scenario without procedures does not simulate."""

PROJECTS = "project_finished_count"
"""Budget lines of which everything has been delivered."""
THINGS_COUNTED: tuple[str, ...] = ("key_database_count", "service_level3_count", PROJECTS)
"""Measures that are numbers of things, so that a target states how many it wants."""

MEASURES: tuple[str, ...] = (
    "exchange_electronic_share",
    "exchange_electronic_only_share",
    "exchange_signed_share",
    "exchange_electronic_document_share",
    "internal_electronic_share",
    "internal_online_circulation_share",
    "submission_electronic_share",
    "ministry_electronic_share",
    "eoffice_installed_share",
    "eoffice_agency_share",
    "eoffice_effective_share",
    "eoffice_linked_share",
    "eoffice_user_share",
    "wan_connected_share",
    "dedicated_network_share",
    "private_network_share",
    "email_user_share",
    "lan_agency_share",
    "security_agency_share",
    "signature_agency_share",
    "website_agency_share",
    "video_agency_share",
    "it_staff_complete_share",
    "cio_share",
    "trained_share",
    "eoffice_trained_share",
    "onestop_agency_share",
    "onestop_linked_share",
    "onestop_procedure_share",
    "online_service_agency_share",
    "service_level2_share",
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "sector_database_share",
    "pc_share",
    *DOSSIER_MEASURES,
    *THINGS_COUNTED,
    "milestone",
)
"""Every measure a target may name; `sim.measure` computes each of them."""

MILESTONE = "milestone"
"""A target without a figure: what its budget lines pay for has been delivered."""
OF_LINES: tuple[str, ...] = (MILESTONE, PROJECTS)
"""Measures of budget lines; no other has any."""

COUNTED: tuple[str, ...] = (
    "certificates_active",
    "organisation_certificates",
    "personal_certificates",
    "key_database_count",
)
"""Numbers of things, which a plan may report of its start."""

NEEDS_BOTH_ENDS: tuple[str, ...] = (
    "exchange_electronic_only_share",
    "exchange_signed_share",
    "submission_electronic_share",
    "ministry_electronic_share",
    "service_level2_share",
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "service_level3_count",
    "onestop_procedure_share",
    *DOSSIER_MEASURES,
)
"""Measures that are not counted for a single agency or a named group."""
OF_SERVICES: tuple[str, ...] = (
    "service_level2_share",
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "service_level3_count",
    "onestop_procedure_share",
)
"""Measures over the table of procedures, without which there is nothing to count."""

SCOPE_TIERS: tuple[str, ...] = ("province", "office", "department", "district", "commune")
"""Tiers a scope may name; `province` is the office and the departments."""

READINGS: tuple[str, ...] = (
    "true",
    "accepted",
    "sent",
    "non_secret",
    "province+district",
    "only",
    "circulating",
    "dedicated",
    "connected",
    "wholly",
    "catalogue",
    "offered",
    "unassisted",
)
"""Other ways to count a target that may be shown beside it."""
