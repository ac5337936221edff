"""What a page's elements call themselves: every class and id is read once, and each spelling of them is judged once."""

from __future__ import annotations

from collections.abc import Callable

from lxml.html import HtmlElement

#: Elements that rules ask for by such marks; others, such as pictures and scripts, have the most attributes.
_TAGS = (
    "div", "span", "p", "a", "li", "ul", "ol", "h3", "h4", "h5", "h6", "section", "article", "aside", "header", "footer", "nav",
    "form", "figure", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "time", "abbr", "address", "cite", "small", "strong", "b", "em",
)  # fmt: skip


def marks_of(element: HtmlElement) -> str:
    """Give an element's class and id in one line."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


class Marks:
    """The elements of a text by their class and id, and those with a few other attributes, as the page was parsed.

    It also keeps every element's Python object, which lxml makes anew on each visit unless somebody holds it.
    """

    def __init__(self, tree: HtmlElement) -> None:
        self._alive = list(tree.iter())
        self._spelled: dict[str, list[HtmlElement]] = {}
        #: Elements with a property of microdata or RDFa, with a rel, and with what may hide them.
        self.stated: set[HtmlElement] = set()
        self.related: set[HtmlElement] = set()
        self.veiled: set[HtmlElement] = set()
        others = {
            "itemprop": self.stated, "property": self.stated, "rel": self.related,
            "hidden": self.veiled, "aria-hidden": self.veiled, "style": self.veiled,
        }  # fmt: skip
        for element in tree.iter(*_TAGS):
            class_ = id_ = ""
            for name, value in element.items():
                if name == "class":
                    class_ = value
                elif name == "id":
                    id_ = value
                elif name in others:
                    others[name].add(element)
            if class_ or id_:
                self._spelled.setdefault(f"{class_} {id_}", []).append(element)

    def those(self, fits: Callable[[str], bool]) -> set[HtmlElement]:
        """Give the elements whose class and id fit."""
        return {one for marks, elements in self._spelled.items() if fits(marks) for one in elements}
