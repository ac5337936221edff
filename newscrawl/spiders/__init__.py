"""Spiders: from the wire and from the archive."""
