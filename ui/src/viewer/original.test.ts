import { describe, expect, it } from 'vitest';

import { parseOriginal } from './original';

describe('an original named in an address', () => {
  it('is found again', () => {
    const original = { vorgang: '0190', schriftstueck: '0191', name: 'Lageplan „Süd“.pdf' };
    expect(parseOriginal(JSON.stringify(original))).toEqual(original);
  });

  it.each([null, '', 'null', '7', '{}', '{"name":7,"schriftstueck":"0191"}', '{"name":"a.pdf"}', '{"name"'])(
    'is nothing where it is damaged: %s',
    (text) => expect(parseOriginal(text)).toBeUndefined(),
  );
});
