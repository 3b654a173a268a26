# Intrarea în cont și răspunsurile care nu sunt o pagină.

sign-in = Intră în cont
sign-in-user = Nume de utilizator
sign-in-password = Parolă
sign-in-button = Intră în cont
sign-in-code = Ai primit un cod?
sign-in-code-link = Alege-ți parola
sign-in-help = Dacă nu poți intra în cont, cere-i managerului un cod nou.
sign-in-enter-user = Scrie numele tău de utilizator
sign-in-enter-password = Scrie parola ta
sign-in-wait =
    { $minutes ->
        [one] Prea multe parole greșite. Încearcă din nou peste { $minutes } minut
        [few] Prea multe parole greșite. Încearcă din nou peste { $minutes } minute
       *[other] Prea multe parole greșite. Încearcă din nou peste { $minutes } de minute
    }
sign-in-wrong = Numele de utilizator sau parola este greșită
nothing-here = Nu este nimic aici
nothing-here-for-you = Nu este nimic aici pentru tine
nothing-here-why = Poate că pagina a fost mutată sau este pentru altcineva. Dacă ai scris adresa, verific-o.
go-to-today = Mergi la „Astăzi”
did-not-work = Nu a mers
did-not-work-why = Nu s-a pierdut nimic. Dacă se întâmplă din nou, spune-i persoanei care se ocupă de acest calculator.
send-again = Trimite din nou
send-again-why = Pagina a stat deschisă mult timp sau a venit din altă parte, așa că nu s-a făcut nimic. Mergi înapoi, încarcă pagina din nou și trimite încă o dată.
not-taken-in = Nu am putut primi ce ai trimis
nothing-changed = Nu s-a schimbat nimic.
later = Încearcă din nou mai târziu
later-why = Din locul în care te afli s-au introdus prea multe coduri sau parole greșite. Așteaptă cincisprezece minute, apoi încearcă din nou. Managerul îți poate da un cod nou.
done = Gata: { $title }
shown-once = Gata. Acesta este: { $what }. Se vede doar acum: notează-l sau dă-l imediat mai departe.
go-on = Continuă
confirm-first = Înainte de aceasta, confirmă
keep-pdf = Păstrează ca PDF
keep-tables = Păstrează tabelele
for-print = { $title }, pentru tipărit
page-agreements-signatures-seq-scan = O hârtie semnată
    .help = Hârtia pe care a semnat-o cineva, așa cum a fost scanată.

# A report that has to wait, what a child is told, and the poster on the wall.

trap = Lasă gol acest câmp
tell-link = Ești copil? Spune-ne cu imagini
keep-title = Păstrat pe acest dispozitiv
keep-kept = Acum nu există rețea sau este lentă. Ce ai scris este păstrat sigilat pe acest dispozitiv și se trimite singur de îndată ce se poate. Poți închide pagina; nu șterge datele browserului. Dacă nu poate aștepta, spune cuiva personal sau sună.
keep-waiting = Așteaptă pe acest dispozitiv să fie trimis, scris la:
keep-offline = Acum nu există rețea. Poți scrie totuși: păstrăm pe acest dispozitiv și trimitem de îndată ce se poate. Dacă cineva este în pericol, sună la 999.
keep-missing = Răspunde mai întâi la întrebările care nu sunt marcate ca opționale.
keep-later = Tocmai sosesc multe mesaje de aici. Așteaptă câteva minute, apoi apasă din nou butonul: nimic din ce ai scris nu se pierde. Dacă nu poate aștepta, spune cuiva personal sau sună.
send-once-more = Apasă butonul încă o dată ca să trimiți. Nimic din ce ai scris nu se pierde.
told-title = Îți mulțumim că ne-ai spus
told-read = Un adult care are grijă de siguranța copiilor de aici va citi și va ajuta.
told-now = Dacă ești în pericol acum, mergi la un adult sau sună la 999.
told-more = Spune altceva
poster-line = Te îngrijorează ceva la un copil? Scanează codul și spune-ne. Nu ai nevoie de parolă sau de nume.
poster-child = Ceva nu este bine? Spune-ne cu imagini.

# Intrarea cu un cont din altă parte.
provider-sign-in = Intră în cont cu { $name }
provider-unreached = { $name } nu poate fi contactat acum. Intră cu numele de utilizator și parola sau încearcă din nou peste un minut
provider-refused = { $name } nu ți-a confirmat intrarea. Încearcă din nou sau intră cu numele de utilizator și parola
provider-shared = { $name } nu spune că ați arătat chiar acum cine sunteți. Pe acest dispozitiv, folosit și de alții, intră cu numele de utilizator și parola
provider-late = A trecut prea mult timp de la început sau a fost în altă fereastră. Apasă din nou butonul
provider-doubtful = Ceea ce a trimis { $name } nu este de încredere, așa că nu ai intrat în cont. Intră cu numele de utilizator și parola și spune-i managerului
provider-domain = Acest cont de la { $name } nu este al unei organizații care poate intra aici. Alege acolo contul tău de serviciu
provider-gone = Acest cont de la { $name } nu deschide nimic aici. Intră cu numele de utilizator și parola sau întreabă managerul
provider-unlinked = Ai intrat la { $name } ca { $shown }. Acel cont nu este încă legat de contul tău de aici. Intră aici o dată cu numele de utilizator și parola; apoi le poți lega.
provider-link = Leagă contul tău { $name }
provider-link-asks = Ai intrat la { $name } ca { $shown }.
provider-link-care = După ce este legat, oricine intră acolo ca { $shown } intră aici în numele tău. Leagă-l numai dacă este al tău și numai al tău.
provider-link-password = Parola ta de aici
provider-link-button = Leagă-l de contul meu de aici
provider-link-not = Nu îl lega
provider-is-linked = Poți intra cu { $name } ca { $shown }.
provider-not-linked = Poți intra și cu contul tău { $name }, după ce îl legi.
provider-unlink = Dezleagă-l
