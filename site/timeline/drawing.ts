/** All that is needed to draw in the browser: fetched once the page is touched, since the server has drawn the first picture. */
export { Legend } from './Legend.tsx';
export { Stage } from './stage.ts';
export { flightWords } from './words.ts';
