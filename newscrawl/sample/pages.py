"""The sample's HTML: articles and listings, each outlet in its own shape, with what surrounds them on real sites."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from string import Template

from newscrawl.sample.head import head, local
from newscrawl.sample.world import HERE, Site, Story, Trap, labels

#: How many teasers a listing page shows.
PAGE_SIZE = 3
_MONTHS = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"  # Turkish


def section_path(site: Site, lang: str, section: str) -> str:
    """Give the address of a section's listing; ``latest`` is the listing of everything."""
    if site.id == "gap-postasi":
        return f"/kategori/{lang}/{section}"
    if site.id == "sada-alsahel":
        return f"/category/{section}/"
    return f"/{lang}/{section}/"


def article(site: Site, base: str, story: Story) -> str:
    """Give the whole page of an article."""
    words = labels()[story.lang]
    others = [other for other in site.stories if other.path != story.path and other.lang == story.lang][:3]
    first = others[0] if others else story
    body = [_block(site, line) for line in story.lines]
    half = 2 if len(body) > 3 else len(body)
    main = _template(f"{site.id}.article").substitute(
        title=escape(story.title),
        standfirst=escape(story.standfirst),
        home=words["home"],
        section=words["sections"][story.section],
        section_path=section_path(site, story.lang, story.section),
        byline=f'<span class="byline author">{escape(story.author)}</span> ' if story.author else "",
        published=local(site, story.published).isoformat(),
        date_text=_date_text(site, story),
        share=words["share"],
        body_start="\n".join(body[:half]),
        body_end="\n".join(body[half:]),
        related_label=words["related"],
        related=_links(others),
        teasers="".join(_teaser(other) for other in others),
        first_url=first.path,
        first_title=escape(first.title),
    )
    return _shell(site, story.lang, story.title, head(site, base, story), main)


def trap(site: Site, base: str, page: Trap) -> str:
    """Give the page of a trap that is HTML: a list of links, or an article in a foreign language."""
    if page.kind == "links":
        teasers = "".join(_teaser(story) for story in site.stories)
        return _shell(
            site, page.lang, page.title, "", f"<h1>{escape(page.title)}</h1><div class='list'>{teasers}</div>"
        )
    main = f"<div class='haber-detay'><h1>{escape(page.title)}</h1><div class='haber-metni'>"
    main += "".join(f"<p>{escape(line)}</p>" for line in page.lines) + "</div></div>"
    return _shell(site, page.lang, page.title, "", main)


def listing(site: Site, lang: str, section: str, number: int) -> str | None:
    """Give one page (from 1) of a section's teasers, newest first, or None past the last one."""
    words = labels()[lang]
    pages = [page for page in site.entries(lang) if section == "latest" or getattr(page, "section", None) == section]
    shown = pages[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    if number < 1 or (number > 1 and not shown):
        return None
    name = words["home"] if section == "latest" else words["sections"][section]
    main = f"<h1>{name}</h1><div class='list'>{''.join(_teaser(page) for page in shown)}</div>"
    if number * PAGE_SIZE < len(pages):
        main += f"<div class='pagination'><a rel='next' href='?page={number + 1}'>{words['older']}</a></div>"
    return _shell(site, lang, name, "", main)


def home(site: Site) -> str:
    """Give the home page: the newest teasers of every language, and links to feeds."""
    lang = site.languages[0]
    feeds = {
        "two-rivers": [("rss", f"/{tag}/feed.xml") for tag in site.languages],
        "desht": [("atom", "/atom.xml")],
        "sada-alsahel": [("rss", "/feed/")],
    }[site.id]
    links = "".join(f'<link rel="alternate" type="application/{kind}+xml" href="{path}">' for kind, path in feeds)
    main = "".join(_teaser(page) for page in site.entries()[:6])
    return _shell(site, lang, labels()[lang]["home"], links, f"<div class='list'>{main}</div>")


def plain(site: Site, title: str, text: str) -> str:
    """Give a page in the outlet's frame that is no article: about us, not found."""
    return _shell(site, site.languages[0], title, "", f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def _shell(site: Site, lang: str, title: str, meta: str, main: str) -> str:
    words = labels().get(lang) or labels()[site.languages[0]]
    menu_lang = lang if lang in labels() else site.languages[0]
    menu = [("latest", words["home"]), *words["sections"].items()]
    return _template(site.id).substitute(
        lang=lang,
        dir=words["dir"],
        title=escape(title),
        site=escape(site.name),
        head=meta,
        main=main,
        nav="".join(f'<li><a href="{section_path(site, menu_lang, key)}">{name}</a></li>' for key, name in menu),
        most_read_label=words["most_read"],
        most_read=_links(site.stories[:4]),
        **{key: words[key] for key in ("home", "cookies", "accept", "newsletter", "subscribe", "rights", "about")},
    )


@cache
def _template(name: str) -> Template:
    return Template((HERE / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def _block(site: Site, line: str) -> str:
    if line.startswith("## "):
        return f"<h3>{escape(line[3:])}</h3>" if site.id == "desht" else f"<h2>{escape(line[3:])}</h2>"
    if site.id == "gap-postasi" and " (" in line[:40] and ") " in line:
        head, rest = line.split(") ", 1)
        return f"<p><strong>{escape(head)})</strong> {escape(rest)}</p>"
    return f"<p>{escape(line)}</p>"


def _links(pages: Sequence[Story | Trap]) -> str:
    return "".join(f'<li><a href="{page.path}">{escape(page.title)}</a></li>' for page in pages)


def _teaser(page: Story | Trap) -> str:
    words = labels().get(page.lang, {})
    text = f"<p>{escape(page.standfirst)}</p>" if isinstance(page, Story) else ""
    more = f'<a class="more" href="{page.path}">{words["read"]}</a>' if words else ""
    return f'<div class="teaser"><h3><a href="{page.path}">{escape(page.title)}</a></h3>{text}{more}</div>\n'


def _date_text(site: Site, story: Story) -> str:
    moment = local(site, story.published)
    if site.id == "gap-postasi" and story.lang == "tr":
        return f"{moment.day} {_MONTHS.split()[moment.month - 1]} {moment.year} {moment:%H:%M}"
    return f"{moment:%d %B %Y %H:%M}" if story.lang == "en" else f"{moment:%d/%m/%Y %H:%M}"
