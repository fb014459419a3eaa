"""Where the process of a command begins."""

import signal


def main() -> None:
    """Runs the command line; an interrupt while it is being imported ends the process without a traceback."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.cli import main as run_command

    signal.signal(signal.SIGINT, before)
    run_command()


if __name__ == "__main__":
    main()
