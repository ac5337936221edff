"""An address in its normal form: what makes two spellings one article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

#: Parameters that say where a reader came from, and nothing of what is shown.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|_ga|_gl|ref_src|ref_url|cmpid|ito|smid|"
    r"ns_\w+|at_\w+|xtor|spm|__twitter_impression|sh|feature|fb_action_\w+|"
    r"phpsessid|jsessionid|sid|session_?id|aspsessionid\w*)",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)


def identity(url: str) -> str:
    """Normalise an address (RFC 3986, section 6): case, default port, escapes, order of parameters; no fragment.

    Tracking and session parameters go, and so does an empty query; the scheme counts as https, and ``www.`` and a
    trailing slash do not count, because outlets answer to both.

    >>> identity("HTTP://www.Demo.example:80/a/?utm_source=x&b=2&a=1#top")
    'https://demo.example/a?a=1&b=2'
    """
    try:
        parts = urlsplit(canonicalize_url(url))
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").removeprefix("www.")
    if ":" in host:
        host = f"[{host}]"
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = re.sub(r"/{2,}", "/", _SESSION_PATH.sub("", parts.path))
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit(("https", host, path.rstrip("/"), urlencode(kept), ""))


def shape(url: str) -> str:
    """Give an address's shape: digits and slugs blurred, so that a calendar's or a tag cloud's pages look alike.

    >>> shape("https://demo.example/2026/11/23/water-is-back-in-town?page=7")
    'demo.example/9/9/9/slug?page'
    """
    parts = urlsplit(identity(url))
    steps = [_blur(step) for step in parts.path.strip("/").split("/")]
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.netloc}/{'/'.join(steps)}" + (f"?{names}" if names else "")


def _blur(step: str) -> str:
    if re.fullmatch(r"[\d-]+", step):
        return "9"
    if step.count("-") >= 3 or len(step) > 40 or "%" in step:
        return "slug"
    return re.sub(r"\d+", "9", step)
