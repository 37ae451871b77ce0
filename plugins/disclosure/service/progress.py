"""What dags/run_once.py tells while it runs, for a person to follow."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TextIO


@dataclass(slots=True)
class Course:
    """How a run went, as far as it was told."""

    results: dict[str, list[Any]] = field(default_factory=dict)  # task → what it returned, per map
    failed_task: str = ""
    reason: str = ""


def follow(lines: Iterable[str], out: TextIO) -> Course:
    """Given the lines of JSON that dags/run_once.py writes, print what goes on and return how it went."""
    course = Course()
    for line in lines:
        event = json.loads(line)
        _note(event, course)
        if text := _describe(event):
            print(text, file=out, flush=True)
    return course


def _note(event: dict[str, Any], course: Course) -> None:
    if event["event"] == "done":
        course.results.setdefault(event["task"], []).append(event["result"])
    elif event["event"] == "failed":
        course.failed_task, course.reason = _name(event), event["reason"]
    elif event["event"] == "broken":
        course.failed_task, course.reason = event["file"], event["reason"]


def _describe(event: dict[str, Any]) -> str:
    match event["event"]:
        case "prepare":
            return "preparing Airflow"
        case "dag":
            return str(event["dag"])
        case "done":
            return f"  {_short(event):<10} {event['seconds']:6.1f} s   {_counts(event['result'])}".rstrip()
        case "retry":
            return f"  {_short(event):<10} failed, is tried again: {_first_line(event['reason'])}"
        case "failed":
            return f"  {_short(event):<10} FAILED: {_first_line(event['reason'])}"
    return ""


def _short(event: dict[str, Any]) -> str:
    return (
        str(event["task"]) if event["map_index"] < 0 else f"{event['task']}[{event['map_index']}]"
    )


def _name(event: dict[str, Any]) -> str:
    return f"{event['dag']}.{_short(event)}"


def _counts(result: Any) -> str:
    """A task's result in a few words: counts as they are, lists as their length."""
    if isinstance(result, dict):
        return ", ".join(f"{name} {value}" for name, value in result.items() if value)
    if isinstance(result, list):
        return f"{len(result)} batch{'' if len(result) == 1 else 'es'}"
    return ""


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""
