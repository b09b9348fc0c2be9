"""The commands of `alcorriente`, one file per topic."""
