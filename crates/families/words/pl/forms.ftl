# Formularze.

people-change-contact = Zmień dane kontaktowe
    .button = Zapisz
    .help = Każdy sam dba o to, żeby jego adres e-mail i numer telefonu były aktualne; kierownik może to zrobić za niego. Opróżnij pole, aby usunąć to, co w nim jest.
people-change-contact--email =
    .label = Adres e-mail
people-change-contact--phone =
    .label = Numer telefonu
people-choose-language = Wybierz język
    .button = Używaj tego języka
    .help = Wszystko, co rodziny tu czytają lub podpisują, będzie w tym języku, na każdym urządzeniu. Strony dla personelu pozostają po angielsku.
people-choose-language--tongue =
    .label = Język
access-take-up = Wybierz swoje hasło
    .button = Wybierz to hasło
    .help = Kierownik placówki podał Ci nazwę użytkownika i kod. Kod jest ważny 14 dni i działa raz. Jeśli wygasł, poproś o nowy.
access-take-up--user =
    .label = Nazwa użytkownika
access-take-up--code =
    .label = Kod
    .hint = Tak, jak go otrzymano. Wielkie litery, odstępy i myślniki nie mają znaczenia
access-take-up--password =
    .label = Nowe hasło
    .hint = Co najmniej 10 znaków. Łatwo zapamiętać trzy słowa, które nie mają ze sobą nic wspólnego
access-take-up--again =
    .label = To samo hasło jeszcze raz
access-change-password = Zmień hasło
    .button = Zmień hasło
    .help = Potem zostaniesz wszędzie wylogowany i zalogujesz się nowym hasłem.
access-change-password--current =
    .label = Twoje obecne hasło
access-change-password--password =
    .label = Nowe hasło
    .hint = Co najmniej 10 znaków. Łatwo zapamiętać trzy słowa, które nie mają ze sobą nic wspólnego
access-change-password--again =
    .label = To samo hasło jeszcze raz
policy-comment = Napisz, co myślisz o projekcie zasad
    .button = Wyślij
    .help = Osoby, które piszą zasady, przeczytają to i powiedzą Ci, co z tego wynikło. Nie podawaj imion dzieci.
policy-comment--words =
    .label = Twoja opinia
policy-acknowledge = Potwierdź przeczytanie zasad
    .button = Potwierdź
    .help = Zapisujemy Twoje nazwisko i dzień razem z wersją zasad.
policy-acknowledge--confirm =
    .label = Znam treść tej wersji zasad i wiem, czego ode mnie wymagają
notices-choose = Codzienna wiadomość
    .button = Zapisz
    .help = Przychodzi najwyżej raz dziennie, w dni, gdy placówka jest otwarta, i tylko gdy jest coś nowego albo spóźnionego.
notices-choose--daily =
    .label = Czy chcesz dostawać codzienną wiadomość e-mailem?
concerns-report = Zgłoś obawę o dziecko
    .button = Wyślij
    .help =
        Powiedz nam własnymi słowami o każdej obawie o dziecko. Trzeba odpowiedzieć tylko na dwa pierwsze pytania; nie musisz mieć pewności.
        Zgłoszenie trafia od razu do osób odpowiedzialnych tu za ochronę dzieci i do nikogo innego. Jeśli dotyczy jednej z nich, samo ją ominie.
        Możesz nie podawać nazwiska. Wtedy nie możemy o nic dopytać, więc napisz to, co musimy wiedzieć.
        Nie można tu wysyłać zdjęć. Jeśli jest jakieś zdjęcie, nie kopiuj go i nie wysyłaj: napisz, gdzie jest.
concerns-report--what =
    .label = Co się stało?
    .hint = Własnymi słowami: co widać, co słychać lub co powiedziano
concerns-report--danger =
    .label = Czy ktoś jest teraz w niebezpieczeństwie?
    .hint = Jeśli tak, najpierw zadzwoń pod 999
concerns-report--about-children =
    .label = Których dzieci to dotyczy?
