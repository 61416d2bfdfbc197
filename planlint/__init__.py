"""planlint finds what cannot be true in a plan before the plan is signed."""

from planlint.version import __version__

__all__ = ["__version__", "check"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from planlint.api import check


def __getattr__(name: str) -> object:
    """Import the programming interface only when it is asked for: the command starts faster without it."""
    if name == "check":
        from planlint.api import check

        return check
    raise AttributeError(f"module 'planlint' has no attribute {name!r}")
