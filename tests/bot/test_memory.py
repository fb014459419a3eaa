"""Threads share the places that memory is taken from."""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, sys, threading
from bot.operations.memory import share_arenas
library = ctypes.CDLL(None)
if not hasattr(library, "malloc_info"):
    sys.exit(77)
share_arenas()
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier(16)
def take():
    together.wait()
    assert library.malloc(1000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(16)]
for each in threads: each.start()
for each in threads: each.join()
library.fopen.restype = ctypes.c_void_p
told = ctypes.c_void_p(library.fopen(b"/dev/stdout", b"w"))
library.malloc_info(0, told)
library.fflush(told)
"""


def test_sixteen_threads_take_memory_from_two_places() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True)
    if ended.returncode == 77:
        pytest.skip("The C library is not glibc")
    assert ended.returncode == 0, ended.stderr
    assert 1 <= ended.stdout.count("<heap ") <= 2
