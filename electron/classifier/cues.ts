/** What people say when they mean one label rather than another, in English, Spanish and German. */
export interface Cue {
  name: string;
  /** 0: not there; 1: there. Lengths lie between. `title`: the first line; `text`: all of it, title included. */
  strength(title: string, text: string): number;
}

/** Spaces part words; `_` stands for a space within, `*` for any letters. */
function anyOf(words: string, before = '(?<![\\p{L}\\p{M}\\p{N}])'): RegExp {
  const alternatives = words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', '[\\s,]+').replaceAll('*', '[\\p{L}\\p{M}]*').replaceAll("'", "['’]"))
    .join('|');
  return new RegExp(`${before}(?:${alternatives})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
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

const wishWords = `would_be_(?:very_|really_|so_)?(?:nice|great|good|helpful|useful|handy|cool|awesome|lovely) it'd_be
  feature_request feature_proposal enhancement suggestion i_suggest i_propose proposal i_wish we_wish wishlist ability_to
  able_to_(?:choose|set|select|configure|specify|use|see|filter|export) allow_(?:us|me|users|to|for|people|the_user)
  (?:an|the)_option_to option_for support_for add_support please_(?:add|support|consider|implement|allow|provide)
  (?:can|could)_(?:you|we)_(?:please_)?(?:add|have|get|support) i_would_(?:like|love) i'd_(?:like|love) we'd_(?:like|love)
  make_it_possible should_(?:support|allow|offer|provide|let) let_(?:users|me|us|people)
  estaría_(?:bien|genial) sería_(?:útil|bueno|genial|ideal|estupendo|práctico) me_gustaría nos_gustaría posibilidad_de
  que_se_pueda poder_* opción_(?:de|para) añadir_(?:una|un|soporte|la_opción) agregar_(?:una|un|soporte) sugerencia propongo
  wäre_(?:es_)?(?:schön|gut|toll|super|hilfreich|praktisch|klasse|prima) wünsch* möglichkeit funktionswunsch vorschlag
  unterstützung_für sollte_man`;

const errorWords = `error errors exception exceptions fail fails failed failing failure failures crash crashes crashed crashing
  broken breaks bug buggy wrong wrongly incorrect incorrectly invalid unexpected unexpectedly regression traceback segfault
  corrupt corrupted corrupts hangs freezes freeze frozen stuck leak leaks deadlock infinite_loop garbled misaligned overlaps
  truncated duplicated disappears disappear vanishes lost ignored ignores nullpointerexception npe undefined nan glitch*
  errores fallo fallos falla fallan fallando falló roto rota rompe incorrecto incorrecta mal bloquea bloqueado congela cuelga
  desaparece desaparecen duplicado duplicados equivocado equivocada
  fehler* absturz abstürz* stürzt kaputt falsch falsche falschen falscher hängt eingefroren friert verschwindet verschwinden
  doppelt fehlerhaft fehlgeschlagen schlägt_fehl defekt`;

const negatedWords = `doesn't does_not don't do_not didn't did_not isn't is_not aren't are_not wasn't cannot can_not can't won't
  will_not couldn't not_working no_longer never stopped_working unable_to nothing_happens not_(?:shown|displayed|saved|sent|
  updated|applied|called|possible|found|loaded|respected) doesnt dont cant wont isnt
  no_funciona no_funcionan no_se_\\p{L}+ no_(?:me_)?deja no_puedo no_podemos no_carga no_abre no_sale no_aparece* no_llega* ya_no
  dejó_de ha_dejado_de
  nicht_mehr geht_nicht gehen_nicht funktioniert_nicht funktionieren_nicht lässt_sich_nicht kann_nicht können_nicht
  wird_nicht werden_nicht kommt_nicht`;

const outageWords = `outage outages down offline unavailable unavailability degraded degradation unreachable downtime
  disruption* interruption interrupted incident incidents elevated impact impacting impacted affected affecting
  timeouts timing_out intermittent* partial_outage unresponsive failover overload* 5xx 50[0234] brownout
  caído caída caídos caídas interrupción sin_(?:servicio|internet|red|conexión|luz|acceso) no_disponible inaccesible corte
  cortes apagón incidencia incidente afectado afectados
  ausfall ausfälle ausgefallen störung* gestört nicht_erreichbar unerreichbar lahmgelegt liegt_lahm beeinträchtig* stromausfall
  totalausfall vorfall`;

const manyPeople = `everyone everybody nobody no_one all_(?:users|customers|staff|of_us|our|teams|sites|employees|students|
  colleagues|machines|stores) (?:some|many|several|multiple|most|other)_(?:users|customers|people|colleagues|teams|clients|
  students|sites|of_us|offices|regions|services) customers users_(?:are|were|may|cannot|can't|experienced|unable) subset_of
  whole_\\p{L}+ entire_\\p{L}+ company-wide site-wide company_wide across_the team_is
  todos todas nadie varios varias clientes toda_la todo_el ningún_\\p{L}+ muchos usuarios
  alle allen niemand keiner mehrere mehreren kunden kundinnen ganze ganzen ganzes gesamte viele kollegen komplette`;

const recoveryWords = `resolved mitigated mitigating identified investigating investigate_reports monitoring restored
  rolled_back rollback recovered recovery recovering back_to_normal root_cause postmortem post-mortem we_apologi[sz]e apolog*
  has_been_(?:fixed|deployed|implemented|restored|resolved) fix_was_deployed remediation aftermath on-call
  resuelto restablecido restablecida recuperado recuperada mitigado identificado investigando monitorizando
  behoben wiederhergestellt wieder_erreichbar identifiziert untersuchen beobachten nachbereitung`;

const dangerWords = `breach* breached leaked ransomware phishing malware virus hacked compromised stolen exposed vulnerab*
  attack attackers ddos smoke fire gas flood* water_is injur* evacuat* sparks burning alarm hazard* unsafe spill
  brecha filtración filtrado robado robada hackeado expuesto ataque humo fuego incendio inundación fuga herido alarma
  datenleck gestohlen gehackt angriff verschlüsselt rauch feuer brennt brand wasserschaden verletzt gasgeruch gefahr evakuiert`;

const taskVerbs = `update upgrade bump move migrate remove delete drop create write document clean clean_up cleanup refactor
  rename replace review set_up setup configure install uninstall prepare order buy investigate check verify convert publish
  release test deprecate merge archive schedule rotate renew revoke grant reset assign book arrange print deploy port rewrite
  simplify reorganize reorganise split extract tidy switch define design research evaluate audit back_up backup restore copy
  import export label close ship send give collect draft translate fix_(?:typo*|docs|tests|build|links) add_(?:test|tests|
  unit|documentation|docs|javadoc|example|examples|missing|a_test|license|ci) need_to needs_to we_(?:need|should|must) please
  actualizar actualizad mover migrar borrar eliminar crear escribir documentar limpiar renombrar reemplazar revisar configurar
  instalar preparar pedir comprar encargar archivar programar renovar dar_de necesitamos hay_que por_favor
  bitte aktualisieren verschieben migrieren löschen anlegen einrichten bestellen dokumentieren aufräumen umbenennen ersetzen
  prüfen installieren vorbereiten archivieren erneuern wir_brauchen`;

const wishVerbs = `add support allow provide implement introduce enable make let expose extend offer option ability feature
  feature_request request improve enhance include show display use better new more customi[sz]able configurable optional
  permitir añadir agregar soportar ofrecer opción mostrar integrar poder
  unterstützung ermöglichen hinzufügen option funktion neue anzeigen`;

const questionWords = `how what why where which who whose when is are am can could does do did should would will has have
  any anyone anybody was were may
  cómo como qué que por_qué dónde cuál cuáles quién cuándo cuánto cuánta puedo podemos se_puede hay es tengo alguien
  wie was warum wieso weshalb wo wohin welche welcher welches wer wann kann können könnte gibt_es ist sind darf dürfen muss
  müssen hat haben weiß wo_finde`;

const howWords = `how_(?:do|can|to|should|would|does|is|are|many|much|long|come|often) what_(?:is|are|does|do|happens|should|
  would|would_be) why_(?:is|are|does|do|did|was|the) is_(?:it|there|this|that|anyone) are_there (?:can|could|may|should)_(?:i|we|anyone|
  someone) does_(?:anyone|anybody|it|this|the) do_(?:i|we|you) (?:has|have)_(?:anyone|anybody|you) where_(?:can|do|is|are) who_(?:is|can|do)
  which_(?:one|of|version) when_(?:will|is|do|does)
  cómo_\\p{L}+ dónde_\\p{L}+ qué_\\p{L}+ cuál_es cuándo_\\p{L}+ por_qué se_puede alguien_sabe hay_alguna
  wie_(?:kann|komme|lange|viel|viele|bekomme|funktioniert|geht|macht|richte|stelle|ist|mache) wo_(?:finde|kann|ist|liegt|sind) was_(?:ist|bedeutet|
  passiert|muss) warum_\\p{L}+ gibt_es kann_(?:ich|man|mir) darf_ich weiß_jemand wer_(?:ist|kann|hat)`;

const seekingWords = `wondering curious clarif* confused confusing not_sure unsure i'd_like_to_know want_to_know
  would_like_to_(?:know|understand) understand explain explanation meaning difference advice recommend* right_way
  best_(?:way|practice*) correct_way proper_way is_it_possible any_(?:idea|ideas|help|suggestion|suggestions|hints|pointers|
  plans|way|chance) thanks_in_advance help_me question questions asking how_come supposed_to expected_behaviou?r by_design
  duda dudas pregunta me_pregunto saber entender explicar diferencia recomend* es_posible es_normal
  frage fragen wüsste wissen verstehen erklären unterschied empfehl* möglich_ist ist_es_möglich normal`;

/** Their order is that of the weights in models/builtin.json; changing anything needs `npm run train`. */
export const cues: readonly Cue[] = [
  inTitle('title ends with a question mark', /\?\s*["')]?\s*$/),
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
    /\bat [\w$.<>]+\(|File ".+", line \d|\b\w+(?:Exception|Error)\b|Traceback|\bE[A-Z]{4,}\b|\bSIG[A-Z]{3,4}\b|\b0x[0-9a-f]{4,}/u,
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
  inText('code', /```|[a-z]\w*[A-Z]\w*\(|\w\(\)|;\s*(?:\n|$)|\{\s*\n|=>|->|::/u),

  saysInTitle('outage word in the title', outageWords),
  says('outage word', outageWords),
  says('many people', manyPeople),
  says('recovery word', recoveryWords),
  says('danger to people or data', dangerWords),
  inText(
    'clock time',
    /(?<!\d)\d{1,2}[:.]\d{2}\s?(?:am|pm|utc|h|uhr|cet|pst|pdt|est|edt|gmt)?(?![\d.])|\b\d{1,2}\s?(?:am|pm|uhr|utc)\b|\b(?:utc|pst|pdt)\b/iu,
  ),
  inText(
    'how long it went on',
    /\d+\+?\s?(?:min(?:ute)?s?|hours?|hrs?|h|minutos?|horas?|minuten?|stunden?)(?!\p{L})|half an hour|media hora|halbe[nr]? stunde/iu,
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
    fehlt fehlen es_gibt_(?:keine|kein|keinen) manuell von_hand jedes_mal damit bisher bislang`,
  ),
  says(
    'use case',
    `use_case* usecase would_(?:help|save|allow|make|let|be) similar_to like_in just_like as_in useful helpful handy
    convenient easier nice_to_have other_(?:tools|apps|products) ayudaría ahorraría útil más_fácil hilfreich praktisch einfacher
    würde_(?:helfen|sparen|uns)`,
  ),

  opensWith('opens with a task verb', taskVerbs),
  says(
    'please',
    'please pls plz kindly por_favor porfa bitte could_you can_you can_someone could_someone podéis podrías puedes könnt könntet kannst',
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
