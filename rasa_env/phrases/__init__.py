"""Looking after the training phrases: `python3 -m bootstrap check-phrases` runs this package in Rasa's environment."""
