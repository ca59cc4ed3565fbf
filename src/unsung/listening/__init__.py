"""What can be heard in one track: Audio or Score in, one noun out, nothing else touched."""
