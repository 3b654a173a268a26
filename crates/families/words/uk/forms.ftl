# Texts of forms.
