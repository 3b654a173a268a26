# Ce li se spune tuturor despre monitorizare: pe pagina de conectare, pe ecran, pe perete.

monitor-sign-in = Ceea ce se cere aici pe internet este monitorizat, pentru siguranța copiilor. Se poate afla că este vorba de dumneavoastră.
monitor-sign-in-more = Ce păstrăm și de ce
monitor-notice-title = Internetul este monitorizat aici
monitor-notice-what = Păstrăm ceea ce se cere aici pe internet: ce site sau ce pagină, pe ce dispozitiv, când și dacă era deschis. Se poate afla despre cine este vorba. Nu păstrăm ceea ce citiți sau scrieți.
monitor-notice-why = Facem acest lucru pentru siguranța copiilor și pentru că regulile pentru locuri ca al nostru o cer.
monitor-notice-keep = Câte zile păstrăm: { $days }. Apoi se șterge.
monitor-notice-who = Cine se poate uita: { $roles }. Numai pentru un motiv, care se notează; o a doua persoană verifică o parte din motive.
monitor-notice-wifi = Așa este pe dispozitivele noastre și pentru oricine folosește wifi-ul nostru cu propriul dispozitiv.
monitor-notice-rights = Întrebați managerul dacă doriți să știți ce păstrăm despre dumneavoastră, doriți o copie sau credeți că ceva este greșit.
monitor-notice-reasons = Politica noastră spune de ce:
monitor-notice-covers = Politica noastră monitorizează și:
monitor-notice-print = Pentru perete și pentru wifi
monitor-notice-none = Politica noastră nu cere monitorizare.

page-monitor-notice = Internetul este monitorizat aici
    .help =
        Ce păstrăm din ceea ce cer oamenii aici pe internet, de ce, cât timp și cine se poate uita.
        Puteți tipări pentru perete și pentru wifi.
page-monitor-notice-print = Internetul este monitorizat aici, pentru perete
    .help =
        Ce păstrăm din ceea ce cer oamenii aici pe internet, de ce, cât timp și cine se poate uita.
        Puteți tipări pentru perete și pentru wifi.
