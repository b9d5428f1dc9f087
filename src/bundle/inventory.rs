//! What a scenario folder holds by our own doing: the only files that we may ever delete.
