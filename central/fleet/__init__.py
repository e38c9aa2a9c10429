"""The terminals of a city at the centre: their identity, their published documents, the blocked credentials.
"""
