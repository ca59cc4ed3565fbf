"""The world, asked only when told to: one module a service, all through one polite client.

Conventions. A service is a `Service`: where it is, on what terms, how often it may be asked. Each
function asks one thing and gives a `World`: rows that point into the exact bytes of an answer, and
unknowns with their reason. A service that fails raises `SourceError`; nothing here guesses.
"""
