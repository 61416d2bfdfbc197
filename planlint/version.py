"""The only place for the version of planlint."""

__version__ = "0.1.0"
