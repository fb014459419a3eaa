"""What was wanted lately is loaded once, and what was not for long is forgotten."""

from vectorstore.recent import Recent


def test_only_what_is_not_at_hand_is_loaded_and_what_cannot_be_is_absent() -> None:
    asked: list[list[str]] = []

    def load(keys: list[str]) -> dict[str, int]:
        asked.append(keys)
        return {key: len(key) for key in keys if key != "unknown"}

    recent: Recent[str, int] = Recent(10)
    assert recent.of(["a", "bb", "a", "unknown"], load) == {"a": 1, "bb": 2}
    assert recent.of(["bb", "ccc"], load) == {"bb": 2, "ccc": 3}
    assert recent.of(["a"], load) == {"a": 1}
    assert asked == [["a", "bb", "unknown"], ["ccc"]]


def test_what_was_wanted_longest_ago_goes_first() -> None:
    loaded: list[str] = []

    def load(keys: list[str]) -> dict[str, str]:
        loaded.extend(keys)
        return dict.fromkeys(keys, "")

    recent: Recent[str, str] = Recent(2)
    for keys in (["a"], ["b"], ["a"], ["c"], ["a"], ["b"]):
        recent.of(keys, load)
    assert loaded == ["a", "b", "c", "b"]
