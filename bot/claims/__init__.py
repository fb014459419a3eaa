"""What a claim says that its paragraph must hold: values, names, and how strongly it says it."""
