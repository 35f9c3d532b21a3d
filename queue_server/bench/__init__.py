"""`motcua bench`: how fast a centre is, each figure beside its floor, taken in turns in the same run."""
