"""What the world gave, and what the music deserves: pure functions from rows to a case.

Who and what an album is (`identity`, `recordings`, `credits`); how recognised it is beside its
peers (`percentiles`, `received`); what works of equal exposure were given (`exposure`, `expected`,
`gaps`); what the sound alone shows (`merit`, `merit_percentiles`); the plane of the two (`gems`);
the tracks of one album (`tracks`); readings of a gap (`explanations`); and the people
(`partnerships`). `planted` makes worlds whose truth is known.
"""
