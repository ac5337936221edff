"""An address in its normal form: what makes two spellings one article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

#: Parameters that say where a reader came from or how the page is dressed, and nothing of what it tells.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|_ga|_gl|ref|ref_src|ref_url|cmpid|ito|smid|"
    r"ns_\w+|at_\w+|xtor|spm|__twitter_impression|sh|feature|fb_action_\w+|share|replytocom|amp|print|printable|"
    r"sid|cfid|cftoken|zenid|oscsid|\w*sess(?:ion)?_?(?:id|key|token)?|aspsessionid\w*)",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
#: Last steps of addresses that show an article in another dress, or what hangs on it.
_DRESS = re.compile(r"/(?:amp|print|feed|comments?|share|email|trackback)/?$", re.IGNORECASE)


def identity(url: str) -> str:
    """Normalise an address (RFC 3986, section 6): case, default port, escapes, order of parameters; no fragment.

    Tracking and session parameters go, and so do an empty query and an index file's name; the scheme counts as https,
    and ``www.`` and a trailing slash do not count, because outlets answer to both.

    >>> identity("HTTP://www.Demo.example:80/a/index.html?utm_source=x&b=2&a=1#top")
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
    path = _INDEX.sub("/", re.sub(r"/{2,}", "/", _SESSION_PATH.sub("", parts.path)))
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit(("https", host, path.rstrip("/"), urlencode(kept), ""))


def undressed(url: str) -> str:
    """Give the address of the article that another one may only dress up: without query, ``/amp`` or ``/print``.

    >>> undressed("https://demo.example/news/bridge/amp/?view=dark")
    'https://demo.example/news/bridge'
    """
    return _DRESS.sub("", identity(url).partition("?")[0])


def is_dressed(url: str) -> bool:
    """Does the address name itself a print, AMP, feed or comment view?"""
    return _DRESS.search(urlsplit(url).path) is not None


def shape(url: str) -> str:
    """Give an address's shape: steps blurred, so that a calendar's, a tag cloud's or a listing's pages look alike.

    The steps but the last keep their words, the last one its kind: number, slug, word, or word with a number.

    >>> shape("https://demo.example/2026/11/23/water-is-back-in-town?page=7"), shape("https://demo.example/tag/x-12")
    ('demo.example/9/9/9/slug?page', 'demo.example/tag/w9')
    """
    parts = urlsplit(identity(url))
    *steps, last = parts.path.strip("/").split("/")
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    blurred = [*(_blur(step, word=step) for step in steps), _blur(last, word="w" if last else "")]
    return f"{parts.netloc}/{'/'.join(blurred)}" + (f"?{names}" if names else "")


def _blur(step: str, *, word: str) -> str:
    if re.fullmatch(r"[\d-]+", step):
        return "9"
    if step.count("-") >= 3 or len(step) > 40 or "%" in step:
        return "slug"
    return "w9" if re.search(r"\d", step) else word
