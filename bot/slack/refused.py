"""What ends the work on what somebody asked for in Slack, where they do not get it."""


class RefusedError(Exception):
    """Somebody is not given what they asked for; `reason` is the phrase to tell them why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
