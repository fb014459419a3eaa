"""Commands in processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vectorstore.settings import IndexSettings

ROOT = Path(__file__).parent.parent.parent


def started(*arguments: str, settings: IndexSettings, **more: Any) -> subprocess.Popen[str]:
    """A command in a process of its own; what is not about the process goes into its environment."""
    streams = {name: more.pop(name, subprocess.PIPE) for name in ("stdin", "stdout", "stderr")}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.Popen(command, env=environment(settings, **more), text=True, **streams)


def environment(settings: IndexSettings, **more: str) -> dict[str, str]:
    """The environment of a command that works in a folder.

    A server searches by itself there: processes that do so for it take seconds to start.
    """
    folders = {"INDEX_PATH": str(settings.path), "INDEX_MODELS_PATH": str(settings.models_path)}
    return {**os.environ, **folders, "BOT_SEARCH_PROCESSES": "0", "PYTHONPATH": str(ROOT), **more}


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
