import {
  dangerWords,
  errorWords,
  howWords,
  manyPeople,
  negatedWords,
  outageWords,
  questionWords,
  recoveryWords,
  seekingWords,
  taskVerbs,
  wishVerbs,
  wishWords,
} from './cue-words.ts';

/** What people say when they mean one label rather than another, in English, Spanish and German. */
export interface Cue {
  name: string;
  /** 0 where it is not there, 1 where it is; lengths lie between. `title`: first line; `text`: all, title included. */
  strength(title: string, text: string): number;
}

/** Letters as people type them in a hurry: without accents, German umlauts as two letters. */
export function folded(text: string): string {
  const written = text.normalize('NFKC').replace(/[äöüÄÖÜß]/g, (letter) => twoLetters[letter] ?? letter);
  return written.normalize('NFD').replace(/\p{M}/gu, '');
}

const twoLetters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' };

/** Expression for any of these words: spaces part them; `_` stands for a space within, `*` for any letters. */
function anyOf(words: string, before = '(?<![\\p{L}\\p{N}])'): RegExp {
  const alternatives = folded(words)
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', '[\\s,]+').replaceAll('*', '\\p{L}*').replaceAll("'", "['’]"))
    .join('|');
  return new RegExp(`${before}(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');
}

/** Greetings, tags such as "[UI]" and a component's name before a colon may come before what opens a ticket. */
const opening =
  '^[\\s¿¡"\'(*#-]*(?:\\[[^\\]]*\\][\\s:-]*)*(?:(?:hi|hello|hey|hola|hallo|moin)(?:[\\s,!]+(?:all|team|there|everyone|zusammen|a todos))?[\\s,!.:-]+)?(?:[\\w./ -]{1,30}:\\s+)?';

function inTitle(name: string, pattern: RegExp): Cue {
  return { name, strength: (title) => (pattern.test(title) ? 1 : 0) };
}
function inText(name: string, pattern: RegExp): Cue {
  return { name, strength: (_title, text) => (pattern.test(text) ? 1 : 0) };
}
function opensWith(name: string, words: string): Cue {
  return inTitle(name, anyOf(words, opening));
}
function saysInTitle(name: string, words: string): Cue {
  return inTitle(name, anyOf(words));
}
function says(name: string, words: string): Cue {
  return inText(name, anyOf(words));
}

function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** The cues, in the order of the weights in models/builtin.json; changing anything needs `npm run train`. */
export const cues: readonly Cue[] = [
  inTitle('title ends with a question mark', /\?\s*(?:["')]\s*)?$/),
  inText('question mark', /\?(?:\s|$)/),
  inText('ends with a question', /\?[\s"')]*(?:(?:thanks|thank you|thx|gracias|danke|cheers)\b.{0,40})?$/iu),
  opensWith('opens with a question word', questionWords),
  saysInTitle('asks in the title', howWords),
  says('asks', howWords),
  says('seeks to understand', seekingWords),
  says(
    'documents or a forum were searched',
    `docs_(?:say|says) documentation_(?:says|states) tutorial example_code stackoverflow
    stack_overflow i_(?:tried|have_tried|am_trying|want|'m_trying|read|searched|googled) i'm_trying he_(?:probado|intentado|leído)
    (?:probiert|versucht|gelesen|gesucht)`,
  ),

  saysInTitle('error word in the title', errorWords),
  says('error word', errorWords),
  saysInTitle('something is not done, in the title', negatedWords),
  says('something is not done', negatedWords),
  inText(
    'stack trace or error name',
    /\bat [\w$.<>]+\(|File "[^"\n]+", line \d|\b\w+(?:Exception|Error)\b|Traceback|\bE[A-Z]{4,}\b|\bSIG[A-Z]{3,4}\b|\b0x[0-9a-f]{4,}/u,
  ),
  inText(
    'steps to reproduce',
    /steps to reproduce|reproduc|\brepro\b|expected|actual(?:ly)? (?:result|behaviou?r|outcome)|pasos para|esperado|erwartet|statt ?dessen|\binstead\b|tritt auf/iu,
  ),
  inText(
    'a condition for it to go wrong',
    /(?<!\p{L})(?:when(?:ever)?|after|if|while|since|cuando|al|si|wenn|nach|sobald|beim|seit)(?!\p{L})/iu,
  ),
  inText('version number', /(?<![\w.])v?\d+\.\d+(?:\.\d+)?(?![\w:])/u),
  inTitle('code in the title', /[a-z][A-Z]|\w\(\)|\w::\w|_\w+_|\w\.\w+\.\w|`/u),
  inText('code', /```|(?<!\w)[A-Z0-9_]*[a-z][a-z0-9_]*[A-Z]\w*\(|\w\(\)|;\s*(?:\n|$)|\{\s*\n|=>|->|::/u),

  saysInTitle('outage word in the title', outageWords),
  says('outage word', outageWords),
  says('many people', manyPeople),
  says(
    'only here',
    `only_(?:me|mine|my|here|when|for|in|on|if|with|one|the|this|affects) (?:all|the)_others? everything_else (?:works|work|fine|ok)_(?:in|on|with|from|for|if|elsewhere)
    just_(?:me|mine|my|one) is_fine are_fine works_fine one_user not_for_(?:me|others)
    s[oó]lo_(?:a_mí|en|cuando|si|me|con|para|a_una) (?:los|las)_demás (?:el|todo_lo)_resto en_(?:chrome|firefox)_(?:sí|va|funciona)
    nur_(?:bei|mir|mein|in|auf|wenn|ich|beim|mit|der|die|das) alle_anderen sonst bei_(?:den_)?(?:anderen|kollegen)`,
  ),
  says('recovery word', recoveryWords),
  says('danger to people or data', dangerWords),
  inText(
    'clock time',
    /(?<!\d)\d{1,2}[:.]\d{2}\s?(?:am|pm|utc|h|uhr|cet|pst|pdt|est|edt|gmt)?(?![\d.])|\b\d{1,2}\s?(?:am|pm|uhr|utc)\b|\b(?:utc|pst|pdt)\b/iu,
  ),
  inText(
    'how long it went on',
    /(?<!\d)\d+\+?\s?(?:min(?:ute)?s?|hours?|hrs?|h|minutos?|horas?|minuten?|stunden?)(?!\p{L})|half an hour|media hora|halbe[nr]? stunde/iu,
  ),
  says(
    'now',
    `now right_now currently since_(?:this|yesterday|last|around|about|\\d+) this_morning today tonight just_now again urgent
    urgently asap ahora desde_(?:esta|ayer|las|hace) esta_mañana hoy urgente jetzt seit_(?:heute|gestern|etwa|\\d+) heute
    gerade aktuell dringend`,
  ),
  says(
    'service or site',
    `production prod servers? services? websites? site database databases cluster region network wifi vpn
    datacent(?:er|re) data_cent(?:er|re) platform api gateway dns login checkout payments? servidor servidores red web producción
    sistema plataforma server netz netzwerk webseite produktion system standort internet`,
  ),
  inText(
    'reported as past',
    /\b(?:we|users|customers|service|team|system|servers?) (?:was|were|had|experienced|saw|lost|noticed|observed|failed|received)\b|\bbetween \d|\bcaused by\b|\bled to\b|\bresult(?:ed|ing) in\b/iu,
  ),

  saysInTitle('wish in the title', wishWords),
  says('wish', wishWords),
  opensWith('opens with a wish verb', wishVerbs),
  says(
    'something is lacking',
    `there_is_no there's_no no_way_to no_option not_(?:yet_)?supported lacks? lacking missing
    only_(?:supports?|allows?|possible|way) have_to_\\p{L}+ manually by_hand every_time workaround so_(?:that_)?(?:users|we|i|people|that|you|it)
    no_hay_(?:forma|manera|opción) falta a_mano manualmente cada_vez para_que no_existe
    fehlt fehlen es_gibt_(?:keine|kein|keinen) manuell von_hand jedes_mal damit bisher bislang
    momentan_nur aktuell_nur geht_nur kann_nur können_nur kennt_nur noch_nicht`,
  ),
  says(
    'works as designed',
    `by_design by_policy on_purpose as_(?:designed|specified|documented|intended|agreed|bought|planned) spec_says (?:documented|known|hard)_limit
    not_meant_to intended deliberate* at_present at_the_moment currently limited_to no_plans
    por_diseño a_propósito según_la_(?:documentación|especificación) de_momento actualmente limitado_a ahora_solo hoy_solo
    absichtlich so_gewollt so_vorgesehen laut_(?:doku|handbuch) momentan derzeit aktuell bisher begrenzt_auf`,
  ),
  says(
    'use case',
    `use_case* usecase would_(?:help|save|allow|make|let|be) similar_to like_in just_like as_in useful helpful handy
    convenient easier nice_to_have other_(?:tools|apps|products) ayudaría ahorraría útil más_fácil hilfreich praktisch einfacher
    würde_(?:helfen|sparen|uns)`,
  ),

  opensWith('opens with a task verb', taskVerbs),
  says(
    'a deed asked for as a question',
    `(?:can|could|would|will)_(?:you|someone|somebody|anyone|anybody|whoever|i_get|we_get|i_have|we_have|i_please) may_i_ask would_you_mind
    (?:me|nos)_(?:puedes|pueden|podéis|podrías|podrían|podrían) (?:puedes|pueden|podéis|podrías|podrían)_\\p{L}+
    (?:kannst|könntest)_du könnt_ihr könntet_ihr könnten_sie können_sie kann_(?:jemand|wer|bitte) könnte_(?:jemand|bitte)`,
  ),
  says(
    'please',
    'please pls plz kindly por_favor porfa bitte could_you can_you can_someone could_someone podéis podrías puedes könnt könntet könntest könnten_sie kannst_du kann_jemand',
  ),
  saysInTitle(
    'German infinitive of something to do',
    `*räumen *legen *richten *ziehen *tauschen *sperren *bauen *setzen *nehmen *tragen *stellen *schieben *löschen *holen
    *schicken *senden *schließen *machen *prüfen *ändern *werfen *geben *führen *fassen *teilen *lagern *längern *neuern *ordern
    [\\p{L}]{2,15}ieren`,
  ),
  says(
    'upkeep',
    `tests? unit_tests? test_case* docs? documentation javadoc* readme changelog dependency dependencies
    build ci refactor* clean_?up release releases licen[cs]es? code_style todo unused deprecated jira wiki checklist template*
    backup* migration documentación pruebas limpieza migración copia dokumentation tests aufräum* umstellung vorlage*`,
  ),
  says(
    'access or purchase',
    `access account accounts permission permissions licen[cs]e laptop laptops onboard* new_(?:hire|starter|
    colleague|employee|joiner|intern) badge order invoice mailbox mailing_list monitor keyboard seat chairs?
    acceso cuenta permisos? licencia portátil nuev[oa]_(?:compañer[oa]|emplead[oa]) tarjeta factura teclado
    zugang zugriff konto lizenz berechtigung* notebook neue[nr]?_(?:kolleg*|mitarbeiter*) ausweis rechnung postfach bildschirm`,
  ),
  says(
    'deadline',
    `by_(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next|the_end|end) before_(?:monday|tuesday|wednesday|thursday|friday|
    the|next|we) until_(?:monday|friday|next) next_(?:week|month|monday|friday|sprint|quarter) end_of_(?:the_)?(?:week|month|quarter|year|day) starts_on
    due deadline antes_del? para_el (?:la_)?próxim[oa] bis_(?:montag|dienstag|mittwoch|donnerstag|freitag|zum|ende|nächste*)
    nächste_woche vor_dem ab_(?:montag|dem)`,
  ),
  says('I', "i i'm i've i'd my me yo mi mis me ich mein meine meinen meinem mir mich"),
  says('we', 'we us our nosotros nuestro nuestra nos tenemos wir uns unser unsere unserem unseren'),
  saysInTitle('greets', 'hi hello hey hola hallo moin buenos_días buenas guten_morgen guten_tag thanks'),

  { name: 'length of the title', strength: (title) => Math.min(1, Math.log1p(wordCount(title)) / 3.5) },
  {
    name: 'length of the rest',
    strength: (title, text) => Math.min(1, Math.log1p(wordCount(text) - wordCount(title)) / 6),
  },
  { name: 'one line', strength: (_title, text) => (text.trim().includes('\n') ? 0 : 1) },
];
