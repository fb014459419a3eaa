"""Any sentence-transformers model by name: tried with the bundled weights, written as such a model's folder.

Runs where the extra is installed; `make sentence-transformers` makes such an environment.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from vectorstore.e5_weights import Weights, bundled_file, read_weights
from vectorstore.models import load_embeddings, model_fingerprint
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
