"""Reports as data: what each is over, by what it counts, and each of its figures in words."""
