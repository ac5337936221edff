"""Why a page is no article; raised by the reader instead of returning half of one."""

from __future__ import annotations


class NotAnArticle(Exception):
    """The page is no article. ``reason`` is one of:

    ``empty``, ``binary``, ``too-large``, ``no-html``, ``no-text``, ``no-title``, ``section-page``, ``soft-404``,
    ``error-page``, ``login-wall``, ``cookie-wall``, ``gallery``, ``wrong-language``; ``detail`` says what was seen.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason
