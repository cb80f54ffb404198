import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  '1002 is for a frame that breaks a rule of the protocol, 1007 for text that is not UTF-8. So the first fault belongs into the header, and the second into the payload of a frame whose header is right.',
  'The first byte, `0x81`, is FIN = 1, three RSV bits = 0, opcode = 1. No extension was agreed to, so no RSV bit may be 1. Which byte has RSV1 set as well?',
  'The byte `0xff` stands nowhere in UTF-8. Put it into the second payload, before masking: the server unmasks, then reads.',
] satisfies Hints;
