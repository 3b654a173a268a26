# The policy, its versions and drafts, people and rooms.

page-settings-terms = Semestry i dni zamknięcia
    .help =
        Terminy liczone w semestrach lub dniach roboczych opierają się na tym kalendarzu. Weekendy i święta państwowe są już znane; dodaj semestry i dni, w których placówka jest zamknięta.
        Kalendarz zmienia kierownik lub jego zastępca. Widzi go każdy, kto się zaloguje.
page-people = Osoby
    .help = Tutaj są wszyscy, o których możesz wiedzieć: kto tu pracuje, kto jest w komitecie oraz, o ile wymaga tego Twoja praca lub rodzina, dzieci i ich rodzice lub opiekunowie.
page-rooms = Sale
    .help = Sale placówki i osoby, które w nich pracują. Dzieci są na stronie swojej sali, dla tych, którzy tam pracują.
page-rooms-room = Sala
    .help = Kto pracuje w tej sali i jej dzieci, o ile możesz je znać. Kto tu pracuje lub kieruje placówką, widzi wszystkie; rodzic widzi własne.
page-policy-clauses-clause = Punkt zasad
    .help = Jeden punkt naszych zasad i to, co się w związku z nim robi.
page-policy-print = Zasady do druku
    .help = Całe zasady na papierze; dla tych, którzy tu pracują, także to, jak każdy punkt jest dziś spełniony.
page-policy-versions = Wersje
    .help = Każda przyjęta wersja: kto ją zatwierdził i co różni ją od poprzedniej.
page-policy-versions-number = Wersja
    .help = Jedna wersja: jej słowa, kto brał udział i kto ją zatwierdził.
page-policy-versions-number-file = Wersja jako plik
    .help = Plik z zasadami, który otworzy każdy edytor tekstu i który można znowu wczytać.
page-policy-compare = Czym się różnią
    .help = Czym różnią się dwie wersje, słowo po słowie. Słowa dodane są podkreślone, słowa usunięte są przekreślone.
page-policy-draft = Projekt
    .help = Zasady, które właśnie powstają: ich słowa i to, co się w związku z każdym punktem robi.
page-policy-draft-file = Projekt jako plik
    .help = Projekt jako plik (TOML): zmień go w dowolnym edytorze tekstu i wczytaj z powrotem. Nic po drodze nie ginie.
page-policy-consultation = Uwagi
    .help = Tutaj mówisz, co myślisz o projekcie, gdy o to pytamy, i widzisz, co zrobiono z Twoimi uwagami.
page-policy-linked = Inne zasady obok tych
    .help = Inne zasady, do których odsyłają nasze punkty: gdzie są, kto o nie dba i kiedy trzeba do nich wrócić.
page-policy-linked-read = Zasady obok tych
    .help = Jedne z zasad, do których odsyłają nasze punkty.
page-policy-sanctions = Skutki
    .help = Co następuje, gdy ktoś łamie reguły, tak jak mówią nasze zasady. Osoby kierujące zapisują, co postanowiono.
policy-approve = Zatwierdź projekt
    .help = Zatwierdzasz projekt taki, jaki jest teraz. Jeśli potem się zmieni, zapytamy Cię ponownie.
    .button = Zatwierdź ten projekt
policy-approve--approver =
    .label = W czyim imieniu
