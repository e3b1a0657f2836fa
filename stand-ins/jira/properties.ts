import { isRecord, type Json } from '../record.ts';
import { JiraFailure } from './failure.ts';

const propertyLimit = 32_768;

/** The properties in a request that makes an issue or a comment. Throws JiraFailure 400. */
export function readProperties(value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (!Array.isArray(value)) throw new JiraFailure(400, 'The properties are invalid: a list is expected.');
  return Object.fromEntries(
    value.map((entry: unknown) => {
      const property: Json = isRecord(entry) ? entry : {};
      const key = property['key'];
      if (typeof key !== 'string' || !('value' in property)) {
        throw new JiraFailure(400, 'Every property needs a key and a value.');
      }
      checkProperty(key, property['value']);
      return [key, property['value']];
    }),
  );
}

/** Throws JiraFailure 404. */
export function showProperty(properties: Record<string, unknown>, key: string): Json {
  if (!(key in properties)) throw new JiraFailure(404, `The property with key '${key}' does not exist.`);
  return { key, value: properties[key] };
}

/** Gives the status of the answer: whether the property is new. Throws JiraFailure 400. */
export function writeProperty(properties: Record<string, unknown>, key: string, value: unknown): 200 | 201 {
  checkProperty(key, value);
  const isNew = !(key in properties);
  properties[key] = value;
  return isNew ? 201 : 200;
}

function checkProperty(key: string, value: unknown): void {
  if (key === '' || key.length > 255) throw new JiraFailure(400, 'The property key must have 1 to 255 characters.');
  if (value === undefined) throw new JiraFailure(400, 'The property value has to be a valid, non-empty JSON.');
  if (JSON.stringify(value).length > propertyLimit) {
    throw new JiraFailure(400, `The property value is longer than ${propertyLimit} characters.`);
  }
}
