"""The terminals of a city as the centre knows them: who they are, what they are told, who is blocked."""
