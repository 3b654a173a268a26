# Logowanie i odpowiedzi, które nie są stroną.

sign-in = Zaloguj się
sign-in-user = Nazwa użytkownika
sign-in-password = Hasło
sign-in-button = Zaloguj się
sign-in-code = Masz kod?
sign-in-code-link = Wybierz swoje hasło
sign-in-help = Jeśli nie możesz się zalogować, poproś kierownika placówki o nowy kod.
sign-in-enter-user = Wpisz swoją nazwę użytkownika
sign-in-enter-password = Wpisz swoje hasło
sign-in-wait =
    { $minutes ->
        [one] Za dużo błędnych haseł. Spróbuj ponownie za { $minutes } minutę
        [few] Za dużo błędnych haseł. Spróbuj ponownie za { $minutes } minuty
       *[many] Za dużo błędnych haseł. Spróbuj ponownie za { $minutes } minut
    }
sign-in-wrong = Nazwa użytkownika lub hasło jest błędne
nothing-here = Nic tu nie ma
nothing-here-for-you = Nie ma tu nic dla Ciebie
nothing-here-why = Strona mogła zostać przeniesiona albo jest dla kogoś innego. Jeśli adres był wpisany ręcznie, sprawdź go.
go-to-today = Przejdź na stronę „Dzisiaj”
did-not-work = To się nie udało
did-not-work-why = Nic nie zginęło. Jeśli to się powtórzy, powiedz osobie, która opiekuje się tym komputerem.
send-again = Wyślij to jeszcze raz
send-again-why = Ta strona była długo otwarta albo przyszła z innego miejsca, więc nic nie zostało zrobione. Wróć, załaduj stronę ponownie i wyślij jeszcze raz.
not-taken-in = Tego nie udało się przyjąć
nothing-changed = Nic się nie zmieniło.
later = Spróbuj ponownie później
later-why = Z miejsca, w którym jesteś, wpisano za dużo błędnych kodów lub haseł. Poczekaj piętnaście minut i spróbuj ponownie. Kierownik placówki może dać Ci nowy kod.
done = Gotowe: { $title }
shown-once = Gotowe. Oto { $what }. Widać to tylko teraz: zapisz albo od razu przekaż.
go-on = Dalej
confirm-first = Zanim to zrobimy, potwierdź
keep-pdf = Zapisz jako PDF
keep-tables = Zapisz tabele
for-print = { $title }, do druku
page-agreements-signatures-seq-scan = Podpisany dokument
    .help = Dokument, który ktoś podpisał, w postaci skanu.

# A report that has to wait, what a child is told, and the poster on the wall.

trap = Zostaw to pole puste
tell-link = Jesteś dzieckiem? Powiedz nam obrazkami
keep-title = Zapisane na tym urządzeniu
keep-kept = Nie ma teraz sieci albo działa powoli. Twoje słowa są zapisane na tym urządzeniu w zabezpieczonej postaci i zostaną wysłane same, gdy tylko będzie to możliwe. Możesz zamknąć tę stronę; nie usuwaj danych przeglądarki. Jeśli to nie może czekać, powiedz komuś osobiście albo zadzwoń.
keep-waiting = Na tym urządzeniu czeka na wysłanie, napisane o:
keep-offline = Nie ma teraz sieci. Mimo to możesz pisać: zapiszemy to na tym urządzeniu i wyślemy, gdy tylko się da. Jeśli ktoś jest w niebezpieczeństwie, dzwoń pod 999.
keep-missing = Najpierw odpowiedz na pytania, które nie są oznaczone jako nieobowiązkowe.
keep-later = Właśnie przychodzi stąd wiele zgłoszeń. Poczekaj kilka minut i naciśnij przycisk jeszcze raz: nic z tego, co napisano, nie zginie. Jeśli to nie może czekać, powiedz komuś osobiście albo zadzwoń.
send-once-more = Naciśnij przycisk jeszcze raz, aby to wysłać. Nic z tego, co napisano, nie zginie.
told-title = Dziękujemy, że nam o tym mówisz
told-read = Przeczyta to dorosły, który dba tu o bezpieczeństwo dzieci, i pomoże.
told-now = Jeśli jesteś teraz w niebezpieczeństwie, idź do dorosłego albo zadzwoń pod 999.
told-more = Powiedz coś jeszcze
poster-line = Martwisz się o dziecko? Zeskanuj ten kod i powiedz nam. Nie potrzeba hasła ani nazwiska.
poster-child = Coś jest nie tak? Powiedz nam obrazkami.

# Logowanie kontem z innego miejsca.
provider-sign-in = Zaloguj się przez { $name }
provider-unreached = { $name } jest teraz nieosiągalne. Zaloguj się nazwą użytkownika i hasłem albo spróbuj ponownie za minutę
provider-refused = { $name } nie potwierdziło logowania. Spróbuj ponownie albo zaloguj się nazwą użytkownika i hasłem
provider-shared = { $name } nie potwierdza, że właśnie teraz pokazano, kim jesteś. Na tym urządzeniu, z którego korzystają też inni, zaloguj się nazwą użytkownika i hasłem
provider-late = Od rozpoczęcia minęło zbyt dużo czasu albo zaczęto w innym oknie. Naciśnij przycisk jeszcze raz
provider-doubtful = Tego, co przysłało { $name }, nie można uznać za wiarygodne, więc nie nastąpiło zalogowanie. Zaloguj się nazwą użytkownika i hasłem i powiadom kierownika placówki
provider-domain = To konto w { $name } nie należy do organizacji, która może się tu logować. Wybierz tam swoje konto służbowe
provider-gone = To konto w { $name } niczego tu nie otwiera. Zaloguj się nazwą użytkownika i hasłem albo zapytaj kierownika placówki
provider-unlinked = Zalogowano w { $name } jako { $shown }. To konto nie jest jeszcze połączone z Twoim kontem tutaj. Zaloguj się tu raz nazwą użytkownika i hasłem; potem możesz je połączyć.
provider-link = Połącz swoje konto { $name }
provider-link-asks = Zalogowano w { $name } jako { $shown }.
provider-link-care = Po połączeniu każdy, kto zaloguje się tam jako { $shown }, będzie zalogowany tutaj jako Ty. Połącz je tylko wtedy, gdy należy do Ciebie i tylko do Ciebie.
provider-link-password = Twoje hasło tutaj
provider-link-button = Połącz z moim kontem tutaj
provider-link-not = Nie łącz
provider-is-linked = Możesz logować się przez { $name } jako { $shown }.
provider-not-linked = Możesz logować się także swoim kontem { $name }, gdy je połączysz.
provider-unlink = Rozłącz je
