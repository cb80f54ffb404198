import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  '`sha1` and base64 are right as they are. Look at what goes into `sha1`.',
  'The RFC puts a fixed text behind the key, with nothing between the two. It is quoted in the rule below.',
  'The text is `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, in capitals and with its hyphens. The key is used as it came, as text: don’t decode its base64.',
] satisfies Hints;
