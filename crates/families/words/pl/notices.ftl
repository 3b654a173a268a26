# Wiadomości pocztą i na urządzeniach.

notice-soon-subject = sprawa, na którą trzeba wkrótce spojrzeć
notice-soon-text = W Stairgate jest coś, na co trzeba wkrótce spojrzeć. Zaloguj się, aby zobaczyć, co to jest:
notice-sign-subject = coś nowego do przeczytania i podpisania
notice-sign-text = W Stairgate jest coś nowego do przeczytania i podpisania. Zaloguj się, aby to zobaczyć:
notice-work-subject = coś na Ciebie czeka
notice-work-text = W Stairgate coś na Ciebie czeka. Zaloguj się, aby zobaczyć, co to jest:
notice-test-subject = to jest próba
notice-test-text = Ta wiadomość ze Stairgate miała pokazać, czy poczta dochodzi. Dochodzi. Tutaj można się zalogować:
notice-why = Ta wiadomość celowo nie mówi nic więcej, aby nikt inny nie dowiedział się, o co chodzi.
notice-how = W Stairgate, na stronie swojego konta, możesz wybrać, jak otrzymujesz wiadomości.
notice-on-device = Coś na Ciebie czeka.
