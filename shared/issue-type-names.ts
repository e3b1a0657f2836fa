import { keysOf } from './keys-of.ts';
import type { Label } from './labels.ts';

/**
 * What a type of issue is for: one of our labels; a thing that holds issues and that no ticket becomes; or what is no label
 * but may be chosen for one. Sub-tasks, which need a parent, are none.
 */
export type TypeKind = Label | 'Epic' | 'Story' | 'Problem' | 'Change';

/**
 * What people call each kind of issue, the likeliest name first: Jira's own names in the languages it speaks (its default
 * types, and those of Jira Service Management's projects), and what teams commonly say. A name stands once in a language.
 */
const names: Record<string, Partial<Record<TypeKind, readonly string[]>>> = {
  English: {
    Task: ['Task', 'Service Request', 'IT Help', 'Request', 'Work Item', 'To Do', 'Chore'],
    Bug: ['Bug', 'Defect', 'Fault', 'Error'],
    Incident: ['Incident', 'Outage', 'Disruption'],
    'Feature Request': [
      'Feature Request',
      'New Feature',
      'Improvement',
      'Feature',
      'Enhancement',
      'Suggestion',
      'Idea',
    ],
    Question: ['Question', 'Inquiry', 'Enquiry', 'Ask a Question'],
    Epic: ['Epic'],
    Story: ['Story', 'User Story'],
    Problem: ['Problem'],
    Change: ['Change', 'Change Request'],
  },
  German: {
    Task: ['Aufgabe', 'Serviceanfrage', 'Service-Anfrage', 'Serviceanforderung', 'Anfrage', 'Arbeitsauftrag'],
    Bug: ['Fehler', 'Defekt', 'Mangel', 'Programmfehler'],
    Incident: ['Vorfall', 'Störung', 'Zwischenfall', 'Störfall', 'Ausfall'],
    'Feature Request': [
      'Neue Funktion',
      'Verbesserung',
      'Funktionswunsch',
      'Neues Feature',
      'Feature-Anfrage',
      'Funktion',
    ],
    Question: ['Frage', 'Rückfrage'],
    Epic: ['Epos'],
    Story: ['Story', 'Benutzergeschichte', 'Anwendergeschichte', 'Nutzergeschichte'],
    Problem: ['Problem'],
    Change: ['Änderung', 'Änderungsantrag', 'Änderungsanfrage', 'Change-Anfrage'],
  },
  French: {
    Task: ['Tâche', 'Demande de service', 'Demande', 'Demande de services'],
    Bug: ['Bogue', 'Anomalie', 'Défaut', 'Erreur', 'Dysfonctionnement'],
    Incident: ['Incident', 'Panne', 'Interruption'],
    'Feature Request': [
      'Nouvelle fonctionnalité',
      'Amélioration',
      'Demande de fonctionnalité',
      'Fonctionnalité',
      'Évolution',
    ],
    Question: ['Question', 'Renseignement'],
    Epic: ['Épopée', 'Épique'],
    Story: ['Récit', 'Histoire', 'Récit utilisateur', 'Histoire utilisateur', 'User story'],
    Problem: ['Problème'],
    Change: ['Changement', 'Demande de changement', 'Modification'],
  },
  Spanish: {
    Task: ['Tarea', 'Solicitud de servicio', 'Petición de servicio', 'Solicitud', 'Petición'],
    Bug: ['Error', 'Fallo', 'Defecto', 'Bug'],
    Incident: ['Incidente', 'Incidencia', 'Interrupción'],
    'Feature Request': [
      'Nueva función',
      'Mejora',
      'Nueva funcionalidad',
      'Nueva característica',
      'Solicitud de función',
    ],
    Question: ['Pregunta', 'Consulta', 'Duda'],
    Epic: ['Epopeya', 'Épica'],
    Story: ['Historia', 'Historia de usuario'],
    Problem: ['Problema'],
    Change: ['Cambio', 'Solicitud de cambio', 'Petición de cambio'],
  },
  Portuguese: {
    Task: ['Tarefa', 'Solicitação de serviço', 'Requisição de serviço', 'Pedido de serviço', 'Solicitação', 'Pedido'],
    Bug: ['Bug', 'Erro', 'Defeito', 'Falha'],
    Incident: ['Incidente', 'Interrupção'],
    'Feature Request': ['Novo recurso', 'Melhoria', 'Nova funcionalidade', 'Solicitação de recurso', 'Melhoramento'],
    Question: ['Pergunta', 'Dúvida', 'Questão'],
    Epic: ['Épico'],
    Story: ['História', 'História de usuário', 'História do usuário', 'História de utilizador'],
    Problem: ['Problema'],
    Change: ['Mudança', 'Alteração', 'Solicitação de mudança', 'Pedido de alteração'],
  },
  Italian: {
    Task: ['Attività', 'Richiesta di servizio', 'Richiesta di assistenza', 'Compito', 'Richiesta'],
    Bug: ['Bug', 'Errore', 'Difetto', 'Anomalia'],
    Incident: ['Incidente', 'Evento imprevisto', 'Interruzione', 'Guasto'],
    'Feature Request': ['Nuova funzionalità', 'Miglioramento', 'Nuova funzione', 'Nuova caratteristica'],
    Question: ['Domanda', 'Quesito'],
    Epic: ['Epica', 'Epico'],
    Story: ['Storia', 'Storia utente', 'Racconto'],
    Problem: ['Problema'],
    Change: ['Modifica', 'Cambiamento', 'Richiesta di modifica'],
  },
  Dutch: {
    Task: ['Taak', 'Serviceverzoek', 'Serviceaanvraag', 'Verzoek', 'Aanvraag'],
    Bug: ['Bug', 'Fout', 'Defect'],
    Incident: ['Incident', 'Storing', 'Verstoring'],
    'Feature Request': ['Nieuwe functie', 'Verbetering', 'Nieuwe functionaliteit', 'Functieverzoek', 'Nieuwe feature'],
    Question: ['Vraag'],
    Epic: ['Epos'],
    Story: ['Verhaal', 'Gebruikersverhaal'],
    Problem: ['Probleem'],
    Change: ['Wijziging', 'Verandering', 'Wijzigingsverzoek'],
  },
  Polish: {
    Task: ['Zadanie', 'Zgłoszenie serwisowe', 'Żądanie usługi', 'Wniosek o usługę', 'Zlecenie'],
    Bug: ['Błąd', 'Usterka', 'Defekt'],
    Incident: ['Incydent', 'Zdarzenie', 'Awaria'],
    'Feature Request': [
      'Nowa funkcja',
      'Ulepszenie',
      'Nowa funkcjonalność',
      'Usprawnienie',
      'Poprawa',
      'Prośba o funkcję',
    ],
    Question: ['Pytanie'],
    Epic: ['Epik', 'Epika'],
    Story: ['Historia', 'Historyjka', 'Historia użytkownika', 'Opowieść'],
    Problem: ['Problem'],
    Change: ['Zmiana', 'Żądanie zmiany', 'Wniosek o zmianę'],
  },
  Russian: {
    Task: ['Задача', 'Задание', 'Запрос на обслуживание', 'Запрос на услугу', 'Запрос'],
    Bug: ['Ошибка', 'Баг', 'Дефект'],
    Incident: ['Инцидент', 'Происшествие', 'Сбой', 'Авария'],
    'Feature Request': ['Новая функция', 'Улучшение', 'Новая функциональность', 'Новая возможность', 'Запрос функции'],
    Question: ['Вопрос'],
    Epic: ['Эпик'],
    Story: ['История', 'Пользовательская история'],
    Problem: ['Проблема'],
    Change: ['Изменение', 'Запрос на изменение'],
  },
  Ukrainian: {
    Task: ['Завдання', 'Задача', 'Запит на обслуговування', 'Запит на послугу', 'Запит'],
    Bug: ['Помилка', 'Баг', 'Дефект'],
    Incident: ['Інцидент', 'Збій', 'Аварія'],
    'Feature Request': ['Нова функція', 'Покращення', 'Поліпшення', 'Нова можливість', 'Вдосконалення'],
    Question: ['Питання', 'Запитання'],
    Epic: ['Епік'],
    Story: ['Історія', 'Історія користувача'],
    Problem: ['Проблема'],
    Change: ['Зміна', 'Запит на зміну'],
  },
  Czech: {
    Task: ['Úkol', 'Úloha', 'Požadavek na službu', 'Servisní požadavek', 'Požadavek'],
    Bug: ['Chyba', 'Závada', 'Defekt'],
    Incident: ['Incident', 'Událost', 'Výpadek', 'Porucha'],
    'Feature Request': ['Nová funkce', 'Vylepšení', 'Zlepšení', 'Nová vlastnost', 'Požadavek na funkci'],
    Question: ['Otázka', 'Dotaz'],
    Epic: ['Epik'],
    Story: ['Příběh', 'Uživatelský příběh', 'Scénář'],
    Problem: ['Problém'],
    Change: ['Změna', 'Požadavek na změnu'],
  },
  Slovak: {
    Task: ['Úloha', 'Žiadosť o službu', 'Požiadavka'],
    Bug: ['Chyba', 'Porucha'],
    Incident: ['Incident', 'Výpadok'],
    'Feature Request': ['Nová funkcia', 'Vylepšenie', 'Zlepšenie'],
    Question: ['Otázka'],
    Epic: ['Epika'],
    Story: ['Príbeh', 'Používateľský príbeh'],
    Problem: ['Problém'],
    Change: ['Zmena', 'Požiadavka na zmenu'],
  },
  Hungarian: {
    Task: ['Feladat', 'Szolgáltatáskérés', 'Szolgáltatási kérelem', 'Kérelem'],
    Bug: ['Hiba', 'Programhiba'],
    Incident: ['Incidens', 'Üzemzavar', 'Esemény'],
    'Feature Request': ['Új funkció', 'Fejlesztés', 'Javítás', 'Funkciókérés', 'Új szolgáltatás', 'Tökéletesítés'],
    Question: ['Kérdés'],
    Epic: ['Eposz'],
    Story: ['Történet', 'Felhasználói történet', 'Sztori'],
    Problem: ['Probléma'],
    Change: ['Változás', 'Változtatás', 'Módosítás', 'Változtatási kérelem'],
  },
  Romanian: {
    Task: ['Sarcină', 'Activitate', 'Solicitare de serviciu', 'Solicitare'],
    Bug: ['Eroare', 'Defect', 'Defecțiune'],
    Incident: ['Incident'],
    'Feature Request': ['Funcționalitate nouă', 'Îmbunătățire', 'Caracteristică nouă', 'Funcție nouă'],
    Question: ['Întrebare'],
    Epic: ['Epopee'],
    Story: ['Poveste', 'Poveste de utilizator'],
    Problem: ['Problemă'],
    Change: ['Modificare', 'Schimbare'],
  },
  Turkish: {
    Task: ['Görev', 'Hizmet talebi', 'Hizmet isteği', 'Talep', 'İş'],
    Bug: ['Hata', 'Kusur'],
    Incident: ['Olay', 'Vaka', 'Arıza', 'Kesinti'],
    'Feature Request': ['Yeni özellik', 'İyileştirme', 'Geliştirme', 'Özellik isteği', 'Özellik talebi'],
    Question: ['Soru'],
    Epic: ['Destan'],
    Story: ['Hikâye', 'Kullanıcı hikâyesi'],
    Problem: ['Sorun', 'Problem'],
    Change: ['Değişiklik', 'Değişiklik talebi', 'Değişiklik isteği'],
  },
  Swedish: {
    Task: ['Uppgift', 'Aktivitet', 'Tjänstebegäran', 'Serviceförfrågan', 'Begäran', 'Ärende'],
    Bug: ['Bugg', 'Fel', 'Defekt', 'Programfel'],
    Incident: ['Incident', 'Händelse', 'Driftstörning', 'Avbrott'],
    'Feature Request': ['Ny funktion', 'Förbättring', 'Funktionsförfrågan', 'Önskemål'],
    Question: ['Fråga'],
    Epic: ['Epos'],
    Story: ['Berättelse', 'Användarberättelse'],
    Problem: ['Problem'],
    Change: ['Ändring', 'Förändring', 'Ändringsbegäran'],
  },
  Danish: {
    Task: ['Opgave', 'Serviceanmodning', 'Anmodning'],
    Bug: ['Fejl', 'Programfejl'],
    Incident: ['Hændelse', 'Driftsforstyrrelse', 'Nedbrud'],
    'Feature Request': ['Ny funktion', 'Forbedring', 'Ny facilitet', 'Funktionsønske'],
    Question: ['Spørgsmål'],
    Story: ['Historie', 'Brugerhistorie'],
    Problem: ['Problem'],
    Change: ['Ændring', 'Ændringsanmodning'],
  },
  Norwegian: {
    Task: ['Oppgave', 'Tjenesteforespørsel', 'Serviceforespørsel', 'Forespørsel', 'Oppgåve'],
    Bug: ['Feil', 'Programfeil'],
    Incident: ['Hendelse', 'Driftsforstyrrelse', 'Avbrudd'],
    'Feature Request': ['Ny funksjon', 'Forbedring', 'Ny funksjonalitet', 'Funksjonsønske'],
    Question: ['Spørsmål'],
    Story: ['Historie', 'Brukerhistorie'],
    Problem: ['Problem'],
    Change: ['Endring', 'Endringsforespørsel'],
  },
  Finnish: {
    Task: ['Tehtävä', 'Palvelupyyntö', 'Pyyntö'],
    Bug: ['Virhe', 'Vika', 'Bugi', 'Ohjelmavirhe'],
    Incident: ['Häiriö', 'Tapaus', 'Häiriötilanne', 'Poikkeama'],
    'Feature Request': ['Uusi ominaisuus', 'Parannus', 'Ominaisuuspyyntö', 'Uusi toiminto', 'Kehitysehdotus'],
    Question: ['Kysymys'],
    Epic: ['Eepos', 'Eepinen'],
    Story: ['Tarina', 'Käyttäjätarina', 'Kertomus'],
    Problem: ['Ongelma'],
    Change: ['Muutos', 'Muutospyyntö'],
  },
  Estonian: {
    Task: ['Ülesanne', 'Teenusetaotlus'],
    Bug: ['Viga', 'Tõrge'],
    Incident: ['Intsident', 'Juhtum'],
    'Feature Request': ['Uus funktsioon', 'Täiustus', 'Parendus'],
    Question: ['Küsimus'],
    Story: ['Lugu', 'Kasutajalugu'],
    Problem: ['Probleem'],
    Change: ['Muudatus'],
  },
  Icelandic: {
    Task: ['Verkefni', 'Verk', 'Þjónustubeiðni'],
    Bug: ['Villa', 'Galli'],
    Incident: ['Atvik'],
    'Feature Request': ['Nýr eiginleiki', 'Endurbót'],
    Question: ['Spurning'],
    Story: ['Saga', 'Notendasaga'],
    Problem: ['Vandamál'],
    Change: ['Breyting'],
  },
  Bulgarian: {
    Task: ['Задача'],
    Bug: ['Грешка', 'Бъг'],
    Incident: ['Инцидент'],
    'Feature Request': ['Нова функция', 'Подобрение'],
    Question: ['Въпрос'],
    Epic: ['Епик'],
    Story: ['История'],
    Problem: ['Проблем'],
    Change: ['Промяна'],
  },
  Greek: {
    Task: ['Εργασία', 'Αίτημα υπηρεσίας', 'Αίτημα'],
    Bug: ['Σφάλμα'],
    Incident: ['Περιστατικό', 'Συμβάν'],
    'Feature Request': ['Νέα δυνατότητα', 'Βελτίωση', 'Νέα λειτουργία'],
    Question: ['Ερώτηση'],
    Epic: ['Έπος'],
    Story: ['Ιστορία', 'Ιστορία χρήστη'],
    Problem: ['Πρόβλημα'],
    Change: ['Αλλαγή'],
  },
  Croatian: {
    Task: ['Zadatak', 'Zahtjev za uslugu', 'Zahtjev'],
    Bug: ['Greška', 'Pogreška'],
    Incident: ['Incident'],
    'Feature Request': ['Nova značajka', 'Poboljšanje', 'Nova funkcionalnost'],
    Question: ['Pitanje'],
    Story: ['Priča', 'Korisnička priča'],
    Problem: ['Problem'],
    Change: ['Promjena'],
  },
  Serbian: {
    Task: ['Zadatak', 'Задатак', 'Zahtev za uslugu', 'Захтев за услугу', 'Zahtev', 'Захтев'],
    Bug: ['Greška', 'Грешка'],
    Incident: ['Incident', 'Инцидент'],
    'Feature Request': ['Nova funkcija', 'Нова функција', 'Poboljšanje', 'Побољшање'],
    Question: ['Pitanje', 'Питање'],
    Story: ['Priča', 'Прича'],
    Problem: ['Problem', 'Проблем'],
    Change: ['Promena', 'Промена'],
  },
  Slovenian: {
    Task: ['Opravilo', 'Naloga', 'Zahteva za storitev', 'Zahtevek', 'Zahteva'],
    Bug: ['Napaka', 'Hrošč'],
    Incident: ['Incident'],
    'Feature Request': ['Nova funkcija', 'Izboljšava', 'Nova funkcionalnost'],
    Question: ['Vprašanje'],
    Story: ['Zgodba', 'Uporabniška zgodba'],
    Problem: ['Težava'],
    Change: ['Sprememba'],
  },
  Lithuanian: {
    Task: ['Užduotis', 'Paslaugos užklausa', 'Užklausa'],
    Bug: ['Klaida', 'Defektas'],
    Incident: ['Incidentas', 'Sutrikimas'],
    'Feature Request': ['Nauja funkcija', 'Patobulinimas'],
    Question: ['Klausimas'],
    Story: ['Istorija'],
    Problem: ['Problema'],
    Change: ['Pakeitimas', 'Keitimas'],
  },
  Latvian: {
    Task: ['Uzdevums', 'Pakalpojuma pieprasījums', 'Pieprasījums'],
    Bug: ['Kļūda', 'Defekts'],
    Incident: ['Incidents', 'Traucējums'],
    'Feature Request': ['Jauna funkcija', 'Uzlabojums'],
    Question: ['Jautājums'],
    Story: ['Stāsts'],
    Problem: ['Problēma'],
    Change: ['Izmaiņas', 'Izmaiņa'],
  },
  Catalan: {
    Task: ['Tasca', 'Sol·licitud de servei', 'Petició de servei', 'Sol·licitud', 'Petició'],
    Bug: ['Error', 'Defecte', 'Errada'],
    Incident: ['Incident', 'Incidència'],
    'Feature Request': ['Nova funció', 'Millora', 'Nova funcionalitat'],
    Question: ['Pregunta', 'Consulta'],
    Epic: ['Èpica'],
    Story: ['Història', 'Història d’usuari'],
    Problem: ['Problema'],
    Change: ['Canvi', 'Petició de canvi'],
  },
  Hebrew: {
    Task: ['משימה', 'בקשת שירות', 'בקשה'],
    Bug: ['באג', 'שגיאה', 'תקלה'],
    Incident: ['אירוע', 'תקרית'],
    'Feature Request': ['תכונה חדשה', 'שיפור', 'בקשת תכונה'],
    Question: ['שאלה'],
    Epic: ['אפוס', 'אפיק'],
    Story: ['סיפור', 'סיפור משתמש'],
    Problem: ['בעיה'],
    Change: ['שינוי', 'בקשת שינוי'],
  },
  Arabic: {
    Task: ['مهمة', 'طلب خدمة', 'طلب'],
    Bug: ['خطأ', 'خلل', 'عيب'],
    Incident: ['حادث', 'حادثة', 'عطل'],
    'Feature Request': ['ميزة جديدة', 'تحسين', 'طلب ميزة'],
    Question: ['سؤال', 'استفسار'],
    Epic: ['ملحمة'],
    Story: ['قصة', 'قصة مستخدم'],
    Problem: ['مشكلة'],
    Change: ['تغيير', 'طلب تغيير'],
  },
  Vietnamese: {
    Task: ['Nhiệm vụ', 'Tác vụ', 'Công việc', 'Yêu cầu dịch vụ'],
    Bug: ['Lỗi'],
    Incident: ['Sự cố'],
    'Feature Request': ['Tính năng mới', 'Cải tiến', 'Cải thiện'],
    Question: ['Câu hỏi'],
    Story: ['Câu chuyện', 'Câu chuyện người dùng'],
    Problem: ['Vấn đề'],
    Change: ['Thay đổi'],
  },
  Thai: {
    Task: ['งาน', 'คำขอบริการ'],
    Bug: ['บั๊ก', 'จุดบกพร่อง', 'ข้อผิดพลาด'],
    Incident: ['เหตุการณ์', 'อุบัติการณ์'],
    'Feature Request': ['คุณสมบัติใหม่', 'ฟีเจอร์ใหม่', 'การปรับปรุง'],
    Question: ['คำถาม'],
    Story: ['เรื่องราว', 'สตอรี่'],
    Problem: ['ปัญหา'],
    Change: ['การเปลี่ยนแปลง'],
  },
  Japanese: {
    Task: ['タスク', '作業', '課題', 'サービス リクエスト', 'サービスリクエスト', 'サービス要求', '依頼'],
    Bug: ['バグ', '不具合', '障害報告', 'エラー'],
    Incident: ['インシデント', '障害', '事故'],
    'Feature Request': ['新機能', '改善', '機能リクエスト', '機能要望', '要望', '機能追加'],
    Question: ['質問', '問い合わせ', 'お問い合わせ'],
    Epic: ['エピック'],
    Story: ['ストーリー', 'ユーザーストーリー', 'ユーザー ストーリー'],
    Change: ['変更', '変更要求', '変更リクエスト'],
  },
  Chinese: {
    Task: ['任务', '任務', '工作', '服务请求', '服務請求', '服務要求', '请求', '請求'],
    Bug: ['缺陷', '故障', '错误', '錯誤', '漏洞', '程序错误', '程式錯誤'],
    Incident: ['事件', '事故', '突发事件', '突發事件'],
    'Feature Request': [
      '新功能',
      '改进',
      '改進',
      '改善',
      '功能请求',
      '功能請求',
      '功能要求',
      '需求',
      '增强',
      '優化',
      '优化',
    ],
    Question: ['提问', '提問', '疑问', '疑問', '咨询', '諮詢', '问题', '問題'],
    Epic: ['史诗', '史詩', '大型工作', '长篇故事', '長篇故事'],
    Story: ['故事', '用户故事', '使用者故事'],
    Change: ['变更', '變更', '更改', '变更请求', '變更請求'],
  },
  Korean: {
    Task: ['작업', '업무', '과제', '할 일', '서비스 요청', '요청'],
    Bug: ['버그', '결함', '오류'],
    Incident: ['인시던트', '사고', '장애', '사건'],
    'Feature Request': ['새 기능', '새로운 기능', '개선', '개선 사항', '기능 요청', '신규 기능'],
    Question: ['질문', '문의', '문의 사항'],
    Epic: ['에픽', '큰틀'],
    Story: ['스토리', '사용자 스토리'],
    Problem: ['문제'],
    Change: ['변경', '변경 요청'],
  },
};

