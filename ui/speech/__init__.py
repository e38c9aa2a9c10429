"""Speech: from the sentences of the screens to sound. See ``docs/speech.md``."""