concerns-report--about =
    .label = O kogo chodzi, własnymi słowami?
    .hint = Jeśli tej osoby nie ma na liście
concerns-report--adult-role =
    .label = Czy chodzi o zachowanie dorosłego, który tu pracuje?
    .is-no = Nie
    .is-lead = Tak, osoby odpowiedzialnej za ochronę dzieci
    .is-manager = Tak, kierownika placówki
    .is-other = Tak, kogoś innego
concerns-report--adult =
    .label = Którego dorosłego?
concerns-report--said =
    .label = Co powiedziało dziecko?
    .hint = Słowo w słowo, jak pamiętasz
concerns-report--opinion =
    .label = Co o tym myślisz?
    .hint = Zapisujemy to osobno, nie razem z tym, co się stało
concerns-report--kind =
    .label = O co chodzi?
    .is-unsure = Nie mam pewności
    .is-harm = Dziecku może dziać się krzywda albo jest zaniedbane
    .is-grooming = Ktoś zaczepił dziecko w internecie
    .is-indecent-image = Seksualne zdjęcie dziecka
    .is-unsuitable = Coś nieodpowiedniego na ekranie
    .is-bullying = Dokuczanie
    .is-hate = Nienawiść
    .is-radicalisation = Ktoś jest wciągany w ekstremizm
    .is-money = Pieniądze, reklama lub oszustwo
    .is-adult = Zachowanie dorosłego, który tu pracuje
    .is-data = Dane osobowe zginęły lub ktoś je zobaczył
concerns-report--day =
    .label = Kiedy to się stało?
concerns-report--sure =
    .label = Na ile pewny jest ten dzień?
    .is-exact = Znam ten dzień
    .is-about = Mniej więcej ten dzień
    .is-told = Powiedziano mi o tym później
concerns-report--time =
    .label = O której godzinie?
    .hint = Jeśli wiesz, na przykład: po obiedzie
concerns-report--place =
    .label = Gdzie?
concerns-report--marks =
    .label = Czy na ciele dziecka były ślady? Gdzie?
    .hint = Tylko to, co i tak było widać. Nie szukaj śladów i nie rób zdjęć. Lewa i prawa strona to strony dziecka; postać z twarzą widać z przodu
    .is-face = Twarz
    .is-head-back = Tył głowy
    .is-neck-front = Szyja, z przodu
    .is-neck-back = Kark
    .is-ear-left = Ucho, lewa strona dziecka
    .is-ear-right = Ucho, prawa strona dziecka
    .is-shoulder-left-front = Bark, lewa strona dziecka, z przodu
    .is-shoulder-left-back = Bark, lewa strona dziecka, z tyłu
    .is-shoulder-right-front = Bark, prawa strona dziecka, z przodu
    .is-shoulder-right-back = Bark, prawa strona dziecka, z tyłu
    .is-arm-left-front = Ręka, lewa strona dziecka, z przodu
    .is-arm-left-back = Ręka, lewa strona dziecka, z tyłu
    .is-arm-right-front = Ręka, prawa strona dziecka, z przodu
    .is-arm-right-back = Ręka, prawa strona dziecka, z tyłu
    .is-hand-left-palm = Dłoń, lewa strona dziecka, strona wewnętrzna
    .is-hand-left-back = Dłoń, lewa strona dziecka, strona zewnętrzna
    .is-hand-right-palm = Dłoń, prawa strona dziecka, strona wewnętrzna
    .is-hand-right-back = Dłoń, prawa strona dziecka, strona zewnętrzna
    .is-chest = Klatka piersiowa
    .is-belly = Brzuch
    .is-back = Plecy
    .is-hips = Biodra, z przodu
    .is-bottom = Pośladki
    .is-leg-left-front = Noga, lewa strona dziecka, z przodu
    .is-leg-left-back = Noga, lewa strona dziecka, z tyłu
    .is-leg-right-front = Noga, prawa strona dziecka, z przodu
    .is-leg-right-back = Noga, prawa strona dziecka, z tyłu
    .is-foot-left-top = Stopa, lewa strona dziecka, z wierzchu
    .is-foot-left-sole = Stopa, lewa strona dziecka, pięta i podeszwa
    .is-foot-right-top = Stopa, prawa strona dziecka, z wierzchu
    .is-foot-right-sole = Stopa, prawa strona dziecka, pięta i podeszwa
