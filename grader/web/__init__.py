"""Pages that the machine shows to the person in front of it, and to nobody else."""
