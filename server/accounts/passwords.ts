/** Passwords: hashed with argon2id, compared, and made up where one is given to somebody. */
import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import {
  longEnoughForAnything,
  type PasswordFault,
  shortestPassword,
} from '../../geodata/domain/password-rules.ts';
import { UnprocessableError } from '../errors.ts';
import { createGate } from '../http/gate.ts';
import type { PasswordCost } from './password-cost.ts';

export type Passwords = {
  /** In PHC form, with a salt of its own. Throws BusyError where too many are asked at once. */
  hash(password: string): Promise<string>;
  /** Whether it is the password of `stored`; null (there is no account) takes as long and is false. */
  isRight(password: string, stored: string | null): Promise<boolean>;
};

/** The value of the package's Algorithm.Argon2id, a const enum that types stripped at run time do not have. */
const argon2id = 2;

/** Bounds the memory that hashing takes: crowds at the door wait for each other. */
const gateLimits = { running: 2, waiting: 40, waitMs: 10_000 };

export function createPasswords({ memoryKiB, passes }: PasswordCost): Passwords {
  const gate = createGate(gateLimits);
  const hashNow = (password: string): Promise<string> =>
    hash(password.normalize('NFC'), {
      algorithm: argon2id,
      memoryCost: memoryKiB,
      timeCost: passes,
      parallelism: 1,
    });
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => gate.run(() => hashNow(password)),
    async isRight(password, stored) {
      nobodys ??= gate.run(() => hashNow(randomPassword()));
      // Made before the first comparison of any kind, so that it does not tell the first unknown name from others.
      const dummy = await nobodys;
      const isRight = await gate.run(() => verify(stored ?? dummy, password.normalize('NFC')));
      return stored !== null && isRight;
    },
  };
}

/** Without characters that look alike. */
const letters = { lower: 'abcdefghjkmnpqrstuvwxyz', upper: 'ABCDEFGHJKMNPQRSTUVWXYZ', digit: '23456789' };

/** 16 characters in groups of four, of all kinds, above 80 random bits: `kT7m-Xw3q-…`. */
export function randomPassword(): string {
  const all = Object.values(letters).join('');
  for (;;) {
    const characters = Array.from({ length: 16 }, () => all[randomInt(all.length)] ?? '');
    if (Object.values(letters).every((kind) => characters.some((each) => kind.includes(each)))) {
      return [0, 4, 8, 12].map((start) => characters.slice(start, start + 4).join('')).join('-');
    }
  }
}

/** The words for what is wrong with a new password; `field` names the property that holds it. */
export function refusedPassword(fault: PasswordFault, field: string): UnprocessableError {
  return new UnprocessableError(faultWords[fault], { field });
}

const faultWords: Record<PasswordFault, Bilingual> = {
  short: {
    zh: `新密码至少 ${shortestPassword} 个字符。`,
    en: `The new password needs at least ${shortestPassword} characters.`,
  },
  simple: {
    zh: `新密码须含大写字母、小写字母、数字、符号中的至少三类,或不少于 ${longEnoughForAnything} 个字符。`,
    en: `The new password needs three of capitals, small letters, digits and other characters, or ${longEnoughForAnything} characters of any kind.`,
  },
  username: {
    zh: '新密码不能是用户名,也不能只在用户名前后加数字或符号。',
    en: 'The new password must not be the username, nor that with digits or signs around it.',
  },
  common: {
    zh: '这个密码太常见,容易被猜中,请换一个。',
    en: 'This password is a common one and easily guessed; choose another.',
  },
  same: { zh: '新密码不能与原密码相同。', en: 'The new password must differ from the old one.' },
};