concerns-report--device-known =
    .label = Na którym z naszych urządzeń to było?
concerns-report--device =
    .label = Na którym urządzeniu to było?
concerns-report--address =
    .label = Jaki adres w internecie?
    .hint = Tylko adres. Nie otwieraj go ponownie
concerns-report--reporter =
    .label = Jak się nazywasz?
concerns-report--reach =
    .label = Jak możemy się z Tobą skontaktować?
    .hint = Numer telefonu lub adres e-mail, jeśli wolno nam o coś dopytać
concerns-report--unnamed =
    .label = Wyślij bez mojego nazwiska
concerns-tell = Powiedz nam, co jest nie tak
    .button = Powiedz
    .help =
        Naciskaj obrazki. Możesz nacisnąć kilka.
        Przeczyta to dorosły, który dba tu o bezpieczeństwo dzieci, i pomoże.
        Mówiąc o tym, nie robisz nic złego.
concerns-tell--who =
    .label = O kogo chodzi?
    .is-me = O mnie
    .is-child = O inne dziecko
    .is-adult = O dorosłego
    .is-online = O kogoś na ekranie
concerns-tell--what =
    .label = Co się stało?
    .is-hurt = Kogoś coś zabolało
    .is-unkind = Ktoś był niemiły
    .is-screen = Było coś na ekranie
    .is-secret = Tajemnica
    .is-touch = Zły dotyk
    .is-home = Coś w domu
    .is-else = Coś innego
concerns-tell--feel =
    .label = Jak się czujesz?
    .is-sad = Smutno mi
    .is-scared = Boję się
    .is-angry = Złoszczę się
    .is-worried = Martwię się
    .is-unsure = Nie wiem
concerns-tell--words =
    .label = Chcesz powiedzieć coś więcej?
    .hint = Dorosły może to napisać za Ciebie, słowo w słowo
concerns-tell--name =
    .label = Jak masz na imię?
    .hint = Nie musisz tego mówić

# Strony.

page-home = Dzisiaj
    .help = Tutaj widzisz, co czeka na Ciebie, najpilniejsze na początku. Przy każdej sprawie jest termin i przycisk, który prowadzi tam, gdzie można ją załatwić.
page-people-person = Osoba
    .help = Pasek u góry mówi, o kogo chodzi. Rodzic lub opiekun nie widzi, kto jeszcze opiekuje się dzieckiem. Swój adres e-mail i numer telefonu zmienisz tutaj; imię, nazwisko i datę urodzenia zmienia kierownik.
page-account = Twoje konto
    .help = Twoje hasło i to, co ostatnio zrobiono z Twojego konta. Jeśli jest tu coś, czego nie było z Twojej strony, od razu wybierz nowe hasło i powiedz kierownikowi.
page-policy = Zasady
    .help = To są zasady naszej placówki, część po części. Są zapisane po angielsku; jeśli coś jest niejasne, zapytaj nas.
page-policy-public = Nasze zasady
    .help = Zasady, które obowiązują. Każdy może je przeczytać bez logowania. Jeśli coś jest niejasne, zapytaj osobę podaną na dole strony.
page-policy-read = Przeczytaj i potwierdź
    .help = Przeczytaj obowiązującą wersję i potwierdź to. Zapisujemy Twoje nazwisko i dzień.
page-roles = Role
    .help = Tutaj widzisz, kto odpowiada za ochronę dzieci i bezpieczeństwo w internecie i jak się z nim skontaktować. Pierwsza z tych osób jest też podana na dole każdej strony.
