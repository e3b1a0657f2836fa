import { createHash } from 'node:crypto';
import { seededRandom } from '../electron/cli/seeded-random.ts';
import type { UnsavedTicket } from '../electron/tickets/ports/ticket-store.ts';
import { summarise } from '../electron/tickets/summary.ts';
import { type Label, labels } from '../shared/labels.ts';
import type { Classification, Decision } from '../shared/ticket.ts';
import type { TicketEvent } from '../shared/ticket-list.ts';

export interface SeedExample {
  text: string;
  label: Label;
}

export interface SeededTicket {
  ticket: UnsavedTicket;
  /** What happened before it became what it is, oldest first. */
  earlier: TicketEvent[];
}

const day = 86_400_000;
const spanDays = 4 * 365;

/**
 * Tickets of a busy team over four years, up to `now` (milliseconds since 1970), in the order in which a log gets them:
 * the last few came from Jira and are old. None has work left for the program, so that opening such a log files nothing.
 * The same examples give the same tickets; `known` is how many the log has, so that ids and keys go on from there.
 */
export function* seedTickets(
  rows: number,
  examples: readonly SeedExample[],
  now: number,
  known = 0,
): Generator<SeededTicket> {
  const random = seededRandom(20250101 + known);
  const pick = <T>(values: readonly T[], skew = 1): T => {
    const value = values[Math.floor(random() ** skew * values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from.');
    return value;
  };
  const fromJira = Math.floor(rows * 0.03);
  const spacing = (spanDays * day) / rows;

  for (let index = 0; index < rows; index += 1) {
    const isFromJira = index >= rows - fromJira;
    const age = isFromJira ? random() * spanDays * day : (rows - index - random()) * spacing;
    const at = (ms: number) => new Date(Math.min(Math.round(now - age + ms), now)).toISOString();
    const example = pick(examples);
    const text = random() < 0.06 ? pick(otherScripts) : ticketText(example.text);
    const source = pick(sources);
    const classification = isFromJira
      ? ({ label: example.label, confidence: null, probabilities: null, source: 'none', model: null, ms: 0 } as const)
      : classify(example.label, source.source, source.model);
    const [user, userName] = pick(people, 2);
    const [channel, channelName] = pick(channels, 2);
    const number = known + index + 1;
    const key = `KAN-${number}`;
    const fate = isFromJira ? pick(['waits', 'approved', 'rejected'] as const) : fateOf(age);
    const decidedAt = at(60_000 + random() ** 4 * 3 * day);
    const decision: Decision | null =
      fate === 'approved' || fate === 'rejected' ? { status: fate, by: pick(people, 2)[0], at: decidedAt } : null;
    const error = fate === 'failed' || fate === 'discarded' ? pick(refusals) : fate === 'hidden' ? hiddenMessage : null;
    const isFiled = fate !== 'failed' && fate !== 'discarded';
    const status = decision?.status ?? (isFiled ? 'created' : 'failed');
    const step = decision || fate === 'discarded' ? 'done' : isFiled ? 'announced' : 'classified';
    const ticket: UnsavedTicket = {
      origin: isFromJira ? 'jira' : 'desk',
      requestId: createHash('sha256').update(`seed ${number}`).digest('hex').slice(0, 32),
      team: isFromJira ? '' : 'T0SEED',
      user,
      userName,
      channel,
      channelName,
      text: isFromJira ? '' : text,
      summary: summarise(text),
      responseUrl: null,
      classification,
      issueType: isFiled ? issueTypes[example.label] : null,
      wantedType: null,
      wantedProject: null,
      wantedFields: null,
      door: 'command',
      sourceMessage: null,
      files: [],
      markup: null,
      supplements: [],
      note: null,
      issueId: isFiled ? String(10_000 + number) : null,
      issueKey: isFiled ? key : null,
      sent: null,
      isUnsure: false,
      correction: null,
      issueUrl: isFiled ? `https://acme.example/browse/${key}` : null,
      status,
      step,
      decision,
      announcement:
        isFiled && !isFromJira
          ? { via: 'channel', channel, ts: `${Math.floor((now - age) / 1000)}.${String(index).padStart(6, '0')}` }
          : null,
      error,
      attempts: error ? 1 : 0,
      nextTryAt: null,
      claim: null,
      createdAt: at(0),
      updatedAt: decision ? decidedAt : at(isFromJira ? age : 4000),
    };
    yield { ticket, earlier: isFromJira ? [] : earlierEvents(ticket, at) };
  }

  function ticketText(text: string): string {
    const place = `${pick(['Room', 'Desk', 'Device', 'Site'])} ${1 + Math.floor(random() * 900)}.`;
    const kind = random();
    if (kind < 0.5) return `${text} ${place}`;
    if (kind < 0.98) return `${text}\n\n${pick(examples).text} ${place}`;
    return `${text}\n\n${Array.from({ length: 40 }, () => pick(examples).text).join('\n')}`;
  }

  function fateOf(age: number) {
    const kind = random();
    if (kind < 0.004) return 'failed';
    if (kind < 0.006) return 'hidden';
    if (kind < 0.02) return 'discarded';
    // What was filed in the last days mostly waits still.
    if (kind < (age < 10 * day ? 0.7 : 0.1)) return 'waits';
    return kind < 0.8 ? 'approved' : 'rejected';
  }

  function classify(label: Label, source: Classification['source'], model: string | null): Classification {
    const confidence = 0.4 + 0.59 * random();
    const rest = (1 - confidence) / (labels.length - 1);
    const figure = (each: Label) => (each === label ? confidence : rest);
    const probabilities = {
      Task: figure('Task'),
      Bug: figure('Bug'),
      Incident: figure('Incident'),
      'Feature Request': figure('Feature Request'),
      Question: figure('Question'),
    };
    return { label, confidence, probabilities, source, model, ms: Math.round(random() * 900) };
  }
}

function earlierEvents({ status, step, error, decision }: UnsavedTicket, at: (ms: number) => string): TicketEvent[] {
  const begun = [
    { at: at(0), step: 'received', status: 'received', error: null },
    { at: at(700), step: 'classified', status: 'received', error: null },
    { at: at(720), step: 'creating', status: 'received', error: null },
  ] satisfies TicketEvent[];
  if (status === 'failed')
    return step === 'done' ? [...begun, { at: at(1900), step: 'classified', status, error }] : begun;
  const created: TicketEvent = { at: at(2300), step: 'created', status: 'created', error: null };
  if (!decision) return [...begun, created];
  return [
    ...begun,
    created,
    { at: at(2900), step: 'announced', status: 'created', error: null },
    { at: decision.at, step: 'announced', status, error: null },
  ];
}

const refusals = [
  { code: 'forbidden', message: 'Jira refused: the account may not create issues in KAN. Ask for the permission.' },
  {
    code: 'invalid_input',
    message: 'Jira refused: the field Team is required. Fill it in by a default, or remove it.',
  },
] as const;
const hiddenMessage = {
  code: 'not_found',
  message: 'Slack cannot find the channel any more, so the approval message could not be posted.',
} as const;

const issueTypes: Record<Label, string> = {
  Task: 'Task',
  Bug: 'Bug',
  Incident: 'Incident',
  'Feature Request': 'Task',
  Question: 'Question',
};

const sources = [
  ...Array.from({ length: 6 }, () => ({ source: 'gguf', model: 'gemma-3-1b-it-Q4_K_M.gguf' }) as const),
  ...Array.from({ length: 3 }, () => ({ source: 'builtin', model: '1' }) as const),
  { source: 'openai', model: 'gpt-4o-mini' } as const,
];

const givenNames =
  'Ana Bob Chidi Dilnoza Émile Fatima Grzegorz Hana Ingrid Jürgen Kenji Lucía Mehmet Nadia Olga Priya'.split(' ');
const familyNames = 'Åberg Brown Çelik Dvořák Ferrari Ivanov Kim Müller Nguyen Okafor'.split(' ');
const nativeNames = [
  'Ольга Смирнова',
  '佐藤健',
  '김민준',
  'فاطمة علي',
  'Γιώργος Παππάς',
  'नेहा शर्मा',
  'ลลิตา',
  'דנה לוי',
];
const people = [
  ...givenNames.flatMap((given) => familyNames.map((family) => `${given} ${family}`)),
  ...nativeNames,
].map((name, index) => [`U0SEED${String(index).padStart(4, '0')}`, name] as const);
const channels = ['help', 'it', 'office', 'warehouse', 'finance', 'web', 'security', 'hr', 'büro', '総務']
  .flatMap((name) => [name, `${name}-berlin`, `${name}-tokyo`, `${name}-lagos`])
  .map((name, index) => [`C0SEED${String(index).padStart(4, '0')}`, name] as const);

const otherScripts = [
  'Größenänderung der Übersicht schlägt fehl, Fußzeile verrutscht',
  'Impossible de se connecter à la boîte partagée depuis ce matin',
  'La impresora del tercer piso no imprime, ¿alguien puede mirarla?',
  'Принтер в переговорной не работает с понедельника',
  '会議室のプロジェクターが映りません',
  '공유 폴더에 접근할 수 없습니다',
  'الطابعة في الطابق الثاني لا تعمل',
  'Ο εκτυπωτής δεν απαντά 🖨️',
  'ईमेल भेजने में समस्या आ रही है',
  'לא מצליחה להתחבר ל-VPN מהבית',
  'ไม่สามารถเข้าสู่ระบบได้',
  '打印机缺纸，请补充',
] as const;
