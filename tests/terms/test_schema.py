"""The JSON Schema that editors use: in step with the language, and it accepts every example."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from holdfire.cli import cli

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schema" / "agreement.schema.json"
EXAMPLES = sorted((ROOT / "examples").glob("*/agreement.toml"))


def as_json(value: Any) -> Any:
    """TOML's dates as the strings that JSON has for them."""
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def test_the_file_is_what_the_command_prints() -> None:
    printed = CliRunner().invoke(cli, ["schema"])
    assert printed.exit_code == 0
    assert SCHEMA.read_text(encoding="utf-8") == printed.output, "holdfire schema > schema/…"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_is_valid(path: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    agreement = as_json(tomllib.loads(path.read_text(encoding="utf-8")))
    jsonschema.validate(agreement, schema, cls=jsonschema.Draft202012Validator)


def test_a_wrong_key_is_not() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    agreement = as_json(tomllib.loads(EXAMPLES[0].read_text(encoding="utf-8")))
    agreement["clauses"][0]["prohibits"] = ["combat"]
    with pytest.raises(jsonschema.ValidationError, match="prohibits"):
        jsonschema.validate(agreement, schema, cls=jsonschema.Draft202012Validator)
