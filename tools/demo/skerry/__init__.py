"""*The Keeper of Skerry*: Unsung's demo soundtrack and short film, composed as notes in code."""