page-agreements-group-versions-version = Wersja umowy
    .help = To jest wersja taka, jak została wydana. Nie zmieni się już nigdy. Pod tekstem widać, co zmieniło się od poprzedniej wersji.
page-agreements-signatures-seq = Podpisana umowa
    .help = Umowa tak, jak została podpisana: kto, kiedy i jak podpisał i gdzie jest to zapisane. Zachowaj ją jako PDF.
page-events-signatures-seq = Co podpisano w sprawie zdjęć
    .help = To, co podpisano przed robieniem zdjęć na wydarzeniu: kto, kiedy i jak podpisał i gdzie jest to zapisane. Zachowaj to jako PDF.
page-concerns = Obawy
    .help = Tutaj zgłosisz obawę o dziecko.
page-concerns-sent = Twoje zgłoszenia
    .help =
        Co zostało przez Ciebie zgłoszone, kto się tym zajmuje i co będzie dalej. Zgłoszeń bez nazwiska tu nie ma.
        Jeśli nadal się martwisz, zgłoś to ponownie albo zadzwoń do opieki społecznej lub na policję: nikt nie może Ci tego zabronić.
page-concerns-told = Dziękujemy, że nam o tym mówisz
    .help = Dorosły przeczyta to i coś z tym zrobi.
page-concerns-complaints = Skargi i sygnały
    .help = Trzy sposoby, żeby powiedzieć, że coś jest nie tak. Każdy działa bez kierownika.
page-help-directory = Znajdź pomoc
    .help =
        Kto w czym pomaga i jak się skontaktować. Tę stronę może zobaczyć każdy, bez logowania.
        Jeśli ktoś jest teraz w niebezpieczeństwie, dzwoń pod 999. Na telefonie wystarczy nacisnąć numer.
page-help-directory-print = Znajdź pomoc
    .help =
        Kto w czym pomaga i jak się skontaktować. Tę stronę może zobaczyć każdy, bez logowania.
        Jeśli ktoś jest teraz w niebezpieczeństwie, dzwoń pod 999. Na telefonie wystarczy nacisnąć numer.
access-unlink-provider = Rozłącz swoje konto służbowe
    .button = Rozłącz je
    .help = Od teraz nie zaloguje Cię już tutaj. Wszędzie, gdzie jesteś nim zalogowana lub zalogowany, nastąpi wylogowanie. Logujesz się nazwą użytkownika i hasłem albo kluczem dostępu (passkey).

page-what-to-do = Co robić
    .help =
        Co robić, a czego nie robić, gdy coś się stało. Każdy może to przeczytać, bez logowania.
        Jeśli ktoś jest teraz w niebezpieczeństwie, dzwoń pod 999.
page-what-to-do-procedure = Co robić, krok po kroku
    .help =
        Co robić, a czego nie robić, gdy coś się stało. Każdy może to przeczytać, bez logowania.
        Jeśli ktoś jest teraz w niebezpieczeństwie, dzwoń pod 999.
page-what-to-do-procedure-print = Co robić, na ścianę
    .help =
        Co robić, a czego nie robić, gdy coś się stało. Każdy może to przeczytać, bez logowania.
        Jeśli ktoś jest teraz w niebezpieczeństwie, dzwoń pod 999.

people-sign-visitor-in = Zapisz wejście gościa
    .button = Zapisz wejście
    .help = Dziś imię i nazwisko widzą osoby, które tu pracują; później tylko kierownik i zastępca kierownika.
people-sign-visitor-in--name =
    .label = Imię i nazwisko
people-sign-visitor-in--from =
    .label = Skąd?
    .hint = Firma, urząd, rodzina
people-sign-visitor-in--visits =
    .label = Kogo odwiedzasz?
people-sign-self-out = Wychodzę
    .button = Zapisz wyjście
    .help = Wpisz imię i nazwisko tak samo jak przy wejściu. W razie pożaru szukamy każdego, kto nie zapisał wyjścia.
people-sign-self-out--name =
    .label = Twoje imię i nazwisko
