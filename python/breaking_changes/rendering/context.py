"""What dbt's context holds that depends neither on the node nor on its package.

Everything has dbt's semantics (dbt-core 1.11, `dbt/context/base.py` and `providers.py`).
"""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from breaking_changes import yaml_values
from breaking_changes.artifacts import Manifest
from breaking_changes.artifacts.reading import mapping
from breaking_changes.rendering.adapter import needs_query
from breaking_changes.rendering.macros import MacroReturn
from breaking_changes.rendering.modules import modules
from breaking_changes.rendering.outcome import NotRendered

_TAKES_PYYAML = "It uses {}, which takes `pip install pyyaml`."

#: dbt's flags as `dbt run` has them without any option.
FLAGS = {
    "CACHE_SELECTED_ONLY": False,
    "DEBUG": False,
    "DEFER": False,
    "EMPTY": False,
    "FAIL_FAST": False,
    "FAVOR_STATE": False,
    "FULL_REFRESH": False,
    "INDIRECT_SELECTION": "eager",
    "INTROSPECT": True,
    "LOG_FORMAT": "default",
    "PARTIAL_PARSE": True,
    "PRINT": True,
    "QUIET": False,
    "SEND_ANONYMOUS_USAGE_STATS": False,
    "STATIC_PARSER": True,
    "STORE_FAILURES": False,
    "USE_COLORS": False,
    "VERSION_CHECK": True,
    "WARN_ERROR": False,
    "WHICH": "run",
    "WRITE_JSON": True,
}

_RAISING = [
    "column_type_missing",
    "missing_config",
    "missing_materialization",
    "missing_relation",
    "raise_ambiguous_alias",
    "raise_ambiguous_catalog_match",
    "raise_cache_inconsistent",
    "raise_compiler_error",
    "raise_contract_error",
    "raise_database_error",
    "raise_dataclass_not_dict",
    "raise_dep_not_found",
    "raise_dependency_error",
    "raise_duplicate_patch_name",
    "raise_duplicate_resource_name",
    "raise_fail_fast_error",
    "raise_invalid_property_yml_version",
    "raise_not_implemented",
    "relation_wrong_type",
]

_QUERIES = ["load_agate_table", "submit_python_job"]


def moment_of(manifest: Manifest) -> datetime.datetime:
    """When dbt made the manifest, in UTC: a clock that shows the same at each rendering."""
    for key in ("run_started_at", "invocation_started_at", "generated_at"):
        value = manifest.metadata.get(key)
        if isinstance(value, str):
            try:
                moment = datetime.datetime.fromisoformat(value)
            except ValueError:
                continue
            return moment.astimezone(datetime.UTC)
    return datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def base_context(manifest: Manifest, now: datetime.datetime) -> dict[str, Any]:
    """The members that are the same for every node of a manifest."""
    exceptions: dict[str, Callable[..., Any]] = {name: _raising(name) for name in _RAISING}
    silent = dict.fromkeys(("warn", "warn_snapshot_timestamp_data_types"), _silent)
    return {
        **{name: _query(name) for name in _QUERIES},
        "_sql_results": {},
        "adapter_macro": _raising("adapter_macro"),
        "context_macro_stack": None,
        "dbt_metadata_envs": mapping(manifest.metadata.get("env")),
        "dbt_version": str(manifest.metadata.get("dbt_version") or ""),
        "defer_relation": None,
        "diff_of_two_dicts": _difference,
        "exceptions": {**exceptions, **silent},
        "execute": True,
        "flags": FLAGS,
        "fromjson": _from_json,
        "fromyaml": _from_yaml,
        "graph": graph(manifest),
        "invocation_args_dict": {"which": "run", "full_refresh": False},
        "invocation_id": str(uuid.UUID(int=0)),
        "local_md5": lambda value: hashlib.md5(value.encode("utf-8")).hexdigest(),
        "log": _silent,
        "modules": modules(now),
        "print": _silent,
        "project_name": manifest.project,
        "return": _return,
        "run_started_at": now,
        "selected_resources": [],
        "set": _set,
        "set_strict": set,
        "sql_now": "",
        "store_raw_result": _silent,
        "thread_id": "Thread-1",
        "tojson": _to_json,
        "toyaml": _to_yaml,
        "try_or_compiler_error": _try,
        "validation": {"any": lambda *choices: _silent},
        "write": _silent,
        "zip": _zip,
        "zip_strict": zip,
    }


def graph(manifest: Manifest) -> dict[str, Any]:
    """`graph`: the manifest by sections, as dbt's `flat_graph`."""
    sections = "exposures functions groups metrics nodes saved_queries semantic_models sources"
    return {section: mapping(manifest.raw.get(section)) for section in sections.split()}


def _silent(*args: Any, **kwargs: Any) -> str:
    return ""


def _return(data: Any = None) -> None:
    raise MacroReturn(data)


def _raising(name: str) -> Callable[..., Any]:
    def fail(*args: Any, **kwargs: Any) -> None:
        message = str(args[0]).strip() if args else name
        raise NotRendered("jinja", f"A macro refuses it: {message}")

    return fail


def _query(name: str) -> Callable[..., Any]:
    def ask(*args: Any, **kwargs: Any) -> None:
        needs_query(name)

    return ask


def _to_json(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except ValueError:
        return default


def _from_json(string: str, default: Any = None) -> Any:
    try:
        return json.loads(string)
    except ValueError:
        return default


def _from_yaml(value: str, default: Any = None) -> Any:
    try:
        return yaml_values.read(value)
    except (AttributeError, yaml_values.BrokenYamlError):
        return default
    except yaml_values.UnreadYamlError:
        raise NotRendered("missing", _TAKES_PYYAML.format("fromyaml")) from None


def _to_yaml(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        import yaml
    except ImportError:
        raise NotRendered("missing", _TAKES_PYYAML.format("toyaml")) from None
    try:
        return yaml.safe_dump(data=value, sort_keys=sort_keys)
    except (ValueError, yaml.YAMLError):
        return default


def _set(value: Iterable[Any], default: Any = None) -> Any:
    try:
        return set(value)
    except TypeError:
        return default


def _zip(*args: Iterable[Any], default: Any = None) -> Any:
    try:
        return zip(*args, strict=False)
    except TypeError:
        return default


def _try(message_if_exception: str, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return func(*args, **kwargs)
    except NotRendered as error:
        if error.kind != "jinja":
            raise
        raise NotRendered("jinja", message_if_exception) from None
    except Exception:
        raise NotRendered("jinja", message_if_exception) from None


def _difference(
    dict_a: Mapping[str, list[str]], dict_b: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """The first without the second, whatever their case."""
    lowered = {key.casefold(): {value.casefold() for value in dict_b[key]} for key in dict_b}
    found = {}
    for key, values in dict_a.items():
        known = lowered.get(key.casefold())
        left = values if known is None else [one for one in values if one.casefold() not in known]
        if left or known is None:
            found[key] = left
    return found
