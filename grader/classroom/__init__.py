"""A class as a whole: how hard each exercise was, and which failures many students share."""
