import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Waiting longer does not help: both wait as long, and speak together again. Something has to tell the two apart.',
  'Without `&floor=0` the channel has a floor. `{"type":"request","wait":true}` asks for it; say words once you get `{"type":"granted"}`, one each time you get `heard`, and then `{"type":"release"}`.',
  'Release after five words, and ask again when `released` comes and you have words left: then nobody waits for long. Close both when both have said their ten.',
] satisfies Hints;
