/**
 * Whether a secret may be sent where its address leads now, in words for a dialog of main's own, which a window that was
 * taken over can neither show nor answer.
 */
export function addressQuestion({
  name,
  origin,
  meantFor,
  from,
}: {
  name: string;
  /** The address that is set now, and the one before. */
  origin: string;
  meantFor: string | null;
  /** The place that the secret comes from. */
  from: string;
}): { message: string; detail: string; goOn: string } {
  return {
    message: `Send ${name} to ${origin}?`,
    detail: `So far it was sent to ${meantFor}. It comes from ${from}. Whoever runs the new address can use it from then on.`,
    goOn: `Send it to ${new URL(origin).host}`,
  };
}
