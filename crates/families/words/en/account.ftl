# How somebody is told, their account and their roles. The texts of forms stand in the code in English.
