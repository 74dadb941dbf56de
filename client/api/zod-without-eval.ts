/** zod compiles its parsers with `new Function`, which the content security policy forbids. Import first. */
import { z } from 'zod';

z.config({ jitless: true });
