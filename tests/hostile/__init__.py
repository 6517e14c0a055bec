"""Files from strangers that mean harm, made by code, each with what must come of it."""
