# Formulare.

people-change-contact = Schimbă datele de contact
    .button = Salvează
    .help = Fiecare își ține la zi adresa de e-mail și numărul de telefon; managerul o poate face în locul lui. Golește o căsuță ca să ștergi ce este acolo.
people-change-contact--email =
    .label = Adresa de e-mail
people-change-contact--phone =
    .label = Numărul de telefon
people-choose-language = Alege limba
    .button = Folosește această limbă
    .help = Tot ce citesc sau semnează familiile aici va fi în această limbă, pe orice dispozitiv. Paginile pentru personal rămân în engleză.
people-choose-language--tongue =
    .label = Limba
access-take-up = Alege-ți parola
    .button = Alege această parolă
    .help = Managerul ți-a dat un nume de utilizator și un cod. Codul este bun 14 zile și se folosește o singură dată. Dacă a expirat, cere unul nou.
access-take-up--user =
    .label = Nume de utilizator
access-take-up--code =
    .label = Cod
    .hint = Așa cum l-ai primit. Literele mari, spațiile și liniuțele nu contează
access-take-up--password =
    .label = Parola nouă
    .hint = Cel puțin 10 caractere. Trei cuvinte fără legătură între ele se țin minte ușor
access-take-up--again =
    .label = Aceeași parolă încă o dată
access-change-password = Schimbă parola
    .button = Schimbă parola
    .help = Apoi ieși din cont peste tot și intri cu parola nouă.
access-change-password--current =
    .label = Parola ta de acum
access-change-password--password =
    .label = Parola nouă
    .hint = Cel puțin 10 caractere. Trei cuvinte fără legătură între ele se țin minte ușor
access-change-password--again =
    .label = Aceeași parolă încă o dată
policy-comment = Spune-ți părerea despre proiectul regulilor
    .button = Trimite
    .help = Cei care scriu regulile îți citesc părerea și îți spun ce a rezultat. Nu da numele copiilor.
policy-comment--words =
    .label = Părerea ta
policy-acknowledge = Spune că ai citit regulile
    .button = Confirmă
    .help = Numele tău și ziua se păstrează împreună cu versiunea.
policy-acknowledge--confirm =
    .label = Am citit această versiune a regulilor și știu ce îmi cer
notices-choose = Mesajul zilnic
    .button = Păstrează
    .help = Vine cel mult o dată pe zi, în zilele în care grădinița este deschisă, și numai când este ceva nou sau întârziat.
notices-choose--daily =
    .label = Vrei mesajul zilnic prin e-mail?
concerns-report = Spune-ne dacă te îngrijorează ceva
    .button = Trimite
    .help =
        Spune-ne cu cuvintele tale orice îngrijorare despre un copil. Trebuie să răspunzi doar la primele două întrebări; nu trebuie să fii sigur.
        Ajunge imediat la cei care se ocupă aici de protecția copiilor și la nimeni altcineva. Dacă este despre unul dintre ei, îl ocolește de la sine.
        Poți să nu-ți dai numele. Atunci nu te putem întreba nimic, așa că scrie ce trebuie să știm.
        Aici nu se pot trimite imagini. Dacă există o imagine, nu o copia și nu o trimite: spune unde este.
concerns-report--what =
    .label = Ce s-a întâmplat?
    .hint = Cu cuvintele tale: ce ai văzut, ai auzit sau ți s-a spus
concerns-report--danger =
    .label = Este cineva în pericol acum?
    .hint = Dacă da, sună mai întâi la 999
concerns-report--about-children =
    .label = Despre ce copii este vorba?
concerns-report--about =
    .label = Despre cine este vorba, cu cuvintele tale?
    .hint = Dacă numele nu este în listă
concerns-report--adult-role =
    .label = Este vorba despre cum se poartă un adult care lucrează aici?
    .is-no = Nu
    .is-lead = Da, persoana responsabilă cu protecția copiilor
    .is-manager = Da, managerul
    .is-other = Da, altcineva
concerns-report--adult =
    .label = Care adult?
concerns-report--said =
    .label = Ce a spus copilul?
    .hint = Cuvânt cu cuvânt, cât îți amintești
concerns-report--opinion =
    .label = Ce crezi despre asta?
    .hint = Se păstrează separat de ce s-a întâmplat
concerns-report--kind =
    .label = Despre ce este vorba?
    .is-unsure = Nu sunt sigur
    .is-harm = Unui copil i se poate face rău sau este neglijat
    .is-grooming = Cineva a abordat un copil pe internet
    .is-indecent-image = O imagine sexuală cu un copil
    .is-unsuitable = Ceva nepotrivit pe un ecran
    .is-bullying = Hărțuire între copii
    .is-hate = Ură
    .is-radicalisation = Cineva este atras spre extremism
    .is-money = Bani, reclamă sau înșelătorie
    .is-adult = Cum se poartă un adult care lucrează aici
    .is-data = Date personale pierdute sau arătate
