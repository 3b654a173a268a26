// The nine procedures as journeys: who reports what and how, who leads it, and what is refused.
// `steps` are what whoever leads does on the page of the procedure, in this order.

export const LEAD = 'manager and safeguarding lead';
export const DEPUTY_LEAD = 'deputy safeguarding lead';
export const DEPUTY_MANAGER = 'deputy manager and safeguarding lead';
export const CHAIR = 'chair of the committee';

/** A step that may not be passed over is passed over only when a second person agrees. */
const passedOver = (step, by) => [
  { step, outcome: 'not-needed', words: 'It does not fit here.' },
  { step, shows: 'A second person is asked' },
  { step, agrees: by },
  { step, shows: 'Not needed' },
];

/** A step that waits: refused before the police have answered, done after. */
const waits = (step, police) => [
  { step, shows: 'Waits for the police' },
  { step, outcome: 'done', refused: /waits for the police’s answer/ },
  { step: police, outcome: 'done', words: 'They know.', refused: /what the police answered, on the form for it/ },
  { step: police, answers: { reference: 'MP/4711', advised: 'Go on with what waits.', releases: 'yes' } },
  { step, outcome: 'done', words: 'As they said.' },
  { step, shows: 'Done' },
];

export const JOURNEYS = [
  {
    procedure: 'abuse',
    title: 'Online abuse, exploitation or grooming of a child',
    by: 'practitioner',
    kind: 'grooming',
    what: 'She says that somebody in a game wants to meet her',
    leads: DEPUTY_LEAD,
    keyboard: true,
    steps: [{ step: 'safe', outcome: 'done', words: 'She is with Grace.' }, ...waits('others', 'police'), ...passedOver('referral', LEAD)],
  },
  {
    procedure: 'indecent-images',
    title: 'Indecent images of children',
    by: 'room leader',
    kind: 'indecent-image',
    what: 'A picture came up on the office computer that nobody should see',
    leads: LEAD,
    way: 'device',
    unseen: true,
    steps: waits('copies', 'police'),
  },
  {
    procedure: 'staff-misuse',
    title: 'A worry or allegation about somebody who works here',
    by: 'volunteer',
    kind: 'adult',
    adult: 'Callum Baird',
    about: 'technical lead',
    what: 'He looked through the pictures of the children on his own phone',
    leads: LEAD,
    steps: [{ step: 'suspend', suspends: 'technical lead' }, { step: 'quiet', outcome: 'done', words: 'Nobody else knows.' }],
  },
  {
    procedure: 'staff-misuse',
    title: 'A worry or allegation about somebody who works here',
    by: 'practitioner',
    kind: 'adult',
    role: 'manager',
    about: LEAD,
    what: 'The manager took the tablet of the room home',
    leads: CHAIR,
    steps: [{ step: 'tell', outcome: 'done', words: 'The chair knows.' }],
  },
  {
    procedure: 'staff-misuse',
    title: 'A worry or allegation about somebody who works here',
    by: 'student',
    kind: 'adult',
    role: 'lead',
    about: DEPUTY_MANAGER,
    what: 'I was told by the lead to write nothing down',
    leads: CHAIR,
    keyboard: true,
    steps: [{ step: 'child', outcome: 'done', words: 'No child was near.' }],
  },
  {
    procedure: 'bullying',
    title: 'Bullying online',
    by: 'pictures',
    pictures: ['Another child', 'Somebody was unkind', 'Sad'],
    what: 'Told with pictures',
    leads: DEPUTY_LEAD,
    steps: [{ step: 'listen', outcome: 'done', words: 'We sat down with her.' }, { step: 'keep', outcome: 'not-yet', words: 'Nothing is written anywhere.' }],
  },
  {
    procedure: 'hate',
    title: 'Hate online',
    by: 'parent of two children',
    kind: 'hate',
    what: 'In the parents’ chat somebody mocks how we speak',
    leads: DEPUTY_MANAGER,
    steps: [...waits('report', 'police')],
  },
  {
    procedure: 'radicalisation',
    title: 'Somebody is being drawn into extremism',
    by: 'new practitioner',
    kind: 'radicalisation',
    what: 'A big brother shows the children flags and videos at the gate',
    leads: LEAD,
    keyboard: true,
    steps: passedOver('police', DEPUTY_LEAD),
  },
  {
    procedure: 'offensive-material',
    title: 'Suspicious, offensive or illegal material',
    by: 'grandparent',
    kind: 'unsuitable',
    what: 'The tablet in the hall showed a fight with much blood',
    leads: DEPUTY_LEAD,
    steps: [{ step: 'sort', outcome: 'done', words: 'An advertisement in a game.' }, ...waits('clear', 'police')],
  },
  {
    procedure: 'police',
    title: 'What must go to the police',
    by: 'committee member for safeguarding',
    what: 'A stranger photographs the garden from a car each day',
    leads: LEAD,
    ticks: 'suspected illegal activity',
    steps: [{ says: /goes to the police: suspected illegal activity/ }, ...waits('go-on', 'police')],
  },
  {
    procedure: 'data-breach',
    title: 'Personal data was lost, sent wrongly or seen by others',
    by: 'nobody',
    kind: 'data',
    what: 'A list with our telephone numbers lay in the bus shelter',
    leads: LEAD,
    steps: [
      { step: 'assess', outcome: 'done', words: 'A list.', refused: /the breach and its risk, on the form for it/ },
      { step: 'assess', assesses: { words: 'A list of telephone numbers, on paper', whose: 'Parents', count: '42', risk: 'some', why: 'Somebody may ring them.' } },
      ...passedOver('regulator', DEPUTY_MANAGER),
      { register: 'A list of telephone numbers, on paper' },
    ],
  },
];
