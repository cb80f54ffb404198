/** `npm run font`: cuts the pages' face from the published one again. */
import { writeFileSync } from 'node:fs';
import { faceFile, subsetFace } from './face.ts';

const face = await subsetFace();
writeFileSync(faceFile, face);
console.log(`${face.length} bytes written to ${faceFile}`);
