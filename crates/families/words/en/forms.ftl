# The texts of forms, and the titles and help of pages, stand in the code in English: each is found in
# the other languages by the name of its page, or of its act and field.
