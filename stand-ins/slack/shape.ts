import { isRecord } from '../record.ts';

/** Receives each fault in Slack's words and the place where it lies. */
export type Report = (fault: string, place: string) => void;
export type Check = (value: unknown, place: string, report: Report) => void;

interface Shape {
  required: Record<string, Check>;
  optional?: Record<string, Check>;
}

export const text =
  (max: number, min = 1): Check =>
  (value, place, report) => {
    if (typeof value !== 'string') return report('must be a string', place);
    if (value.length < min) report(`must be more than ${min - 1} characters`, place);
    if (value.length > max) report(`must be less than ${max + 1} characters`, place);
  };
/** Takes what another check looks at. */
export const anything: Check = () => {};
export const flag: Check = (value, place, report) => {
  if (typeof value !== 'boolean') report('must be a boolean', place);
};
export const oneOf =
  (...allowed: string[]): Check =>
  (value, place, report) => {
    if (typeof value !== 'string' || !allowed.includes(value)) report('must be a valid enum value', place);
  };
export const url: Check = (value, place, report) => {
  text(3000)(value, place, report);
  if (typeof value === 'string' && !URL.canParse(value)) report('must be a valid URL', place);
};

export const whole =
  (min: number, max: number): Check =>
  (value, place, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return report('must be an integer', place);
    if (value < min) report(`must be at least ${min}`, place);
    if (value > max) report(`must be at most ${max}`, place);
  };
/** `form` says in words what is accepted. */
export const matching =
  (pattern: RegExp, form: string): Check =>
  (value, place, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) report(`must be ${form}`, place);
  };
export const all =
  (...checks: Check[]): Check =>
  (value, place, report) => {
    for (const check of checks) check(value, place, report);
  };

export function shape({ required, optional = {} }: Shape): Check {
  return (value, place, report) => {
    if (!isRecord(value)) return report('must be an object', place);
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined) report(`missing required field: ${key}`, place);
      else check(value[key], `${place}/${key}`, report);
    }
    for (const [key, check] of Object.entries(optional)) {
      if (value[key] !== undefined) check(value[key], `${place}/${key}`, report);
    }
    for (const key of Object.keys(value)) {
      if (key !== 'type' && !(key in required) && !(key in optional))
        report(`invalid additional property: ${key}`, place);
    }
  };
}

/** Picks the shape by `type`; what is not listed is refused. */
export function byType(shapes: Record<string, Check>): Check {
  return (value, place, report) => {
    const type = isRecord(value) ? value['type'] : undefined;
    if (typeof type !== 'string') return report('missing required field: type', place);
    const check = shapes[type];
    if (check === undefined) report(`unsupported type: ${type}`, `${place}/type`);
    else check(value, place, report);
  };
}

export const list =
  (item: Check, max: number): Check =>
  (value, place, report) => {
    if (!Array.isArray(value)) return report('must be an array', place);
    if (value.length === 0) report('no less than 1 items allowed', place);
    if (value.length > max) report(`no more than ${max} items allowed`, place);
    for (const [index, entry] of value.entries()) item(entry, `${place}/${index}`, report);
  };
