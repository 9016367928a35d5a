"""Names that a target may use: measures, scopes and readings."""

from __future__ import annotations

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
    "wan_connected_share",
    "dedicated_network_share",
    "email_user_share",
    "pc_share",
    "lan_agency_share",
    "website_agency_share",
    "isms_agency_share",
    "sector_database_share",
    "key_database_count",
    "signature_agency_share",
    "certificates_active",
    "trained_share",
    "cio_share",
    "it_staff_complete_share",
    "meeting_online_share",
    "personnel_file_share",
    "steering_information_share",
    "onestop_agency_share",
    "onestop_linked_share",
    "onestop_procedure_share",
    "dossier_online_share",
    "business_registration_online_share",
    "investment_certificate_online_share",
    "service_level3_share",
    "service_level4_share",
    "dossier_on_time_share",
    "delivery_hours_median",
    "delivery_hours_p95",
    "handling_hours_median",
    "refusal_share",
    "paper_pages",
    "cost_million_vnd",
    "spent_million_vnd",
    "station_utilisation",
    "link_utilisation",
    "datacentre_availability",
)
"""Every measure a target may name; `sim.measure` computes them."""

SCOPE_TIERS: tuple[str, ...] = ("province", "office", "department", "district", "commune")
"""Tiers a scope may name; `province` is the office and the departments."""

READINGS: tuple[str, ...] = ("true", "accepted", "non_secret", "province+district", "only", "circulating", "dedicated")
"""Other ways to count a target that may be shown beside it."""
