"""How good the answers are: questions whose right answers are known, asked and scored."""
