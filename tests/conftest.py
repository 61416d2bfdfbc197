"""Tests keep compiled rules in a folder of their own, so that they neither use nor leave anything in the user's."""

import os
import signal
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="planlint-tests-")
os.environ["PLANLINT_CACHE_DIR"] = _FOLDER.name

# Whoever starts the tests in the background has Ctrl-C ignored in all that they start; some tests press it.
signal.signal(signal.SIGINT, signal.default_int_handler)
