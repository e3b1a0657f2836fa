/** Anything that looks like a token, a password in an address or one of Slack's one-time addresses. */
const secrets = [
  /\bx(?:ox[a-z]|app)-[\w-]+/g,
  /\bATATT[\w=-]+/g,
  /\bsk-[\w-]{8,}/g,
  /\b(?:Basic|Bearer)\s+[\w+/=.-]+/gi,
  /(?<=\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/\S+/g,
];

/** Characters of one entry: a library's message may quote a whole answer. */
const longestEntry = 20_000;

/** Text for a log file, without secrets that a library's message may hold. */
export function redact(text: string): string {
  // Never within a word: half a secret might not be known for one.
  const end = text.length > longestEntry ? Math.max(0, text.lastIndexOf(' ', longestEntry)) : text.length;
  return secrets.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text.slice(0, end));
}
