/** `npm run font`: writes the pages' face again, from the published one. */
import { writeFileSync } from 'node:fs';
import { faceFile, subsetFace } from './face.ts';

const face = await subsetFace();
writeFileSync(faceFile, face);
console.log(`${face.length} bytes written to ${faceFile}`);
