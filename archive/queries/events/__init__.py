"""Events asked for: in order, counted, found, with their sources and relations."""
