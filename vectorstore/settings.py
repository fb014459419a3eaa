"""What ingest and bot must agree on about the index."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_MODEL = "multilingual-e5-small"


class IndexSettings(BaseSettings):
    """Where the index lies and which model embeds it, from `INDEX_*` in the environment or a `.env` file."""

    model_config = SettingsConfigDict(env_prefix="INDEX_", env_file=".env", extra="ignore", frozen=True)

    path: Path = Field(default=Path("data"), description="Folder of the index, its catalogue and its models.")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL of the catalogue; SQLite under INDEX_PATH unless set."
    )
    embedding_model: str = Field(
        default=BUNDLED_MODEL,
        description="The bundled model, a sentence-transformers model by name or folder, "
        "or the model that INDEX_EMBEDDING_URL serves.",
    )
    embedding_url: str | None = Field(
        default=None, description="Base address of an OpenAI-compatible embedding server, ending in /v1."
    )
    embedding_api_key: str = Field(default="none", description="Key of that server.", repr=False)
    embedding_threads: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="Threads that embed."
    )
    models_path: Path | None = Field(
        default=None, description="Folder of prepared models; `models` under INDEX_PATH unless set."
    )

    @property
    def catalogue_url(self) -> str:
        """Where the catalogue is."""
        return self.database_url or f"sqlite:///{(self.path / 'catalogue.sqlite').absolute()}"

    @property
    def models_folder(self) -> Path:
        """Where prepared models are kept."""
        return self.models_path or self.path / "models"
