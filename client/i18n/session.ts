/** 登录与权限的文字. Texts of signing in and of what is closed, in both languages. */
import type { RoleId } from '../../geodata/contract/session.ts';
import type { PasswordFault } from '../../geodata/domain/password-rules.ts';

const rolesZh: Record<RoleId, string> = {
  viewer: '查看',
  editor: '县级填报',
  county_reviewer: '县级审核',
  city_reviewer: '市级审核',
  administrator: '管理员',
  auditor: '审计',
};

const faultsZh: Record<PasswordFault, string> = {
  short: '新密码至少 10 个字符。',
  simple: '新密码须含大写字母、小写字母、数字、符号中的至少三类,或不少于 16 个字符。',
  username: '新密码不能是用户名,也不能只在用户名前后加数字或符号。',
  common: '这个密码太常见,容易被猜中,请换一个。',
  same: '新密码不能与当前密码相同。',
};

export const sessionZh = {
  anonymous: '匿名',
  roles: rolesZh,
  menu: (name: string) => `${name}:账户菜单`,
  signIn: '登录',
  signOut: '退出',
  signOutEverywhere: '退出所有设备',
  signInTitle: '登录',
  username: '用户名',
  password: '密码',
  noAccount: '没有账号或忘记密码,请联系管理员。',
  submit: '登录',
  working: '正在登录…',
  changePassword: '修改密码',
  passwordTitle: '修改密码',
  passwordRequired: '您的密码是临时的,或已超过使用期限。请先换成自己的密码,再继续使用。',
  currentPassword: '当前密码',
  nextPassword: '新密码',
  againPassword: '再输一次新密码',
  passwordRules:
    '至少 10 个字符,含大写字母、小写字母、数字、符号中的三类;或不少于 16 个字符。修改后其他设备上的登录会结束。',
  currentMissing: '请输入当前密码。',
  differs: '两次输入的新密码不一致。',
  faults: faultsZh,
  signOutFailed: '没有退出成功',
  ended: '尚未登录,或登录已结束。重新登录后可继续这次入库。',
  needsSignIn: '需登录',
  closed: (layer: string) => `${layer}有正式数据,不登录不能查看。`,
  notSearched: (layers: string) => `需登录,未搜索:${layers}`,
  closedHint: '该图层有正式数据,登录后可以查看、查询。',
  closedFigures: '废弃矿山有正式数据,登录后显示进展统计。',
};

export type SessionTexts = typeof sessionZh;

export const sessionEn: SessionTexts = {
  anonymous: 'Anonymous',
  roles: {
    viewer: 'Viewer',
    editor: 'County editor',
    county_reviewer: 'County reviewer',
    city_reviewer: 'City reviewer',
    administrator: 'Administrator',
    auditor: 'Auditor',
  },
  menu: (name) => `${name}: account menu`,
  signIn: 'Sign in',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  signInTitle: 'Sign in',
  username: 'Username',
  password: 'Password',
  noAccount: 'Without an account, or with a forgotten password, ask the administrator.',
  submit: 'Sign in',
  working: 'Signing in…',
  changePassword: 'Change password',
  passwordTitle: 'Change password',
  passwordRequired: 'Your password was given to you, or is too old. Choose one of your own before you go on.',
  currentPassword: 'Current password',
  nextPassword: 'New password',
  againPassword: 'New password again',
  passwordRules:
    'At least 10 characters with three of capitals, small letters, digits and signs; or 16 characters of any kind. Your sessions on other devices end.',
  currentMissing: 'Enter the current password.',
  differs: 'The two new passwords differ.',
  faults: {
    short: 'The new password needs at least 10 characters.',
    simple:
      'The new password needs three of capitals, small letters, digits and signs, or 16 characters of any kind.',
    username: 'The new password must not be the username, nor that with digits or signs around it.',
    common: 'This password is a common one and easily guessed; choose another.',
    same: 'The new password must differ from the current one.',
  },
  signOutFailed: 'You are not signed out',
  ended: 'You are not signed in, or your session has ended. Sign in again to go on with this import.',
  needsSignIn: 'Sign-in only',
  closed: (layer) => `${layer} holds official data and is only shown after signing in.`,
  notSearched: (layers) => `Not searched without signing in: ${layers}`,
  closedHint: 'This layer holds official data. Sign in to view and query it.',
  closedFigures: 'Mine sites hold official data. Sign in to see the figures.',
};
