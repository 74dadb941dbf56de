/** The built client: hashed files are kept for ever, the page itself is asked for anew each time. */
import express, { type ErrorRequestHandler, Router } from 'express';
import { NotFoundError, PreconditionFailedError } from '../errors.ts';
import { readOnly } from './methods.ts';

/** Paths the page answers to; what it shows is in the query. */
const pagePaths = ['/', '/index.html'];

export function staticClient(folder: string): Router {
  const router = Router();
  router.all(pagePaths, readOnly);
  router.get(pagePaths, (_request, response, next) => {
    response.sendFile(
      'index.html',
      // Below a root: an absolute path would fail at the dot of `.build`.
      { root: folder, cacheControl: false, acceptRanges: false, headers: { 'Cache-Control': 'no-cache' } },
      (error) => {
        if (error === undefined || response.headersSent) return;
        if (isPreconditionFailure(error)) return next(error);
        next(
          new NotFoundError({
            zh: '网页尚未构建,请用 npm start 启动。',
            en: 'The client has not been built; start with npm start.',
          }),
        );
      },
    );
  });
  router.use(
    express.static(folder, {
      index: false,
      // Files are small: a part of one is never worth the cases that come with it.
      acceptRanges: false,
      dotfiles: 'ignore',
      redirect: false,
      setHeaders(response, path) {
        const hashed = /[.-][A-Za-z0-9_-]{8,}\.\w+$/.test(path);
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.use(explainPrecondition);
  return router;
}

const explainPrecondition: ErrorRequestHandler = (error, _request, _response, next) => {
  if (!isPreconditionFailure(error)) return next(error);
  next(
    new PreconditionFailedError({
      zh: '文件已不是 If-Match 或 If-Unmodified-Since 所指的版本,请去掉该请求头后重试。',
      en: 'The file is no longer the one If-Match or If-Unmodified-Since names; ask again without that header.',
    }),
  );
};

/** What the file sender says of If-Match and If-Unmodified-Since. */
function isPreconditionFailure(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 412;
}
