# Co mówi się wszystkim o monitorowaniu: na stronie logowania, na ekranie, na ścianie.

monitor-sign-in = To, o co prosi się w internecie w tym miejscu, jest monitorowane dla bezpieczeństwa dzieci. Można ustalić, że chodzi o Ciebie.
monitor-sign-in-more = Co przechowujemy i dlaczego
monitor-notice-title = Internet jest tu monitorowany
monitor-notice-what = Przechowujemy to, o co prosi się tu w internecie: jaką witrynę lub stronę, na którym urządzeniu, kiedy i czy była otwarta. Można ustalić, o kogo chodzi. Nie przechowujemy tego, co czytasz i piszesz.
monitor-notice-why = Robimy to dla bezpieczeństwa dzieci i dlatego, że wymagają tego przepisy dla takich miejsc jak nasze.
monitor-notice-keep = Przez ile dni to przechowujemy: { $days }. Potem jest to usuwane.
monitor-notice-who = Kto może to obejrzeć: { $roles }. Tylko z powodu, który zostaje zapisany; druga osoba przegląda część tych powodów.
monitor-notice-wifi = Tak jest na naszych urządzeniach i u każdego, kto korzysta z naszego wifi na własnym urządzeniu.
monitor-notice-rights = Zapytaj kierownika placówki, jeśli chcesz wiedzieć, co o Tobie przechowujemy, chcesz kopię albo uważasz, że coś się nie zgadza.
monitor-notice-reasons = Nasze zasady mówią dlaczego:
monitor-notice-covers = Nasze zasady obejmują też monitorowaniem:
monitor-notice-print = Na ścianę i do wifi
monitor-notice-none = Nasze zasady nie przewidują monitorowania.

page-monitor-notice = Internet jest tu monitorowany
    .help =
        Co przechowujemy z tego, o co ludzie proszą tu w internecie, dlaczego, jak długo i kto może to obejrzeć.
        Możesz to wydrukować na ścianę i do wifi.
page-monitor-notice-print = Internet jest tu monitorowany, na ścianę
    .help =
        Co przechowujemy z tego, o co ludzie proszą tu w internecie, dlaczego, jak długo i kto może to obejrzeć.
        Możesz to wydrukować na ścianę i do wifi.
