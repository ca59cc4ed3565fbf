"""What is like a melody that everybody knows, or quotes one."""
