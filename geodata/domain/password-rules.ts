/** What a password must be, asked by the server and, before it is sent, by the screen. Pure. */

/** Why a password is refused; both languages have words for each. */
export const passwordFaults = ['short', 'simple', 'username', 'common', 'same'] as const;
export type PasswordFault = (typeof passwordFaults)[number];

export const shortestPassword = 10;
/** From here on the kinds of characters do not matter. */
export const longEnoughForAnything = 16;
const leastClasses = 3;

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}\s]/u];

/** Words that those in use are built from: a password of one of them, digits and punctuation is guessed first. */
const commonWords = [
  ...[
    'password',
    'passw0rd',
    'p@ssword',
    'p@ssw0rd',
    'admin',
    'administrator',
    'root',
    'user',
    'guest',
    'test',
  ],
  ...[
    'welcome',
    'letmein',
    'iloveyou',
    'woaini',
    'monkey',
    'dragon',
    'master',
    'login',
    'changeme',
    'default',
  ],
  ...[
    'qwerty',
    'qwertyuiop',
    'asdfgh',
    'asdfghjkl',
    'zxcvbn',
    'zxcvbnm',
    'qazwsx',
    'qazwsxedc',
    'abc',
    'abcd',
    'abcdef',
  ],
  ...[
    '1qaz2wsx',
    '1q2w3e4r',
    '1q2w3e4r5t',
    'q1w2e3r4',
    'aa',
    'a',
    'lantu',
    'ganzhou',
    'jiangxi',
    'china',
    'ziranziyuan',
  ],
];

/** The first fault of `password`, or null. `current`: the one it replaces, where there is one. */
export function faultOfPassword(
  password: string,
  { username, current }: { username: string; current?: string },
): PasswordFault | null {
  const length = [...password].length;
  if (length < shortestPassword) return 'short';
  const plain = password.toLowerCase();
  const core = coreOf(plain);
  const user = username.toLowerCase();
  if (plain === user || (core !== '' && core === coreOf(user))) return 'username';
  if (core === '' || commonWords.includes(core) || commonWords.includes(plain)) return 'common';
  if (new Set(plain).size <= 3) return 'common';
  if (password === current) return 'same';
  const kinds = classes.filter((kind) => kind.test(password)).length;
  return kinds >= leastClasses || length >= longEnoughForAnything ? null : 'simple';
}

/** Without the digits and signs around it. */
function coreOf(text: string): string {
  return text.replace(/^[\p{Nd}\p{P}\p{S}\s]+|[\p{Nd}\p{P}\p{S}\s]+$/gu, '');
}
