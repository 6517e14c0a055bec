"""Speed, measured as ratios in one run: against the floor, and against what a user would pick instead."""
