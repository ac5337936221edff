"""Thin Scrapy adapters, one deed a file: archive, validate, dedupe, store."""
