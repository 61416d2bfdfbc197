"""Tests keep compiled rules in a folder of their own, so that they neither use nor leave anything in the user's."""

import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="planlint-tests-")
os.environ["PLANLINT_CACHE_DIR"] = _FOLDER.name
