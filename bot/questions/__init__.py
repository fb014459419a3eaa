"""What a question asks for: its words, language and time, and what it leans on, compares or wants explained."""