concerns-report--day =
    .label = Când s-a întâmplat?
concerns-report--sure =
    .label = Cât de sigură este ziua?
    .is-exact = Știu ziua
    .is-about = Ziua este aproximativă
    .is-told = Mi s-a spus mai târziu
concerns-report--time =
    .label = La ce oră?
    .hint = Cât știi, de exemplu: după prânz
concerns-report--place =
    .label = Unde?
concerns-report--marks =
    .label = Ai văzut urme pe corpul copilului? Unde?
    .hint = Doar ce ai văzut oricum. Nu căuta urme și nu face poze. Stânga și dreapta sunt ale copilului; figura cu față este văzută din față
    .is-face = Față
    .is-head-back = Ceafă
    .is-neck-front = Gât, din față
    .is-neck-back = Gât, din spate
    .is-ear-left = Ureche, partea stângă a copilului
    .is-ear-right = Ureche, partea dreaptă a copilului
    .is-shoulder-left-front = Umăr, partea stângă a copilului, din față
    .is-shoulder-left-back = Umăr, partea stângă a copilului, din spate
    .is-shoulder-right-front = Umăr, partea dreaptă a copilului, din față
    .is-shoulder-right-back = Umăr, partea dreaptă a copilului, din spate
    .is-arm-left-front = Braț, partea stângă a copilului, din față
    .is-arm-left-back = Braț, partea stângă a copilului, din spate
    .is-arm-right-front = Braț, partea dreaptă a copilului, din față
    .is-arm-right-back = Braț, partea dreaptă a copilului, din spate
    .is-hand-left-palm = Mână, partea stângă a copilului, palma
    .is-hand-left-back = Mână, partea stângă a copilului, dosul mâinii
    .is-hand-right-palm = Mână, partea dreaptă a copilului, palma
    .is-hand-right-back = Mână, partea dreaptă a copilului, dosul mâinii
    .is-chest = Piept
    .is-belly = Burtă
    .is-back = Spate
    .is-hips = Șolduri, din față
    .is-bottom = Fund
    .is-leg-left-front = Picior, partea stângă a copilului, din față
    .is-leg-left-back = Picior, partea stângă a copilului, din spate
    .is-leg-right-front = Picior, partea dreaptă a copilului, din față
    .is-leg-right-back = Picior, partea dreaptă a copilului, din spate
    .is-foot-left-top = Laba piciorului, partea stângă a copilului, partea de sus
    .is-foot-left-sole = Laba piciorului, partea stângă a copilului, călcâi și talpă
    .is-foot-right-top = Laba piciorului, partea dreaptă a copilului, partea de sus
    .is-foot-right-sole = Laba piciorului, partea dreaptă a copilului, călcâi și talpă
concerns-report--device-known =
    .label = Pe care dintre dispozitivele noastre a fost?
concerns-report--device =
    .label = Pe ce dispozitiv a fost?
concerns-report--address =
    .label = Ce adresă de internet?
    .hint = Doar adresa. Nu o deschide din nou
concerns-report--reporter =
    .label = Cum te numești?
concerns-report--reach =
    .label = Cum putem lua legătura cu tine?
    .hint = Un număr de telefon sau o adresă de e-mail, dacă te putem întreba mai multe
concerns-report--unnamed =
    .label = Trimite fără numele meu
concerns-tell = Spune-ne ce nu este bine
    .button = Spune
    .help =
        Apasă pe imagini. Poți apăsa pe mai multe.
        Un adult care are grijă de siguranța copiilor de aici va citi și va ajuta.
        Nu faci nimic rău când spui.
concerns-tell--who =
    .label = Despre cine este vorba?
    .is-me = Despre mine
    .is-child = Despre alt copil
    .is-adult = Despre un adult
    .is-online = Despre cineva de pe un ecran
concerns-tell--what =
    .label = Ce s-a întâmplat?
    .is-hurt = Cineva a fost rănit
    .is-unkind = Cineva a fost rău
    .is-screen = Am văzut ceva pe un ecran
    .is-secret = Un secret
    .is-touch = O atingere care nu mi-a plăcut
    .is-home = Ceva de acasă
    .is-else = Altceva
concerns-tell--feel =
    .label = Cum te simți?
    .is-sad = Sunt trist
    .is-scared = Mi-e frică
    .is-angry = Sunt supărat
    .is-worried = Sunt îngrijorat
    .is-unsure = Nu știu
concerns-tell--words =
    .label = Vrei să spui mai multe?
    .hint = Un adult poate scrie pentru tine, exact cum spui tu
concerns-tell--name =
    .label = Cum te cheamă?
    .hint = Nu trebuie să spui

# Pagini.

page-home = Astăzi
    .help = Aici vezi ce te așteaptă, întâi ce este mai urgent. La fiecare lucru scrie până când și este un buton care te duce unde se face.
