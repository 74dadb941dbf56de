/** What is said to who may not: sign in, change the password, or ask the administrator. */
import { ForbiddenError, PasswordChangeRequiredError, UnauthorizedError } from '../errors.ts';

export function signInFirst(): UnauthorizedError {
  return new UnauthorizedError({
    zh: '请先登录。没有账号请联系管理员。',
    en: 'Sign in first. The administrator gives accounts to those who have none.',
  });
}

export function mustChangePassword(): PasswordChangeRequiredError {
  return new PasswordChangeRequiredError({
    zh: '请先修改密码:这个密码是临时的,或已超过使用期限。修改之前不能做其他操作。',
    en: 'Change your password first: it was given to you, or is too old. Until then nothing else can be done.',
  });
}

export function notAllowed(): ForbiddenError {
  return new ForbiddenError({
    zh: '当前账号没有这项权限,请联系管理员。',
    en: 'This account may not do this; ask the administrator.',
  });
}
