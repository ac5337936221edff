"""Scrapy components for the wire, and what a run keeps in mind."""
