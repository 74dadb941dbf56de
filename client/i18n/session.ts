/** 登录与权限的文字. Texts of signing in and of what is closed, in both languages. */
export const sessionZh = {
  anonymous: '匿名',
  administrator: '管理员',
  menu: (name: string) => `${name}:账户菜单`,
  signIn: '管理员登录',
  signOut: '退出',
  signInTitle: '管理员登录',
  token: '登录口令',
  whereTitle: '口令在哪里',
  where:
    '程序启动时,在终端窗口里打印一行登录地址,#sign-in= 后面的一串字符就是口令;打开整条地址可直接登录。在后台运行时,口令也写在数据文件夹的 administrator-token 文件里。每次启动口令都会更换。',
  notHere:
    '只能在运行本系统的电脑上登录管理员。您现在从另一台电脑访问:请到那台电脑上用浏览器打开 127.0.0.1 的地址。',
  submit: '登录',
  working: '正在登录…',
  wrong: '没有登录成功',
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
  administrator: 'Administrator',
  menu: (name) => `${name}: account menu`,
  signIn: 'Sign in as administrator',
  signOut: 'Sign out',
  signInTitle: 'Sign in as administrator',
  token: 'Sign-in token',
  whereTitle: 'Where the token is',
  where:
    'When the program starts, it prints a sign-in address in its terminal window; the characters after #sign-in= are the token, and opening the whole address signs you in at once. When it runs in the background, the token also stands in the file administrator-token of the data folder. Every start has a new token.',
  notHere:
    'The administrator can only sign in on the computer that runs Lantu. You are on another one: open the address 127.0.0.1 in a browser on that computer.',
  submit: 'Sign in',
  working: 'Signing in…',
  wrong: 'You are not signed in',
  signOutFailed: 'You are not signed out',
  ended: 'You are not signed in, or your session has ended. Sign in again to go on with this import.',
  needsSignIn: 'Sign-in only',
  closed: (layer) => `${layer} holds official data and is only shown after signing in.`,
  notSearched: (layers) => `Not searched without signing in: ${layers}`,
  closedHint: 'This layer holds official data. Sign in to view and query it.',
  closedFigures: 'Mine sites hold official data. Sign in to see the figures.',
};
