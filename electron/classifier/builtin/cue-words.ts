// The longer lists of words of cues.ts, in English, Spanish and German; how they are written is said there.

export const wishWords = `would_be_(?:very_|really_|so_)?(?:nice|great|good|helpful|useful|handy|cool|awesome|lovely) it'd_be
  feature_request feature_proposal enhancement suggestion i_suggest i_propose proposal i_wish we_wish wishlist ability_to
  able_to_(?:choose|set|select|configure|specify|use|see|filter|export) allow_(?:us|me|users|to|for|people|the_user)
  (?:an|the)_option_to option_for support_for add_support please_(?:add|support|consider|implement|allow|provide)
  (?:can|could)_(?:you|we)_(?:please_)?(?:add|have|get|support) i_would_(?:like|love) i'd_(?:like|love) we'd_(?:like|love)
  make_it_possible should_(?:support|allow|offer|provide|let) let_(?:users|me|us|people)
  estaría_(?:bien|genial) sería_(?:útil|bueno|genial|ideal|estupendo|práctico) me_gustaría nos_gustaría posibilidad_de
  que_se_pueda poder_* opción_(?:de|para) añadir_(?:una|un|soporte|la_opción) agregar_(?:una|un|soporte) sugerencia propongo
  wäre_(?:es_)?(?:schön|gut|toll|super|hilfreich|praktisch|klasse|prima) wünsch* wunsch möglichkeit funktionswunsch vorschlag
  unterstützung_für sollte_man`;

export const errorWords = `error errors exception exceptions fail fails failed failing failure failures crash crashes crashed crashing
  broken breaks bug buggy wrong wrongly incorrect incorrectly invalid unexpected unexpectedly regression traceback segfault
  corrupt corrupted corrupts hangs freezes freeze frozen stuck leak leaks deadlock infinite_loop garbled misaligned overlaps
  truncated duplicated disappears disappear vanishes lost ignored ignores nullpointerexception npe undefined nan glitch*
  errores fallo fallos falla fallan fallando falló roto rota rompe incorrecto incorrecta mal bloquea bloqueado congela cuelga
  desaparece desaparecen duplicado duplicados equivocado equivocada
  fehler* absturz abstürz* stürzt kaputt falsch falsche falschen falscher hängt eingefroren friert verschwindet verschwinden
  doppelt fehlerhaft fehlgeschlagen schlägt_fehl defekt`;

export const negatedWords = `doesn't does_not don't do_not didn't did_not isn't is_not aren't are_not wasn't cannot can_not can't won't
  will_not couldn't not_working no_longer never stopped_working unable_to nothing_happens not_(?:shown|displayed|saved|sent|
  updated|applied|called|possible|found|loaded|respected) doesnt dont cant wont isnt
  no_funciona no_funcionan no_se_\\p{L}+ no_(?:me_)?deja no_puedo no_podemos no_carga no_abre no_sale no_aparece* no_llega* ya_no
  dejó_de ha_dejado_de
  nicht_mehr geht_nicht gehen_nicht funktioniert_nicht funktionieren_nicht lässt_sich_nicht kann_nicht können_nicht
  wird_nicht werden_nicht kommt_nicht`;

export const outageWords = `outage outages down offline unavailable unavailability degraded degradation unreachable downtime
  disruption* interruption interrupted incident incidents elevated impact impacting impacted affected affecting
  timeouts timing_out intermittent* partial_outage unresponsive failover overload* 5xx 50[0234] brownout
  caído caída caídos caídas interrupción sin_(?:servicio|internet|red|conexión|luz|acceso) no_disponible inaccesible corte
  cortes apagón incidencia incidente afectado afectados
  ausfall ausfälle ausgefallen störung* gestört nicht_erreichbar unerreichbar lahmgelegt liegt_lahm beeinträchtig* stromausfall
  totalausfall vorfall`;

export const manyPeople = `everyone everybody nobody no_one all_(?:users|customers|staff|of_us|our|teams|sites|employees|students|
  colleagues|machines|stores) (?:some|many|several|multiple|most|other)_(?:users|customers|people|colleagues|teams|clients|
  students|sites|of_us|offices|regions|services) customers users_(?:are|were|may|cannot|can't|experienced|unable) subset_of
  whole_\\p{L}+ entire_\\p{L}+ company-wide site-wide company_wide across_the team_is
  todos todas nadie varios varias clientes toda_la todo_el ningún_\\p{L}+ muchos usuarios
  alle_(?:\\p{L}{2,20}_)?(?:kunden|kollegen|mitarbeiter*|benutzer*|nutzer*|filialen|kassen|standorte|rechner|teams?) bei_allen fuer_alle
  niemand keiner mehrere mehreren kunden kundinnen ganze ganzen ganzes gesamte viele kollegen komplette`;

