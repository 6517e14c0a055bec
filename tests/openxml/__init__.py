"""Microsoft's Open XML SDK, which says whether files are valid. For tests only."""
