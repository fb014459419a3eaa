"""What is shown when somebody opens the app."""
