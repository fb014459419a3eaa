"""Who may call, and what: turns a credential into a principal, in one place."""
