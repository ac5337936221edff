"""The outlet kit: from an address to a seed, and from a page to a test. Pure; `newscrawl outlet` fetches for it."""
