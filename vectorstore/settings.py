"""What ingest and bot must agree on about the index."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BUNDLED_MODEL = "multilingual-e5-small"


class IndexSettings(BaseSettings):
    """Where the index lies and which model embeds it, from `INDEX_*` in the environment or a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="INDEX_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

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
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="Threads that embed and rerank."
    )
    reranker: str | None = Field(
        default=None,
        description="A sentence-transformers cross-encoder, by name or folder, that puts the first 20 results in "
        "order; none unless set. It must know the languages of the questions and of the reports: an English one "
        "puts those in other languages in a worse order.",
    )
    models_path: Path | None = Field(
        default=None, description="Folder of prepared models; `models` under INDEX_PATH unless set."
    )

    folders: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="Folders that the index mirrors, separated by commas."
    )
    refresh_minutes: int = Field(
        default=60,
        ge=0,
        le=40_000,
        description="Minutes between two looks at the folders and the list; 0 looks when asked or when files change.",
    )
    fetch_list: Path | None = Field(
        default=None, description="File of document symbols or addresses to fetch, one a line."
    )
    fetch_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("documents.un.org", "docs.un.org", "undocs.org"),
        description="Hosts that documents may be fetched from, separated by commas.",
    )
    # undocs.org sends on to docs.un.org, which answers with a page that shows the document; this gives the document.
    fetch_address: str = Field(
        default="https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf",
        description="Where a document is fetched by its {symbol}, in its {language}.",
    )

    @field_validator("folders", "fetch_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @property
    def catalogue_url(self) -> str:
        """Where the catalogue is."""
        return self.database_url or f"sqlite:///{(self.path / 'catalogue.sqlite').absolute()}"

    @property
    def models_folder(self) -> Path:
        """Where prepared models are kept."""
        return self.models_path or self.path / "models"
