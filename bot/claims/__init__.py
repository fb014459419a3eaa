"""What a claim says that its paragraph must hold: values, names, how strongly; drafts are checked claim by claim."""
