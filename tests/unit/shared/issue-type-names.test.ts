import { describe, expect, it } from 'vitest';
import { isSameType, kindOfType, withoutSystem } from '../../../shared/issue-type-names.ts';

describe('the names of types', () => {
  it.each([
    [
      'Bug',
      'Fehler Bogue Error Erro Errore Fout Błąd Ошибка バグ 缺陷 錯誤 버그 Bugg Fejl Feil Virhe Chyba Hiba Hata Помилка',
    ],
    [
      'Task',
      'Aufgabe Tâche Tarea Tarefa Attività Taak Zadanie Задача タスク 任务 任務 작업 Uppgift Opgave Oppgave Tehtävä Úkol Feladat Görev Завдання',
    ],
    [
      'Incident',
      'Vorfall Störung Incidente Storing Incydent Инцидент インシデント 事件 인시던트 Händelse Hændelse Hendelse Häiriö Incidens Olay Інцидент',
    ],
    [
      'Feature Request',
      'Verbesserung Amélioration Mejora Melhoria Miglioramento Verbetering Ulepszenie Улучшение 新機能 新功能 개선 Förbättring Forbedring Parannus Vylepšení Fejlesztés İyileştirme Покращення',
    ],
    [
      'Question',
      'Frage Question Pregunta Pergunta Domanda Vraag Pytanie Вопрос 質問 提问 질문 Fråga Spørgsmål Spørsmål Kysymys Otázka Kérdés Soru Питання',
    ],
    [
      'Story',
      'Story Récit Historia História Storia Verhaal История Історія Příběh Príbeh Történet Poveste Hikâye Berättelse Historie Tarina Lugu Ιστορία ストーリー 故事 스토리 Priča Прича Zgodba Istorija Stāsts Història סיפור قصة',
    ],
    [
      'Problem',
      'Problem Problème Problema Probleem Проблема Problém Probléma Problemă Sorun Ongelma Проблем Πρόβλημα ปัญหา 문제 Težava Problēma בעיה مشكلة',
    ],
    [
      'Change',
      'Change Änderung Changement Cambio Mudança Modifica Wijziging Zmiana Изменение Зміна Změna Zmena Változás Modificare Değişiklik Ändring Ændring Endring Muutos Muudatus Промяна Αλλαγή 変更 变更 變更 변경 Promjena Промена Sprememba Pakeitimas Izmaiņas Canvi שינוי تغيير',
    ],
    ['Epic', 'Epic Épopée Épica Epos Epik Эпик エピック 史诗 에픽 אפוס ملحمة'],
    ['Bug', 'Klaida Kļūda Greška Napaka באג خطأ'],
    ['Task', 'Užduotis Uzdevums Zadatak Opravilo Tasca משימה مهمة'],
  ])('%s is known in the languages that Jira speaks', (kind, names) => {
    for (const name of names.split(' ')) expect([name, kindOfType(name)?.kind]).toEqual([name, kind]);
  });

  it('go by what people write: in any case, with and without accents', () => {
    for (const name of ['BOGUE', 'tache', 'İYİLEŞTİRME', 'iyilestirme', 'Service-Anfrage', 'ny  funktion']) {
      expect([name, kindOfType(name)]).not.toEqual([name, null]);
    }
    expect(kindOfType('Widget')).toBeNull();
    // They need a parent, so no ticket becomes one.
    expect(kindOfType('Sub-task')).toBeNull();
    expect(kindOfType('')).toBeNull();
  });

  it('are one where they mean one', () => {
    expect(isSameType('Bug', 'Fehler')).toBe(true);
    expect(isSameType('Vorfall', '[System] Incident')).toBe(true);
    expect(isSameType('Story', 'story')).toBe(true);
    expect(isSameType('Story', 'Récit')).toBe(true);
    expect(isSameType('Story', 'Change')).toBe(false);
    expect(isSameType('Widget', 'Gadget')).toBe(false);
    expect(isSameType('Bug', 'Task')).toBe(false);
  });

  it('of Jira Service Management are read without their mark', () => {
    expect(withoutSystem('[System] Incident')).toBe('Incident');
    expect(withoutSystem('［システム］ インシデント')).toBe('インシデント');
    expect(withoutSystem('Incident')).toBeNull();
    expect(withoutSystem('[]')).toBeNull();
  });
});
