"""The laws are looked for in the same examples every time, so that a failure can be had again.

``HOLDFIRE_SEARCH=1`` looks elsewhere each time: how a law is searched for its exceptions.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("search", print_blob=True)
settings.load_profile("search" if os.environ.get("HOLDFIRE_SEARCH") else "same")
