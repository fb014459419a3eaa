"""Some hundred requests that the reference allows, or does not; `make fuzz` makes thousands."""

from pathlib import Path
from shutil import copytree

from tests.faults.api_fuzz import fuzz, service_of_samples


def test_whatever_is_asked_is_answered_as_the_reference_says(
    tmp_path: Path, models_path: Path, sample_index: Path
) -> None:
    service = service_of_samples(copytree(sample_index, tmp_path / "data"), models_path)
    fuzzed = fuzz(service, phases="fuzzing,stateful", examples=6)
    service.close()
    assert fuzzed.passed, fuzzed.told
    assert fuzzed.requests > 150
    assert fuzzed.endpoints > 20
