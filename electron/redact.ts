/** Anything that looks like a token, a password in an address or one of Slack's one-time addresses. */
const secrets = [
  /\bx(?:ox[a-z]|app)-[\w-]+/g,
  /\bATATT[\w=-]+/g,
  /\bsk-[\w-]{8,}/g,
  /\b(?:Basic|Bearer)\s+[\w+/=.-]+/gi,
  /(?<=\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/\S+/g,
];

/** Text for a log file, without secrets that a library's message may hold. */
export function redact(text: string): string {
  return secrets.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text);
}
