"""How sure we may be: chance, correction for many questions, effect, interval, company.

Everything here takes numbers (or a `Story`) and gives numbers; dice are seeded by the settings.
"""
