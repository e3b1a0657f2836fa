import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCompleteValue, encodeCompleteValue } from '../../../../electron/slack/modal/complete-value.ts';
import { emptyMetadata, hideIn, readMetadata, writeMetadata } from '../../../../electron/slack/modal/metadata.ts';
import { aTicket } from '../../../fakes/ticket.ts';

const text = fc.string({ unit: 'binary', maxLength: 4_000 });

it('what is hidden stays below Slack’s limit, and nothing of it gets lost', () => {
  const values = fc.dictionary(fc.stringMatching(/^f\d{1,3}$/), fc.oneof(text, fc.array(text, { maxLength: 3 })));
  fc.assert(
    fc.property(values, text, (given, channelName) => {
      const place = {
        ...emptyMetadata,
        channel: 'C1',
        channelName: channelName.slice(0, 80),
        responseUrl: 'https://hooks.slack.com/x',
      };
      const { metadata, left } = hideIn(place, given);
      const written = writeMetadata(metadata);
      expect(written.length).toBeLessThan(3_000);
      expect({ ...readMetadata(written).hidden, ...left }).toEqual(given);
      expect(readMetadata(written)).toEqual(metadata);
    }),
  );
});

it.each([undefined, '', '{', '[]', 'null', '{"channel":7,"hidden":{"a":{}},"label":"Nonsense"}'])(
  'metadata %j counts as unknown',
  (written) => expect(readMetadata(written)).toEqual(emptyMetadata),
);

it('the button carries what is known within 2,000 characters, and says what it had to cut', () => {
  fc.assert(
    fc.property(text, text, (words, summary) => {
      const ticket = aTicket({ text: words, summary: summary.slice(0, 255), wantedFields: { customfield_1: null } });
      const value = encodeCompleteValue(ticket);
      expect(value.length).toBeLessThanOrEqual(2_000);
      const known = decodeCompleteValue(value);
      expect(known).toMatchObject({ request: ticket.requestId, asked: ['customfield_1'], summary: ticket.summary });
      const whole = known?.text === words || words === ticket.summary;
      expect(known?.isCut).toBe(!whole);
      expect(words.startsWith(known?.text ?? '-')).toBe(true);
    }),
  );
});
