"""Simulates how a Vietnamese province's agencies exchange official documents."""
