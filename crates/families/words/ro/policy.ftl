# The policy, its versions and drafts, people and rooms.

page-settings-terms = Trimestre și zile închise
    .help =
        Termenele socotite în trimestre sau zile lucrătoare urmează acest calendar. Sfârșiturile de săptămână și sărbătorile legale sunt știute deja; adaugă trimestrele și zilele în care grădinița este închisă.
        Calendarul îl schimbă managerul sau adjunctul. Îl poate vedea oricine intră în cont.
page-people = Persoane
    .help = Aici sunt toți cei despre care ai voie să știi: cine lucrează aici, cine este în comitet și, cât cere munca sau familia ta, copiii cu părinții și îngrijitorii lor.
page-rooms = Săli
    .help = Sălile grădiniței și cine lucrează în ele. Copiii sunt pe pagina sălii lor, pentru cine lucrează acolo.
page-rooms-room = O sală
    .help = Cine lucrează în această sală și copiii ei, cât ai voie să-i știi. Cine lucrează aici sau conduce grădinița îi vede pe toți; un părinte îi vede pe ai lui.
page-policy-clauses-clause = Un punct
    .help = Un punct al regulilor și ce se face pentru el.
page-policy-print = Regulile pentru tipărit
    .help = Toate regulile pe hârtie; pentru cine lucrează aici, și cum stă fiecare punct astăzi.
page-policy-versions = Versiuni
    .help = Fiecare versiune adoptată, cine a aprobat-o și ce a fost altfel față de cea dinainte.
page-policy-versions-number = O versiune
    .help = O versiune cu cuvintele ei, cine a participat și cine a aprobat-o.
page-policy-versions-number-file = Versiunea ca fișier
    .help = Un fișier cu regulile, pe care îl deschide orice editor de text și care poate fi adus înapoi.
page-policy-compare = Ce este diferit
    .help = Ce este diferit între două versiuni, cuvânt cu cuvânt. Cuvintele adăugate sunt subliniate, cele scoase sunt tăiate.
page-policy-draft = Proiect
    .help = Regulile care se scriu acum: cuvintele lor și ce se face pentru fiecare punct.
page-policy-draft-file = Proiectul ca fișier
    .help = Proiectul ca fișier (TOML): schimbă-l cu orice editor de text și adu-l înapoi. Nu se pierde nimic pe drum.
page-policy-consultation = Comentarii
    .help = Aici spui ce crezi despre un proiect când ești întrebat și vezi ce s-a făcut cu ce ai spus.
page-policy-linked = Reguli pe lângă acestea
    .help = Alte reguli la care trimit punctele: unde sunt ținute, cine are grijă de ele și când trebuie revăzute.
page-policy-linked-read = Reguli pe lângă acestea: text
    .help = Unele dintre regulile la care trimit punctele.
page-policy-sanctions = Consecințe
    .help = Ce urmează când cineva încalcă regulile, așa cum spun ele. Cei din conducere notează ce s-a hotărât.
policy-approve = Aprobă proiectul
    .help = Aprobi proiectul așa cum este acum. Dacă se schimbă după aceea, ești întrebat din nou.
    .button = Aprobă acest proiect
policy-approve--approver =
    .label = În numele cui
