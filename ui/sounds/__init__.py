"""The sounds of a counter, made from their notes: ``python -m ui.sounds`` writes the files again."""
