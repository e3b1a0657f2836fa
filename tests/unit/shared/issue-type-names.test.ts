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
  ])('%s is known in the languages that Jira speaks', (kind, names) => {
    for (const name of names.split(' ')) expect([name, kindOfType(name)?.kind]).toEqual([name, kind]);
  });

  it('go by what people write: in any case, with and without accents', () => {
    for (const name of ['BOGUE', 'tache', 'İYİLEŞTİRME', 'iyilestirme', 'Service-Anfrage', 'ny  funktion']) {
      expect([name, kindOfType(name)]).not.toEqual([name, null]);
    }
    expect(kindOfType('Story')).toBeNull();
    expect(kindOfType('')).toBeNull();
  });

  it('are one where they mean one', () => {
    expect(isSameType('Bug', 'Fehler')).toBe(true);
    expect(isSameType('Vorfall', '[System] Incident')).toBe(true);
    expect(isSameType('Story', 'story')).toBe(true);
    expect(isSameType('Story', 'Change')).toBe(false);
    expect(isSameType('Bug', 'Task')).toBe(false);
  });

  it('of Jira Service Management are read without their mark', () => {
    expect(withoutSystem('[System] Incident')).toBe('Incident');
    expect(withoutSystem('［システム］ インシデント')).toBe('インシデント');
    expect(withoutSystem('Incident')).toBeNull();
    expect(withoutSystem('[]')).toBeNull();
  });
});