page-people-person = O persoană
    .help = Bara de sus spune despre cine este vorba. Un părinte nu vede cine mai are grijă de copil. Adresa de e-mail și telefonul tău le schimbi aici; numele și data nașterii le schimbă managerul.
page-account = Contul tău
    .help = Parola ta și ce ai făcut în ultimul timp. Dacă vezi ceva ce nu ai făcut tu, alege imediat o parolă nouă și spune-i managerului.
page-policy = Reguli
    .help = Acestea sunt regulile noastre, parte cu parte. Sunt scrise în engleză; dacă ceva nu este clar, întreabă-ne.
page-policy-public = Regulile noastre
    .help = Regulile care sunt în vigoare. Oricine le poate citi fără cont. Dacă ceva nu este clar, întreabă persoana numită în josul paginii.
page-policy-read = Citește și confirmă
    .help = Citește versiunea în vigoare și spune că ai citit-o. Numele tău și ziua se păstrează.
page-roles = Roluri
    .help = Aici vezi cine răspunde de protecția copiilor și de siguranța pe internet și cum poate fi contactat. Prima persoană este și în josul fiecărei pagini.
page-agreements-group-versions-version = Versiunea unui acord
    .help = Aceasta este o versiune așa cum a fost dată. Rămâne așa pentru totdeauna. Sub text vezi ce s-a schimbat față de versiunea dinainte.
page-agreements-signatures-seq = Un acord semnat
    .help = Acordul așa cum a fost semnat: cine, când și cum a semnat și unde este păstrat. Păstrează-l ca PDF.
page-events-signatures-seq = Ce s-a semnat despre fotografii
    .help = Ce s-a semnat înainte de a face fotografii la eveniment: cine, când și cum a semnat și unde este păstrat. Păstrează-l ca PDF.
page-concerns = Îngrijorări
    .help = Aici ne spui dacă te îngrijorează ceva despre un copil.
page-concerns-sent = Ce ai raportat
    .help =
        Ce ai raportat, cine se ocupă și ce urmează. Rapoartele fără nume nu apar aici.
        Dacă ești încă îngrijorat, raportează din nou sau sună tu la asistența socială sau la poliție: nimeni nu te poate opri.
page-concerns-told = Îți mulțumim că ne-ai spus
    .help = Un adult citește ce s-a spus și face ceva.
page-concerns-complaints = Plângeri și sesizări
    .help = Trei feluri de a spune că ceva nu este în regulă. Fiecare merge și fără manager.
page-help-directory = Găsește ajutor
    .help =
        Cine ajută și cum poate fi contactat. Oricine poate vedea această pagină, fără cont.
        Dacă cineva este în pericol acum, sună la 999. Pe telefon poți apăsa pe număr.
page-help-directory-print = Găsește ajutor
    .help =
        Cine ajută și cum poate fi contactat. Oricine poate vedea această pagină, fără cont.
        Dacă cineva este în pericol acum, sună la 999. Pe telefon poți apăsa pe număr.
access-unlink-provider = Dezleagă contul tău de serviciu
    .button = Dezleagă-l
    .help = De acum nu te mai lasă să intri aici. Oriunde ai intrat cu el, sesiunea se încheie. Intri cu numele de utilizator și parola sau cu o cheie de acces (passkey).

page-what-to-do = Ce e de făcut
    .help =
        Ce e de făcut și ce nu, când s-a întâmplat ceva. Oricine poate citi, fără să se conecteze.
        Dacă cineva este în pericol acum, sună la 999.
page-what-to-do-procedure = Ce e de făcut, pas cu pas
    .help =
        Ce e de făcut și ce nu, când s-a întâmplat ceva. Oricine poate citi, fără să se conecteze.
        Dacă cineva este în pericol acum, sună la 999.
page-what-to-do-procedure-print = Ce e de făcut, pentru perete
    .help =
        Ce e de făcut și ce nu, când s-a întâmplat ceva. Oricine poate citi, fără să se conecteze.
        Dacă cineva este în pericol acum, sună la 999.

people-sign-visitor-in = Înregistrează un vizitator
    .button = Înregistrează intrarea
    .help = Astăzi numele este văzut de cei care lucrează aici; mai târziu doar de manager și de adjunctul managerului.
people-sign-visitor-in--name =
    .label = Nume
people-sign-visitor-in--from =
    .label = De unde?
    .hint = O firmă, consiliul local, o familie
people-sign-visitor-in--visits =
    .label = Pe cine vizitați?
people-sign-self-out = Plec
    .button = Înregistrează ieșirea
    .help = Scrieți numele așa cum l-ați scris la intrare. În caz de incendiu îi căutăm pe toți cei care nu și-au înregistrat ieșirea.
people-sign-self-out--name =
    .label = Numele dumneavoastră
