"""What people click below answers, and what opens then."""
