"""Any sentence-transformers model by name: tried with the bundled weights, written as such a model's folder.

And any cross-encoder: tried with a tiny one of random weights, which ranks nothing well but is loaded like any other.

Runs where the extra is installed; `make sentence-transformers` makes such an environment.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.service import build_service
from bot.settings import BotSettings
from tests.conftest import SAMPLES, api_client, ingest
from vectorstore.e5_weights import Weights, bundled_file, read_weights
from vectorstore.models import ModelError, load_embeddings, model_fingerprint
from vectorstore.reranking import RERANKED, load_reranker
from vectorstore.settings import IndexSettings

pytest.importorskip("sentence_transformers")

TEXTS = [
    "٢٥ - أنجزت الأفرقة القطرية تحليلات قطرية مشتركة.",
    "The Secretary-General recommended that the resident coordinator system be funded from the regular budget.",
    "El Consejo Ejecutivo pide a la Directora Ejecutiva que presente un informe en su próximo período de sesiones.",
    "Le montant des contributions volontaires s'élève à 1,2 million de dollars, soit une baisse de 12 %.",
    "Генеральная Ассамблея постановляет рассмотреть этот вопрос на своей семьдесят третьей сессии.",
    "联合国人居署协助完成了涵盖34个国家的25份共同国家分析。",
]
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(bundled_file())


@pytest.fixture(scope="module")
def folder(weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "e5-as-a-folder"
    write_folder(weights, folder, prompts={"query": "query: ", "document": "passage: ", "passage": "passage: "})
    return folder


def write_folder(weights: Weights, folder: Path, *, prompts: dict[str, str]) -> None:
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    save_file(bert_tensors(weights), folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer(weights).save(str(folder / "tokenizer.json"))
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    files = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": 384,
            "intermediate_size": 1536,
            "num_attention_heads": weights.heads,
            "num_hidden_layers": weights.layers,
            "layer_norm_eps": weights.epsilon,
            "max_position_embeddings": 512,
            "vocab_size": len(weights.matrices["emb.word"].scales),
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True},
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{name}"}
            for index, (path, name) in enumerate(modules)
        ],
        "config_sentence_transformers.json": {"prompts": prompts, "default_prompt_name": None},
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def bert_tensors(weights: Weights) -> dict[str, NDArray[np.float32]]:
    vectors = weights.vectors
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrices["emb.word"].values(),
        "embeddings.position_embeddings.weight": vectors["emb.pos"].reshape(-1, 384),
        "embeddings.token_type_embeddings.weight": vectors["emb.type"].reshape(-1, 384),
        "embeddings.LayerNorm.weight": vectors["emb.ln.w"],
        "embeddings.LayerNorm.bias": vectors["emb.ln.b"],
    }
    for layer in range(weights.layers):
        for short, part in PARTS.items():
            name, matrix = f"encoder.layer.{layer}.{part}", weights.matrices.get(f"l{layer}.{short}.w")
            tensors[f"{name}.weight"] = vectors[f"l{layer}.{short}.w"] if matrix is None else matrix.values()
            tensors[f"{name}.bias"] = vectors[f"l{layer}.{short}.b"]
    return tensors


def tokenizer(weights: Weights) -> Any:
    from sentencepiece import SentencePieceNormalizer
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    rules = ModelProto.FromString(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto())
    result = Tokenizer(models.Unigram(list(zip(weights.pieces, weights.scores, strict=True)), unk_id=3))
    result.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(rules.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    result.pre_tokenizer = pre_tokenizers.Metaspace()
    result.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return result


def test_a_folder_of_the_bundled_weights_gives_the_bundled_vectors(folder: Path, tmp_path: Path) -> None:
    settings = IndexSettings(embedding_model=str(folder), models_path=tmp_path, embedding_threads=1)
    bundled = load_embeddings(IndexSettings(models_path=tmp_path, embedding_threads=1))
    model = load_embeddings(settings)

    passages = np.array(model.embed_documents(TEXTS)) * np.array(bundled.embed_documents(TEXTS))
    questions = [np.dot(model.embed_query(text), bundled.embed_query(text)) for text in TEXTS]

    assert passages.sum(axis=1).min() > 0.999
    assert min(questions) > 0.999
    assert model_fingerprint(settings, model).startswith("e5-as-a-folder/384/")


def test_a_model_without_prompts_gets_none(weights: Weights, folder: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for path in folder.iterdir():
        (plain / path.name).symlink_to(path)
    (plain / "config_sentence_transformers.json").unlink()

    model = load_embeddings(IndexSettings(embedding_model=str(plain), embedding_threads=1))
    prompted = load_embeddings(IndexSettings(embedding_model=str(folder), embedding_threads=1))

    assert np.allclose(model.embed_query(TEXTS[1]), model.embed_documents([TEXTS[1]])[0], atol=1e-5)
    assert np.allclose(model.embed_query(f"query: {TEXTS[1]}"), prompted.embed_query(TEXTS[1]), atol=1e-5)


def test_an_e5_model_that_states_no_prompts_gets_those_of_e5(folder: Path, tmp_path: Path) -> None:
    silent = tmp_path / "multilingual-e5-small"
    silent.mkdir()
    for path in folder.iterdir():
        (silent / path.name).symlink_to(path)
    (silent / "config_sentence_transformers.json").unlink()

    model = load_embeddings(IndexSettings(embedding_model=str(silent), embedding_threads=1))
    prompted = load_embeddings(IndexSettings(embedding_model=str(folder), embedding_threads=1))

    assert np.allclose(model.embed_query(TEXTS[1]), prompted.embed_query(TEXTS[1]), atol=1e-5)
    assert np.allclose(model.embed_documents(TEXTS[:2]), prompted.embed_documents(TEXTS[:2]), atol=1e-5)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("model") / "tiny-cross-encoder", scores=1)


def write_cross_encoder(folder: Path, *, scores: int) -> Path:
    """A cross-encoder of random weights that reads letters; with no scores it is a model for embedding."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters)]
    reader = Tokenizer(models.WordPiece({piece: place for place, piece in enumerate(pieces)}, unk_token="[UNK]"))
    reader.normalizer = normalizers.BertNormalizer()
    reader.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    reader.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")}
    PreTrainedTokenizerFast(tokenizer_object=reader, model_max_length=128, **special).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        initializer_range=1.0,
        num_labels=scores,
    )
    (BertForSequenceClassification if scores else BertModel)(config).save_pretrained(folder)
    return folder


