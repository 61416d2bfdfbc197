"""The JSON Schemas that come with planlint."""

from __future__ import annotations

from importlib.resources import files


def read_schema(name: str) -> str:
    """Return the text of a schema, `plan`, `report`, `coverage` or `diff`."""
    return files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
