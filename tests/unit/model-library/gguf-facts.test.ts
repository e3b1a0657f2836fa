import { describe, expect, it } from 'vitest';
import { ggufFacts } from '../../../electron/model-library/gguf-facts.ts';

function facts(values: Record<string, string | number>, elements: number | null = null) {
  return ggufFacts(new Map(Object.entries(values)), elements);
}

describe('ggufFacts', () => {
  it('says nothing where the header says nothing', () => {
    const { hasChatTemplate, ...rest } = facts({});
    expect(hasChatTemplate).toBe(false);
    expect(Object.values(rest)).toEqual(Array(6).fill(null));
  });

  it.each([
    [0, 'F32'],
    [1, 'F16'],
    [7, 'Q8_0'],
    [15, 'Q4_K_M'],
    [19, 'IQ2_XXS'],
    [32, 'BF16'],
    [5, null],
    [1024, null],
    [99, null],
  ])('names the file type %i %s', (fileType, name) => {
    expect(facts({ 'general.file_type': fileType }).quantisation).toBe(name);
  });

  it("takes the context length of the model's own architecture", () => {
    const values = { 'general.architecture': 'gemma3', 'clip.context_length': 1, 'gemma3.context_length': 32_768 };
    expect(facts(values)).toMatchObject({ architecture: 'gemma3', contextLength: 32_768 });
  });

  it('counts the parameters, or takes what is said of them where they could not be counted', () => {
    expect(facts({ 'general.parameter_count': 5 }, 268_098_176).parameters).toBe(268_098_176);
    expect(facts({ 'general.parameter_count': 5 }).parameters).toBe(5);
  });

  it('names a licence that is none of the usual ones', () => {
    expect(facts({ 'general.license': 'gemma' }).licence).toBe('gemma');
    const named = { 'general.license': 'other', 'general.license.name': 'qwen-research' };
    expect(facts(named).licence).toBe('qwen-research');
    expect(facts({ 'general.license': 'other' }).licence).toBe('other');
  });

  it('shows foreign text as one plain line', () => {
    expect(facts({ 'general.name': ' a\n\u0000b\u202e c\t' }).name).toBe('a b c');
    expect(facts({ 'general.name': '\n' }).name).toBeNull();
  });

  it('takes neither a text for a number nor a number that cannot be exact', () => {
    const values = { 'general.architecture': 'llama', 'llama.context_length': 'long', 'general.name': 7 };
    expect(facts(values, 2 ** 60)).toMatchObject({ contextLength: null, name: null, parameters: null });
  });
});
