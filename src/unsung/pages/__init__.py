"""What we say and show: a frozen context goes in, text comes out."""
