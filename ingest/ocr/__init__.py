"""Pages that are pictures: text recognition and the pages made of it."""
