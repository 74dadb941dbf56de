import { expect, it } from 'vitest';
import { faultOfPassword, type PasswordFault } from '../../geodata/domain/password-rules.ts';

it('takes passwords of three kinds of characters or of sixteen, and says why it refuses others', () => {
  const cases: [string, PasswordFault | null][] = [
    ['Short-1', 'short'],
    ['九个字的密码还不够', 'short'],
    ['smallletters12', 'simple'],
    ['SMALLLETTERS', 'simple'],
    ['small letters', 'simple'],
    ['smallLetters12', null],
    ['small-letters-12', null],
    ['sixteenletterseh', null],
    ['赣州市自然资源局的一条长口令句子', null],
    ['xingguo-editor', 'username'],
    ['Xingguo-Editor2026!', 'username'],
    ['Password-2026!', 'common'],
    ['Qwertyuiop1!', 'common'],
    ['13812345678!!', 'common'],
    ['Aa1Aa1Aa1Aa1', 'common'],
    ['The-Old-One-7', 'same'],
  ];
  for (const [password, fault] of cases) {
    const given = { username: 'xingguo-editor', current: 'The-Old-One-7' };
    expect([password, faultOfPassword(password, given)]).toEqual([password, fault]);
  }
});

it('does not take every password for the name of somebody whose name is digits', () => {
  expect(faultOfPassword('13579-Other-Words', { username: '360732' })).toBeNull();
  expect(faultOfPassword('3607323607', { username: '3607323607' })).toBe('username');
});
