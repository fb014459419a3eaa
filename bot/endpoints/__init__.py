"""The parts of the API beside asking, which only translate, and its reference."""
