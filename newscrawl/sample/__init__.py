"""A small world of our own, served over HTTP on loopback: two agencies, two outlets that reprint them, 30 pages.

``serve()`` starts it. In edition 2 one article has changed (a casualty figure) and one is taken down. Everything in
it is invented: outlets, agencies, people and events.
"""

from newscrawl.sample.server import PORTS, Request, Sample, SampleError, serve
from newscrawl.sample.truth import Trap, Truth, traps, truth
from newscrawl.sample.world import OUTLETS

__all__ = ["OUTLETS", "PORTS", "Request", "Sample", "SampleError", "Trap", "Truth", "serve", "traps", "truth"]
