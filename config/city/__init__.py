"""The city as data: one ``City`` object, loaded from a folder and passed on as an argument."""
