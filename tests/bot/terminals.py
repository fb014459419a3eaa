"""Commands at terminals of their own."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from contextlib import suppress

from tests.bot.processes import environment, until
from vectorstore.settings import IndexSettings

READY = "\x1b[?2004h"  # what a line editor sends before a line is typed: https://invisible-island.net/xterm/ctlseqs/
_STEERING = re.compile(r"\x1b\](?:.*?)(?:\x07|\x1b\\)|\x1b\[(?!\?2004h)[0-?]*[ -/]*[@-~]|\r")
# The terminal becomes the one whose Ctrl-C the command gets.
_PROGRAM = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from bot.__main__ import main; main()"
_PLAIN = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
_ROWS = 40


def plain(shown: str) -> str:
    """What a terminal is sent without colours and movements."""
    return _STEERING.sub("", shown)


class Terminal:
    """A command at a terminal: what is typed there, and what it shows, without colours and movements."""

    def __init__(self, *arguments: str, settings: IndexSettings, columns: int = 80, **more: str) -> None:
        self._screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *arguments],
            env=environment(settings, **_PLAIN, **more),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        self.raw = b""
        self._seen = 0
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def shown(self) -> str:
        """All that it showed."""
        return plain(self.raw.decode(errors="replace"))

    def type(self, keys: str) -> None:
        """Types these keys."""
        os.write(self._screen, keys.encode())

    def ask(self, line: str) -> None:
        """Types a line once one can be typed."""
        self.see(READY)
        self.type(f"{line}\r")

    def see(self, text: str) -> str:
        """What it showed since the last time until this text, which it shows sooner or later."""
        begun = self._seen
        until(lambda: text in self.shown[begun:] or not self._reading.is_alive(), seconds=30)
        place = self.shown.find(text, begun)
        assert place >= 0, f"{text!r} is not in {self.shown[begun:]!r}"
        self._seen = place + len(text)
        return self.shown[begun : self._seen]

    def end(self) -> int:
        """What the command ends with, once it has."""
        self._reading.join(timeout=60)
        os.close(self._screen)
        return self._process.wait(timeout=60)

    def _read(self) -> None:
        with suppress(OSError):  # how Linux tells that the other side has closed
            while piece := os.read(self._screen, 65536):
                self.raw += piece
