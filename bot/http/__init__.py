"""What every endpoint shares: who gets in, what is taken and told, how errors are said."""
