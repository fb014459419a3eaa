"""How long a reading process may run: a short time to parse a file, and more once it finds pages to recognise.

The operating system keeps both and ends the process, whatever it is busy with, when they are over.
"""

import math
import resource
import signal
import time

# Some six seconds is usual; one page alone may not take the time of all.
_PAGE_SECONDS = 120


def limit_time(seconds: int, *, for_scans: int) -> None:
    """Ends this process after `seconds` of wall clock, or later where it reads scans: after so many more in all."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + for_scans))
    signal.alarm(seconds)


def take_time_for_scans() -> float:
    """The moment, on the monotonic clock, when recognition must be over; without a limit that is never."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft == resource.RLIM_INFINITY:
        return math.inf
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    return time.monotonic() + hard - soft


def begin_page() -> None:
    """Lets this process run on for as long as one page may take, if its time is limited."""
    if signal.alarm(0):
        signal.alarm(_PAGE_SECONDS)
