"""Whole rounds: the definition, who was asked, what came back, and what comes out."""
