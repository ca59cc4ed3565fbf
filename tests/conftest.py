"""What holds for every test."""

from hypothesis import settings

# A machine that is busy with other work must not fail a test; slowness is measured in bench/.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
