import { createHash } from 'node:crypto';
import type { Answer } from '../loopback-server.ts';
import type { JiraDialect } from './dialect.ts';
import type { JiraIssue } from './jira-issue.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.25rem 0 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.5rem; margin: 0 0 1.5rem; }
dt, .quiet { color: GrayText; }
dd { margin: 0; }
p { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** Headers by which nothing may be loaded, run, sent or framed; the one style sheet is known by its hash. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // The address carries the run's secret.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** What a browser shows at `/browse/KAN-7`; undefined where there is no such issue. */
export function browsePage(key: string, issue: JiraIssue | undefined, { paragraphs }: JiraDialect): Answer {
  if (issue === undefined) {
    const body = page(`${key} is not here`, '<p>The demo&#39;s Jira forgets its issues when the demo ends.</p>');
    return { status: 404, headers, body };
  }
  const { fields } = issue;
  const summary = String(fields['summary'] ?? '');
  const labels = Array.isArray(fields['labels']) ? fields['labels'].join(', ') : '';
  const facts = Object.entries({ Type: issue.issueType, Status: issue.status.name, Labels: labels })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const description = paragraphs(fields['description']).map((text) => `<p>${escapeHtml(text)}</p>`);
  const body = [`<p class="quiet">${escapeHtml(issue.key)}</p>`, `<h1>${escapeHtml(summary)}</h1>`];
  body.push(`<dl>${facts.join('')}</dl>`, ...description);
  return { status: 200, headers, body: page(`${issue.key} ${summary}`, body.join('\n')) };
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} - Demo Jira</title><style>${style}</style></head>
<body><main>
${body}
<p class="quiet">The demo&#39;s stand-in for Jira, on this machine only.</p>
</main></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
