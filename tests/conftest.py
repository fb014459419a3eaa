"""What tests share: the bundled models prepared once, and a service with the sample reports."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient
from filelock import FileLock
from hypothesis import settings

from bot.app import create_app
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from ingest.plan import Change
from ingest.runs import Run
from ingest.sources import files_under
from tests.bot.restricted import reports
from vectorstore.settings import IndexSettings

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
SHARED = Path(__file__).parent.parent.parent / "shared"
OWNER = "the-owner"

# Where tests run in a shell's background it ignores interrupts, and commands that are started would do so too.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("untimed", deadline=None)  # how long an example takes is for bench/ to tell
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _settings_of_this_machine_are_left_out() -> None:
    """Tests must not depend on a developer's environment."""
    for name in [name for name in os.environ if name.startswith(("INDEX_", "BOT_", "SLACK_"))]:
        del os.environ[name]


@pytest.fixture(scope="session")
def common_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes that run tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def models_path(common_path: Path) -> Path:
    """Where the bundled model is prepared, once for all tests and processes that run them."""
    return common_path / "models"


@pytest.fixture(scope="session")
def sample_index(common_path: Path, models_path: Path) -> Path:
    """An index of the sample reports, made once for all tests and processes that run them; copy it, then open it."""
    index = common_path / "samples"
    with FileLock(common_path / "samples.lock"):
        if not index.exists():
            built = build_service(IndexSettings(path=common_path / "making", models_path=models_path), BotSettings())
            run = ingest(built, SAMPLES)
            assert (run.state, run.failed) == ("done", ()), run
            built.close()
            (common_path / "making").rename(index)
    return index


@pytest.fixture
def index_settings(tmp_path: Path, models_path: Path) -> IndexSettings:
    """An index folder of the test's own."""
    return IndexSettings(path=tmp_path / "data", models_path=models_path)


@pytest.fixture
def service(index_settings: IndexSettings) -> Iterator[Service]:
    """A service on an empty index."""
    built = build_service(index_settings, BotSettings())
    yield built
    built.close()


@pytest.fixture(scope="session")
def sample_service(
    tmp_path_factory: pytest.TempPathFactory, models_path: Path, sample_index: Path
) -> Iterator[Service]:
    """A service with the sample reports; tests only read it."""
    path = copytree(sample_index, tmp_path_factory.mktemp("samples") / "data")
    built = build_service(IndexSettings(path=path, models_path=models_path), BotSettings())
    yield built
    built.close()


@pytest.fixture(scope="session")
def restricted_service(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """A service with a report for the board alone among those for everybody; tests only read it."""
    folder = tmp_path_factory.mktemp("restricted")
    built = build_service(IndexSettings(path=folder / "data", models_path=models_path), BotSettings())
    assert ingest(built, reports(folder)).new == 4
    yield built
    built.close()


@pytest.fixture(scope="session")
def client(sample_service: Service) -> Iterator[TestClient]:
    """The HTTP API over the sample reports."""
    with api_client(sample_service) as opened:
        yield opened


def api_client(service: Service, *, owner: bool = False) -> TestClient:
    """A caller of a service's HTTP API, as a stranger or as the owner of the index folder."""
    app = create_app(service, SlackSettings(), owner_token=OWNER)
    headers = {"Authorization": f"Bearer {OWNER}"} if owner else {}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers, raise_server_exceptions=False)


def ingest(service: Service, *paths: Path, replace_folder: bool = False) -> Run:
    """Takes files and folders in, through the worker, and waits for it."""
    folders = tuple(str(path.resolve()) for path in paths) if replace_folder else ()
    run = service.worker.submit(Change(files=files_under(paths), mirrored=folders))
    service.worker.wait()
    found = service.worker.find(run.run_id)
    assert found
    return found
