"""Slack as an edge: questions answered in threads, shared files taken in, digests of refreshes posted."""
