"""Initials as other scripts spell them, letter by letter: पीटीआई, ಪಿಟಿಐ, پی ٹی آئی are PTI."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: What English calls its letters, by the letters that Unicode names in the scripts of India: pa+ii is P, e na is N.
_SPOKEN = re.compile(
    r"(?P<Z>ja\+ee? dda)|(?P<Q>ka ya\+uu?)|(?P<W>dda ba la ya\+uu?)|(?P<I>aa ii?|ai)|(?P<R>aa rr?a)|(?P<Y>va\+aa ii?)|"
    r"(?P<X>ee? ka sa)|(?P<F>ee? (?:pha|fa))|(?P<H>ee? ch?a)|(?P<L>ee? la)|(?P<M>ee? ma)|(?P<N>ee? n+a)|(?P<S>ee? sa)(?!\+)|"
    r"(?P<B>ba\+ii?)|(?P<C>sa\+ii?)|(?P<D>dda\+ii?)|(?P<G>ja\+ii?)|(?P<J>ja\+ee?)|(?P<K>ka\+ee?)|(?P<P>pa\+ii?)|(?P<T>tta\+ii?)|"
    r"(?P<U>ya\+uu?)|(?P<V>va\+ii?)|(?P<O>oo?|au)|(?P<A>ee?)|(?P<E>ii?)"
)
#: The same in Urdu, Persian and Amharic, a word for each letter.
_SPELLED = (
    "اے=A بی=B سی=C ڈی=D دی=D ای=E ایف=F اف=F جی=G ایچ=H آئی=I آی=I جے=J کے=K ایل=L ال=L ایم=M ام=M این=N ان=N او=O پی=P کیو=Q آر=R ایس=S اس=S ٹی=T تی=T یو=U وی=V ڈبلیو=W وائی=Y زیڈ=Z "
    "ኤ=A ቢ=B ሲ=C ዲ=D ኢ=E ኤፍ=F ጂ=G ኤች=H አይ=I ጄ=J ኬ=K ኤል=L ኤም=M ኤን=N ኦ=O ፒ=P አር=R ኤስ=S ቲ=T ዩ=U ቪ=V"
)
_WORDS = dict(pair.split("=") for pair in _SPELLED.split())


@lru_cache(maxsize=1024)
def initials(text: str) -> str:
    """Give the Latin letters that a text of two to six of them spells, else ''.

    >>> initials("पीटीआई"), initials("ಪಿಟಿಐ"), initials("ए.एन.आई."), initials("کے این ایس"), initials("पुल")
    ('PTI', 'PTI', 'ANI', 'KNS', '')
    """
    if len(text) > 30 or text.isascii():
        return ""
    words = text.replace(".", " ").split()
    if all(word in _WORDS for word in words):
        return "".join(_WORDS[word] for word in words) if 1 < len(words) < 7 else ""
    names = " ".join(filter(None, (_named(letter) for letter in text))).replace(" +", "+")
    found, letters = None, ""
    position = 0
    while (found := _SPOKEN.match(names, position)) is not None:
        letters, position = letters + str(found.lastgroup), found.end() + 1
        if position < len(names) and names[position - 1] != " ":
            return ""
    return letters if position > len(names) and 1 < len(letters) < 7 else ""


def _named(letter: str) -> str:
    """Name a letter or vowel sign as Unicode does: pa, +ii."""
    name = unicodedata.name(letter, "")
    if " LETTER " in name and "\u0900" <= letter <= "\u0d7f":
        said = name.split(" LETTER ")[1].lower()
        return f"{said[7:]}a" if said.startswith("chillu ") else said
    return "+" + name.split(" SIGN ")[1].lower() if " VOWEL SIGN " in name else ""