/** A kind of issue that goes by this name, and one language in which it does. */
export interface KnownName {
  kind: TypeKind;
  language: string;
  /** Place among the names of its kind there: 0 is the likeliest. */
  rank: number;
}

/** English first, so that a name which several languages share is not called foreign. */
const known: ReadonlyMap<string, KnownName> = readNames();

function readNames(): Map<string, KnownName> {
  const found = new Map<string, KnownName>();
  for (const [language, kinds] of Object.entries(names)) {
    for (const kind of keysOf(kinds)) {
      kinds[kind]?.forEach((name, rank) => {
        if (!found.has(folded(name))) found.set(folded(name), { kind, language, rank });
      });
    }
  }
  return found;
}

/** Names that people take for one: without case, accents, and what stands between words. */
export function folded(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What a type of this name is for; null where the name says nothing. */
export function kindOfType(name: string): KnownName | null {
  return known.get(folded(name)) ?? null;
}

/** Whether two names of types mean the same, as far as they say: the same name, or names of one kind. */
export function isSameType(one: string, other: string): boolean {
  const kindOf = (name: string) => kindOfType(withoutSystem(name) ?? name)?.kind;
  return folded(one) === folded(other) || (kindOf(one) !== undefined && kindOf(one) === kindOf(other));
}

/** The name without the mark that Jira Service Management puts before its own types, `[System] Incident`; else null. */
export function withoutSystem(name: string): string | null {
  return /^\s*[[【［][^\]】］]{1,20}[\]】］]\s*(\S.*)$/u.exec(name)?.[1] ?? null;
}
