import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../server/evidence/send-evidence.ts';

describe('the name of a saved file', () => {
  it.each([
    ['a b.jpg', `attachment; filename="a b.jpg"; filename*=UTF-8''a%20b.jpg`],
    ['验收.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E9%AA%8C%E6%94%B6.pdf`],
    [`a"b'c(1)*\\.pdf`, `attachment; filename="a_b_c_1___.pdf"; filename*=UTF-8''a%22b%27c%281%29%2A%5C.pdf`],
    ['.htaccess', `attachment; filename="_htaccess"; filename*=UTF-8''.htaccess`],
    ['\uD800.pdf', `attachment; filename="_.pdf"; filename*=UTF-8''%EF%BF%BD.pdf`],
  ])('%s is safe in a header', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });
});
