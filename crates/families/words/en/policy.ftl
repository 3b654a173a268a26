# The policy, its versions and drafts, people and rooms. The texts of pages stand in the code in English.
