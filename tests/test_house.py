"""The rules of the house, held by reading the code: who may import what, and who may touch the world."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from disclosure.settings import ROOT

PACKAGE = ROOT / "plugins" / "disclosure"
FLOOR = ("records.py", "form.py", "errors.py")
MODULES = sorted(PACKAGE.rglob("*.py"))
STANDARD = sys.stdlib_module_names

# The one door of each third-party library, below plugins/disclosure/.
DOORS = {
    "requests": ("crawl/client.py",),
    "duckdb": ("warehouse/connect.py",),
    "selectolax": tuple(
        f"parse/{each}.py" for each in ("html", "html_nodes", "html_table", "unseen")
    ),
    "great_expectations": ("quality/",),
    "psutil": ("service/processes.py",),
    "highspy": ("quality/programme.py",),
    "lxml": ("parse/markup.py",),
    "pypdfium2": tuple(f"parse/pdf_{each}.py" for each in ("page", "glyphs", "drawn", "sight")),
    "xlrd": ("parse/old_sheet.py",),
    "opencc": ("parse/scripts.py",),
    "charset_normalizer": ("parse/decode.py",),
}

# What parse may not do: it turns bytes into a report and knows nothing of the world.
WORLD = {
    "os", "io", "socket", "pathlib", "shutil", "tempfile", "subprocess", "time", "urllib", "http",
    "sqlite3", "random", "requests", "duckdb", "glob", "threading", "multiprocessing",
}  # fmt: skip


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Full names of the modules that a file imports, anywhere in it, but for type checking."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in _walk_run(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _walk_run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _walk_run(child)


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_dags_import_airflow(path):
    assert "airflow" not in roots(path)


@pytest.mark.parametrize("file", FLOOR)
def test_the_floor_stands_on_the_standard_library(file):
    assert roots(PACKAGE / file) <= STANDARD | {"disclosure"}
    assert not [one for one in imports(PACKAGE / file) if one.startswith("disclosure.")]


@pytest.mark.parametrize(("one", "other"), [("crawl", "parse"), ("parse", "crawl")])
def test_crawl_and_parse_do_not_know_each_other(one, other):
    for path in (PACKAGE / one).rglob("*.py"):
        known = [module for module in imports(path) if module.startswith(f"disclosure.{other}")]
        assert known == [], name(path)


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.parent.name == "parse"],
    ids=name,
)
def test_parse_touches_nothing_but_its_bytes(path):
    assert not roots(path) & WORLD
    calls = {ast.unparse(node.func) for node in _calls(path)}
    assert not calls & {"open", "input", "print", "datetime.now", "date.today", "datetime.today"}


def test_alerts_send_nothing():
    for path in (PACKAGE / "alerts").glob("*.py"):
        assert not roots(path) & {"smtplib", "socket", "requests", "subprocess"}, name(path)


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library):
    using = {name(path) for path in MODULES if library in roots(path)}
    assert all(path.startswith(DOORS[library]) for path in using)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_settings_reads_the_environment(path):
    allowed = {
        "settings.py",
        "service/environment.py",  # passes it on to Airflow
        "quality/__init__.py",  # reads nothing: turns Great Expectations' telemetry off before its import
    }
    reads = "os.environ" in path.read_text(encoding="utf-8") or "getenv" in path.read_text(
        encoding="utf-8"
    )
    assert not reads or name(path) in allowed


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_named_after_a_library(path):
    given = path.parent.name if path.stem == "__init__" else path.stem
    allowed = {"disclosure", "__main__"}
    # Airflow once imported every file below plugins/ under its bare name; a package's modules are safe behind theirs,
    # but a folder that loses its shield must not replace the standard library.
    if path.parent == PACKAGE or path.stem == "__init__":
        assert given in allowed or given not in libraries()
    assert given not in {"utils", "helpers", "common"}
    assert path.stem not in STANDARD - {"__main__", "html"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "form.py"], ids=name)
def test_a_module_can_be_read_in_one_sitting(path):  # form.py is a table of the form's rows
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@cache
def libraries() -> frozenset[str]:
    return frozenset(STANDARD) | frozenset(packages_distributions())


def _calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


# --- the shield ----------------------------------------------------------------------------------

LOAD_PLUGINS = """
import sys
from airflow import plugins_manager
plugins_manager.get_plugin_info() if hasattr(plugins_manager, "get_plugin_info") else None
from airflow.sdk import plugins_manager as of_tasks
print(sorted(name for name, module in sys.modules.items()
             if "{folder}" in str(getattr(module, "__file__", ""))))
"""


def loaded_by_airflow(folder: Path) -> list[str]:
    """Names under which Airflow imports files below a plugins folder when it looks for plugins."""
    import os

    shown = subprocess.run(
        [sys.executable, "-c", LOAD_PLUGINS.format(folder=folder)],
        env={**os.environ, "AIRFLOW__CORE__PLUGINS_FOLDER": str(folder), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return ast.literal_eval(shown.stdout.splitlines()[-1])


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """A plugins folder as ours is, with one innocent module in the package."""
    folder = tmp_path / "plugins"
    (folder / "disclosure").mkdir(parents=True)
    (folder / "disclosure" / "innocent.py").write_text("")
    shutil.copy(ROOT / "plugins" / ".airflowignore", folder)
    return folder


def test_airflow_does_not_import_our_library_as_plugins(plugins):
    assert loaded_by_airflow(plugins) == []


def test_without_the_shield_it_would(plugins):
    (plugins / ".airflowignore").unlink()
    assert loaded_by_airflow(plugins) != []