def test_a_cross_encoder_of_a_folder_scores_as_transformers_does(cross_encoder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    pairs = [("Who chairs the board?", text) for text in [*TEXTS, "Short.", " ".join(TEXTS)]]
    model = load_reranker(IndexSettings(reranker=str(cross_encoder), embedding_threads=1))
    assert model
    scores = model.score(pairs)

    reader = AutoTokenizer.from_pretrained(cross_encoder)
    plain = AutoModelForSequenceClassification.from_pretrained(cross_encoder).eval()
    texts = reader(
        [pair[0] for pair in pairs], [pair[1] for pair in pairs], padding=True, truncation=True, return_tensors="pt"
    )
    with torch.no_grad():
        expected = plain(**texts).logits[:, 0].tolist()
    assert np.allclose(scores, expected, atol=1e-4)
    assert len(set(scores)) > 3


def test_several_threads_can_score_at_once(cross_encoder: Path) -> None:
    model = load_reranker(IndexSettings(reranker=str(cross_encoder), embedding_threads=1))
    assert model
    pairs = [[("Who chairs the board?", text)] * count for count, text in enumerate(TEXTS * 5, 1)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(model.score, pairs))
    assert all(np.allclose(scores, model.score(each), atol=1e-5) for scores, each in zip(together, pairs, strict=True))


def test_the_service_answers_in_the_order_of_the_reranker_of_its_settings(cross_encoder: Path, tmp_path: Path) -> None:
    settings = IndexSettings(path=tmp_path / "data", models_path=tmp_path / "models", reranker=str(cross_encoder))
    service, question = build_service(settings, BotSettings()), "How much is the coordination levy?"
    try:
        ingest(service, SAMPLES)
        with api_client(service) as client:
            found = client.post("/v1/search", json={"query": question, "limit": RERANKED}).json()["results"]
    finally:
        service.close()

    model = load_reranker(settings)
    assert model
    scores = model.score([(question, one["quote"]) for one in found])
    assert len(found) == RERANKED
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("scores", "sentence"), [(0, "embeds texts and cannot score pairs"), (3, "gives no score for a pair of texts")]
)
def test_a_model_that_cannot_rank_stops_the_start(tmp_path: Path, scores: int, sentence: str) -> None:
    folder = write_cross_encoder(tmp_path / "unfit", scores=scores)
    with pytest.raises(ModelError, match=f"unfit.*{sentence}.*INDEX_RERANKER"):
        load_reranker(IndexSettings(reranker=str(folder), embedding_threads=1))


def test_an_embedding_model_is_no_reranker(folder: Path) -> None:
    with pytest.raises(ModelError, match="embeds texts and cannot score pairs"):
        load_reranker(IndexSettings(reranker=str(folder), embedding_threads=1))


def test_a_damaged_cross_encoder_stops_the_start(cross_encoder: Path, tmp_path: Path) -> None:
    for path in cross_encoder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes()[: 200 if path.suffix == ".safetensors" else None])
    with pytest.raises(ModelError, match=r"cannot be loaded\. INDEX_RERANKER is the folder"):
        load_reranker(IndexSettings(reranker=str(tmp_path), embedding_threads=1))