export const recoveryWords = `resolved mitigated mitigating identified investigating investigate_reports monitoring restored
  rolled_back rollback recovered recovery recovering back_to_normal root_cause postmortem post-mortem we_apologi[sz]e apolog*
  has_been_(?:fixed|deployed|implemented|restored|resolved) fix_was_deployed remediation aftermath on-call
  resuelto restablecido restablecida recuperado recuperada mitigado identificado investigando monitorizando
  behoben wiederhergestellt wieder_erreichbar identifiziert untersuchen beobachten nachbereitung`;

export const dangerWords = `breach* breached leaked ransomware phishing malware virus hacked compromised stolen exposed vulnerab*
  attack attackers ddos smoke fire gas flood* water_is injur* evacuat* sparks burning alarm hazard* unsafe spill
  brecha filtración filtrado robado robada hackeado expuesto ataque humo fuego incendio inundación fuga herido alarma
  datenleck gestohlen gehackt angriff verschlüsselt rauch feuer brennt brand wasserschaden verletzt gasgeruch gefahr evakuiert`;

export const taskVerbs = `update upgrade bump move migrate remove delete drop create write document clean clean_up cleanup refactor
  rename replace review set_up setup configure install uninstall prepare order buy investigate check verify convert publish
  release test deprecate merge archive schedule rotate renew revoke grant reset assign book arrange print deploy port rewrite
  simplify reorganize reorganise split extract tidy switch define design research evaluate audit back_up backup restore copy
  import export label close ship send give collect draft translate fix_(?:typo*|docs|tests|build|links) add_(?:test|tests|
  unit|documentation|docs|javadoc|example|examples|missing|a_test|license|ci) need_to needs_to we_(?:need|should|must) please
  actualizar actualizad mover migrar borrar eliminar crear escribir documentar limpiar renombrar reemplazar revisar configurar
  instalar preparar pedir comprar encargar archivar programar renovar dar_de necesitamos hay_que por_favor
  bitte aktualisieren verschieben migrieren löschen anlegen einrichten bestellen dokumentieren aufräumen umbenennen ersetzen
  prüfen installieren vorbereiten archivieren erneuern wir_brauchen`;

export const wishVerbs = `add support allow provide implement introduce enable make let expose extend offer option ability feature
  feature_request request improve enhance include show display use better new more customi[sz]able configurable optional
  permitir añadir agregar soportar ofrecer opción mostrar integrar poder
  unterstützung ermöglichen hinzufügen option funktion neue anzeigen`;

export const questionWords = `how what why where which who whose when is are am can could does do did should would will has have
  any anyone anybody was were may
  cómo qué_(?:es|significa|hago|pasa|hay|versión|diferencia|tengo) por_qué dónde cuál cuáles quién cuándo cuánto cuánta puedo podemos se_puede hay es tengo alguien
  wie was warum wieso weshalb wo wohin welche welcher welches wer wann kann können könnte gibt_es ist sind darf dürfen muss
  müssen hat haben weiß wo_finde`;

export const howWords = `how_(?:do|can|to|should|would|does|is|are|many|much|long|come|often) what_(?:is|are|does|do|happens|should|
  would|would_be) why_(?:is|are|does|do|did|was|the) is_(?:it|there|this|that|anyone) are_there (?:can|could|may|should)_(?:i|we|anyone|
  someone) does_(?:anyone|anybody|it|this|the) do_(?:i|we|you) (?:has|have)_(?:anyone|anybody|you) where_(?:can|do|is|are) who_(?:is|can|do)
  which_(?:one|of|version) when_(?:will|is|do|does)
  cómo_(?:puedo|se|hago|podemos|configuro|funciona|accedo|pido) dónde_(?:puedo|está|están|encuentro|se) qué_(?:es|significa|hago|pasa|versión|diferencia|tengo_que)
  cuál_es cuándo_(?:se|es|hay) por_qué se_puede alguien_sabe hay_alguna
  wie_(?:kann|komme|lange|viel|viele|bekomme|funktioniert|geht|macht|richte|stelle|ist|mache) wo_(?:finde|kann|ist|liegt|sind) was_(?:ist|bedeutet|
  passiert|muss) warum_\\p{L}+ darf_ich weiß_jemand wer_(?:ist|kann|hat)`;

export const seekingWords = `wondering curious clarif* confused confusing not_sure unsure i'd_like_to_know want_to_know
  would_like_to_(?:know|understand) understand explain explanation meaning difference advice recommend* right_way
  best_(?:way|practice*) correct_way proper_way is_it_possible any_(?:idea|ideas|help|suggestion|suggestions|hints|pointers|
  plans|way|chance) thanks_in_advance help_me question questions asking how_come supposed_to expected_behaviou?r by_design
  duda dudas pregunta me_pregunto saber entender explicar diferencia recomend* es_posible es_normal
  frage fragen wüsste wissen verstehen erklären unterschied empfehl* möglich_ist ist_es_möglich normal`;
