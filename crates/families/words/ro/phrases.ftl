# Texts of phrases.
