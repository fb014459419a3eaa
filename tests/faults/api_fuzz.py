"""Asks the whole API what its reference allows, and what it does not, over the sample reports: `make fuzz`.

schemathesis makes the requests: the examples, the limits of each field and beyond, values at random, and calls in a row
that go on with what came back. Nothing may be answered with a 5xx, or otherwise than the reference says.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.served import served
from tests.conftest import SAMPLES, ingest
from vectorstore.settings import IndexSettings

_CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
# Not use_after_free: removed reports are still shown, as answers cite them.
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "unsupported_method",
    "allow_header_conformance",
)
ALL_PHASES = "examples,coverage,fuzzing,stateful"


@dataclass(frozen=True)
class Fuzzed:
    """How many requests were made of how many endpoints, and what schemathesis says of the answers."""

    requests: int
    endpoints: int
    passed: bool
    told: str


def fuzz(service: Service, *, phases: str = ALL_PHASES, examples: int, seed: int = 1) -> Fuzzed:
    """Makes so many requests of each kind to each endpoint, as a stranger who needs no key."""
    with served(service) as port, TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIGURATION)),
            *("run", f"http://127.0.0.1:{port}/openapi.json", "--phases", phases, "--checks", ",".join(_CHECKS)),
            *("--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none"),
            *(
                "--continue-on-failure",
                "--no-color",
                "--request-timeout",
                "120",
                "--report",
                "json",
                "--report-json-path",
                str(report),
            ),
        ]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        told = json.loads(report.read_text(encoding="utf-8"))
        passed = ended.returncode == 0 and told["complete"]
        return Fuzzed(told["test_cases"]["generated"], told["operations"]["tested"], passed, ended.stdout)


def service_of_samples(index: Path, models_path: Path | None = None) -> Service:
    """An index that follows the sample reports, so that it can be refreshed."""
    return build_service(IndexSettings(path=index, models_path=models_path, folders=(SAMPLES,)), BotSettings())


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=40, help="requests of each kind to each endpoint")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        service = service_of_samples(Path(folder) / "data")
        ingest(service, SAMPLES)
        fuzzed = fuzz(service, examples=asked.examples, seed=asked.seed)
        service.close()
    sys.stdout.write(f"{fuzzed.told}\n{fuzzed.requests} requests to {fuzzed.endpoints} endpoints\n")
    sys.exit(0 if fuzzed.passed else 1)


if __name__ == "__main__":
    _main()
