# Mesaje prin e-mail și pe dispozitive.

notice-soon-subject = ceva de văzut în curând
notice-soon-text = În Stairgate este ceva ce trebuie să vedeți în curând. Conectați-vă ca să vedeți ce este:
notice-sign-subject = ceva nou de citit și de semnat
notice-sign-text = În Stairgate este ceva nou de citit și de semnat. Conectați-vă ca să vedeți:
notice-work-subject = ceva vă așteaptă
notice-work-text = În Stairgate vă așteaptă ceva. Conectați-vă ca să vedeți ce este:
notice-test-subject = acesta este un test
notice-test-text = Ați cerut acest mesaj de la Stairgate ca să vedeți dacă e-mailurile ajung. Ajung. Aici vă puteți conecta:
notice-why = Acest mesaj nu spune mai mult în mod intenționat, pentru ca nimeni altcineva să nu afle despre ce este vorba.
notice-how = În Stairgate, pe pagina contului dumneavoastră, puteți alege cum sunteți anunțat.
notice-on-device = Vă așteaptă ceva.
