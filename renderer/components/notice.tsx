import type { ReactNode } from 'react';

/** A sentence that stands where there is nothing else to show, or above what is wrong. */
export function Notice({ tone, children }: { tone: 'quiet' | 'trouble'; children: ReactNode }) {
  return (
    <p className="notice" data-tone={tone} role={tone === 'trouble' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
