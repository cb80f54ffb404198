/** Small packages that servers of tutorials use beside `ws` and `express`: as much of each as they need. */
import { randomUUID } from '../crypto/web-crypto.ts';
import type { ExpressModule } from '../express/create-express.ts';
import type { Handler } from '../express/layer.ts';
import type { NodeParts } from '../node-parts.ts';

const uuidPattern = /^([\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|0{8}-(0{4}-){3}0{12})$/i;

/** `uuid`: identifiers of version 4 alone, from the run's chance. */
export const createUuid = (parts: NodeParts): object => ({
  v4: () => randomUUID(parts),
  validate: (text: unknown) => typeof text === 'string' && uuidPattern.test(text),
  NIL: '00000000-0000-0000-0000-000000000000',
});

/** `dotenv`: reads nothing. What is in `process.env` is set outside the program. */
export const dotenv: object = { config: () => ({ parsed: {} }) };

/** `cors`: lets pages of every origin read, or of the one that its options name. */
export function cors({ origin = '*' }: { origin?: unknown } = {}): Handler {
  return (req, res, next) => {
    res.setHeader('Access-Control-Allow-Origin', typeof origin === 'string' ? origin : String(req.headers['origin'] ?? '*'));
    if (typeof origin !== 'string' || origin !== '*') res.setHeader('Vary', 'Origin');
    if (req.method !== 'OPTIONS') return next();
    res.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE');
    const asked = req.headers['access-control-request-headers'];
    if (asked !== undefined) res.setHeader('Access-Control-Allow-Headers', asked);
    res.status(204).set('Content-Length', '0').end();
  };
}

/** `body-parser`: what `express` has itself by now. */
export const bodyParser = ({ json, urlencoded }: ExpressModule): object => ({ json, urlencoded });
