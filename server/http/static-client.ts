/** The built client: hashed files are kept for ever, the page itself is asked for anew each time. */
import express, { Router } from 'express';
import { NotFoundError } from '../errors.ts';
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
      { root: folder, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } },
      (error) => {
        if (error === undefined || response.headersSent) return;
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
      dotfiles: 'ignore',
      redirect: false,
      setHeaders(response, path) {
        const hashed = /[.-][A-Za-z0-9_-]{8,}\.\w+$/.test(path);
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  return router;
}
